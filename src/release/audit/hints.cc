#include "release/audit/hints.h"

#include <algorithm>
#include <set>
#include <string>

#include "stages/redact/name_words.h"
#include "text/utf8.h"

namespace parley {
namespace {

bool InTag(const AuditText& text, const NameWord& word) {
  return std::ranges::any_of(
      text.tags, [&](const AuditTag& tag) { return tag.begin < word.end && word.begin < tag.end; });
}

}  // namespace

void AddHints(std::vector<AuditText>& texts) {
  std::set<std::string> small;
  for (const AuditText& text : texts) {
    for (NameWord& word : NameWordsIn(text.text)) {
      if (word.letter_case == WordCase::kLower) small.insert(std::move(word.folded));
    }
  }
  for (AuditText& text : texts) {
    text.hints.clear();
    for (const NameWord& word : NameWordsIn(text.text)) {
      const bool capital =
          word.letter_case == WordCase::kTitle || word.letter_case == WordCase::kMixed;
      if (!capital || CountCodePoints(word.folded) < 2 || small.contains(word.folded)) continue;
      if (!InTag(text, word)) text.hints.push_back({word.begin, word.end});
    }
  }
}

}  // namespace parley
