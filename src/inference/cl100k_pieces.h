// Cuts a text as cl100k_base's pattern does, by hand: no token crosses a cut.
//
//     (?i:'s|'t|'re|'ve|'m|'ll|'d) | [^\r\n\p{L}\p{N}]?\p{L}+ | \p{N}{1,3}
//     | ' '?[^\s\p{L}\p{N}]+[\r\n]* | \s*[\r\n]+ | \s+(?!\S) | \s+
//
// The alternatives are tried in this order at the end of the piece before, each as long as it can
// be. Every code point belongs to a piece. What a regular expression engine finds by going back, a
// look at the first code point and at the one behind its run decides.

#pragma once

#include <cstddef>
#include <string_view>

#include "text/char_class.h"

namespace parley {

class Cl100kPieces {
 public:
  explicit Cl100kPieces(const CharClassTable& classes) : classes_(classes) {}

  /// Where the piece that begins at `text[at]` ends. `text` is valid UTF-8, `at` within it and the
  /// end of another piece or 0. O(the piece's bytes), with what follows it in white space.
  size_t EndOf(std::string_view text, size_t at) const;

 private:
  struct Char {
    CharClass char_class = CharClass::kOther;
    size_t end = 0;
  };

  Char At(std::string_view text, size_t at) const;
  size_t EndOfLetters(std::string_view text, size_t at) const;
  size_t EndOfNumbers(std::string_view text, size_t at) const;
  size_t EndOfOthers(std::string_view text, size_t at) const;
  size_t EndOfSpaces(std::string_view text, size_t at) const;

  const CharClassTable& classes_;
};

}  // namespace parley
