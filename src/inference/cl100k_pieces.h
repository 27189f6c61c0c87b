// Cuts a text as cl100k_base's pattern does, by hand: no token crosses a cut.
//
//     (?i:'s|'t|'re|'ve|'m|'ll|'d) | [^\r\n\p{L}\p{N}]?\p{L}+ | \p{N}{1,3}
//     | ' '?[^\s\p{L}\p{N}]+[\r\n]* | \s*[\r\n]+ | \s+(?!\S) | \s+
//
// The alternatives are tried in this order at the end of the piece before, each as long as it can
// be. Every code point belongs to a piece. What a regular expression engine finds by going back, a
// look at the first code point and at the one behind its run decides.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "inference/piece_map.h"
#include "text/char_class.h"

namespace parley {

class Cl100kPieces {
 public:
  explicit Cl100kPieces(const CharClassTable& classes) : classes_(classes) {}

  /// Where the piece that begins at `text[at]` ends. `text` is valid UTF-8, `at` within it and the
  /// end of another piece or 0. O(the piece's bytes), with what follows it in white space.
  size_t EndOf(std::string_view text, size_t at) const;

  /// Cuts a whole window, begun where a piece begins: bit i is a piece that begins i bytes on. 64
  /// bytes at a time, without a branch a piece.
  ///
  /// Returns where, in bytes from `begin`, the last piece of which this can be sure ends; the marks
  /// below are right, the first being `begin` itself. Nought if it can be sure of none, since the
  /// first is longer than the window, or stands before white space or a number outside ASCII:
  /// then `EndOf` tells. O(kWindowBytes).
  size_t Mark(std::string_view text, size_t begin, PieceMarks& marks) const;

 private:
  // The classes of a window's bytes. A code point's bytes are all of its class; what is in none is
  // kOther.
  struct Classes {
    using Words = std::array<uint64_t, kWindowBytes / 64 + 1>;
    Words letters, numbers, spaces, blanks, line_ends, continuations, apostrophes;
  };
  size_t Classify(std::string_view window, Classes& classes) const;

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
