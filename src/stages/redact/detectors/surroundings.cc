#include "stages/redact/detectors/surroundings.h"

#include <algorithm>

#include "stages/redact/letters.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr size_t kShortWordBytes = 4;

bool IsWholeWordAt(std::string_view text, size_t at, std::string_view word) {
  if (!HasWordAt(text, at, word)) return false;
  if (!IsAscii(word.front())) return true;  // Scripts without spaces among them.
  if (at > 0 && IsAsciiWord(text[at - 1])) return false;
  const size_t end = at + word.size();
  const bool open = end < text.size() && IsAsciiLetter(text[end]);
  return word.size() > kShortWordBytes || !open || !IsAsciiLetter(word.back());
}

bool HasWordIn(std::string_view text, size_t begin, size_t end,
               std::span<const std::string_view> words) {
  for (size_t at = begin; at < end; ++at) {
    const char c = ToLower(text[at]);
    for (const std::string_view word : words) {
      if (word.front() == c && at + word.size() <= end && IsWholeWordAt(text, at, word))
        return true;
    }
  }
  return false;
}

}  // namespace

bool HasWordNear(std::string_view text, size_t begin, size_t end,
                 std::span<const std::string_view> words, Reach reach) {
  const size_t from = begin - std::min(begin, reach.before);
  const size_t to = end + std::min(text.size() - end, reach.behind);
  return HasWordIn(text, from, begin, words) || HasWordIn(text, end, to, words);
}

bool TouchesWordBefore(std::string_view text, size_t begin) {
  if (begin == 0) return false;
  const char c = text[begin - 1];
  if (IsAscii(c)) return IsAsciiWord(c) || c == '_';
  size_t letter = 0;
  const Letter kind = LetterKind(CodePointBefore(text, begin, letter));
  return kind == Letter::kSpaced || kind == Letter::kOtherWord;
}

bool TouchesWordBehind(std::string_view text, size_t end) {
  if (end >= text.size()) return false;
  const char c = text[end];
  if (IsAscii(c)) return IsAsciiWord(c) || c == '_';
  size_t next = end;
  const Letter kind = LetterKind(NextCodePoint(text, next));
  return kind == Letter::kSpaced || kind == Letter::kOtherWord;
}

}  // namespace parley
