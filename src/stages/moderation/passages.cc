#include "stages/moderation/passages.h"

#include <algorithm>

#include "stages/names/sentences.h"

namespace parley {

std::vector<Passage> CutPassages(std::string_view text, int64_t max_bytes) {
  const std::vector<Sentence> sentences = CutSentences(text);
  std::vector<Passage> passages;
  if (sentences.empty()) return passages;
  const int64_t whole = sentences.back().end - sentences.front().begin;
  const int64_t count = (whole + max_bytes - 1) / max_bytes;
  const int64_t share = (whole + count - 1) / count;  // So that the last is no scrap.
  for (const Sentence& sentence : sentences) {
    const bool joins = !passages.empty() && sentence.end - passages.back().begin <= max_bytes &&
                       passages.back().end - passages.back().begin < share;
    if (joins) {
      passages.back().end = sentence.end;
    } else {
      passages.push_back({.begin = sentence.begin, .end = sentence.end});
    }
  }
  return passages;
}

}  // namespace parley
