// Letter case by Unicode's rules, without a locale.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// `text`, which is valid UTF-8, in lower case as Python's str.lower gives it: the full mapping,
/// with a sigma at a word's end as ς. U+212A KELVIN SIGN and U+0130 are the only characters outside
/// ASCII whose lower case has ASCII in it.
std::string ToLowerCase(std::string_view text);

/// Every character, `lower` among them, in whose lower case `lower` can stand, ascending. Only
/// U+0130, which becomes two characters (i and U+0307), is among those of both.
std::vector<char32_t> CharactersLoweringTo(char32_t lower);

/// Unicode's simple case folding: one code point for one, equal for letters that differ in case
/// alone ("Σ", "σ" and "ς" are one). Letters whose folding takes two stay ("ß").
char32_t FoldCase(char32_t code_point);

}  // namespace parley
