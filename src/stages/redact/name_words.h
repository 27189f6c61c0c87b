// The words of a text as names are compared: folded, with where they stand and how they are cased.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/edit_map.h"

namespace parley {

/// What parts the words of a script, which decides how a name is found in it.
enum class WordScript : uint8_t {
  kLatin,
  kCyrillic,
  kGreek,
  kOther,     ///< Arabic, Hebrew, Indic scripts, Katakana: a word is a row of letters.
  kHangul,    ///< A word may go on with a particle: "민수가".
  kUnspaced,  ///< Han, Hiragana, Thai, Lao, Khmer, Burmese: nothing parts the words.
};

enum class WordCase : uint8_t { kNone, kLower, kTitle, kUpper, kMixed };

/// A row of letters of one kind of script. Marks and characters that cannot be seen lie inside it;
/// digits, underscores, apostrophes and hyphens part words.
struct NameWord {
  int64_t begin = 0;  ///< Bytes of the text.
  int64_t end = 0;
  std::string folded = {};  ///< By `FoldLetter`; Cyrillic and Greek twins in a Latin word as Latin.
  WordScript script = WordScript::kLatin;
  WordCase letter_case = WordCase::kNone;
};

/// Reads words one after the other. Takes O(bytes).
class NameWordReader {
 public:
  explicit NameWordReader(std::string_view text) : text_(text) {}

  /// The next word in `word`; false at the end.
  bool Next(NameWord& word);

 private:
  std::string_view text_;
  size_t at_ = 0;
};

/// All words of `text`, their places counted from `offset`.
std::vector<NameWord> NameWordsIn(std::string_view text, int64_t offset = 0);

/// What of `span` lies outside `closed`, which is ascending and without overlaps: pieces from the
/// first letter of their words to the last. `span` as it is if it touches nothing.
std::vector<Span> OutsideOf(std::string_view text, Span span, std::span<const Span> closed);

/// The parts of a word such as "getMary": a part begins with each capital behind a small letter,
/// and with the last of a row of capitals before a small one. Empty if there is but one part.
std::vector<NameWord> CamelParts(std::string_view text, const NameWord& word);

/// Whether it is a row of letters in which names are looked for at every place.
constexpr bool IsUnspaced(WordScript script) {
  return script == WordScript::kUnspaced || script == WordScript::kHangul;
}

}  // namespace parley
