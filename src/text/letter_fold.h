// Letters without what may differ between two spellings of one name.

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley {

/// What one code point becomes: none, one or two.
struct FoldedLetter {
  std::array<char32_t, 2> letters = {};
  uint8_t count = 0;
  bool upper = false;  ///< It was a capital.
};

/// `code_point` in lower case, without accents and points, as its plain twin where it is a
/// compatibility form (full-width, mathematical): "É" and "é" are "e", "ß" is "ss", "ł" is "l",
/// "أ" is "ا". Marks that only accent (not the vowel signs of Indic scripts), zero-width
/// characters, soft hyphens and tatweel become nothing. All the rest stays as it is.
FoldedLetter FoldLetter(char32_t code_point);

/// Whether it takes no room and may stand inside a word without parting it: joiners, direction
/// marks, soft hyphens, accents.
bool IsIgnorable(char32_t code_point);

/// The Latin letter that `code_point`, a Cyrillic or Greek one of any case, looks like, in lower
/// case; 0 if none.
char32_t LatinTwin(char32_t code_point);

}  // namespace parley
