// Whether a code point is a letter, a number or a space, as the vocabularies' own patterns see it.

#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace parley {

enum class CharClass : uint8_t {
  kOther,   ///< All the rest: punctuation, symbols, marks, controls, unassigned.
  kLetter,  ///< General category L.
  kNumber,  ///< General category N.
  kSpace,   ///< The property White_Space.
};

/// Unicode 16.0, fixed in the source and not taken from a library of the system: counts made with
/// it are the same on every machine, and agree with tiktoken's.
///
/// Two stages: 256 code points share a block, and equal blocks are kept once (about 40 KB).
class CharClassTable {
 public:
  CharClassTable();

  /// U+0000 to U+10FFFF; above it, kOther.
  CharClass operator[](char32_t code_point) const {
    if (code_point > 0x10FFFF) return CharClass::kOther;
    return classes_[block_of_[code_point >> 8] * 256U + (code_point & 0xFF)];
  }

 private:
  std::array<uint16_t, 0x1100> block_of_ = {};
  std::vector<CharClass> classes_;
};

/// Whether `code_point` ends a line: \n, \r, U+2028 or U+2029.
constexpr bool IsLineBreak(char32_t code_point) {
  return code_point == '\n' || code_point == '\r' || code_point == 0x2028 || code_point == 0x2029;
}

/// The table, built at its first use (under a millisecond).
const CharClassTable& CharClasses();

}  // namespace parley
