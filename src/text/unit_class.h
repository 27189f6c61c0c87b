// What part a code point plays when a text is cut into the units that duplicates are told by.

#pragma once

#include <cstdint>
#include <vector>

namespace parley {

enum class UnitClass : uint8_t {
  kSpace,        ///< Unicode's White_Space.
  kWord,         ///< Letters and marks of scripts that put spaces between words.
  kDigit,        ///< Decimal digits.
  kAlone,        ///< A letter of a script without spaces (Han, Kana, Thai, …), a symbol, an emoji.
  kPunctuation,  ///< General category P, and the back-tick.
  kApostrophe,   ///< ' and ’: inside a word, of it.
  kNothing,      ///< Takes no room: joiners, variation selectors, soft hyphens, controls.
};

struct UnitTraits {
  char32_t lower : 24;  ///< Simple lower case.
  UnitClass unit_class : 8;
};

/// Made from ICU's data at its first use (a few milliseconds, 1 MB).
class UnitClassTable {
 public:
  UnitClassTable();

  UnitTraits operator[](char32_t code_point) const {
    if (code_point < planes_.size()) return planes_[code_point];
    return {.lower = code_point & 0xFFFFFF, .unit_class = UnitClass::kAlone};
  }

 private:
  std::vector<UnitTraits> planes_;  // The first two: all that is not kAlone, tags aside.
};

const UnitClassTable& UnitClasses();

}  // namespace parley
