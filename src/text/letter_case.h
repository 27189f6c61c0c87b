// Letter case by Unicode's rules, without a locale.

#pragma once

#include <string>
#include <string_view>

namespace parley {

/// `text`, which is valid UTF-8, in lower case as Python's str.lower gives it: the full mapping,
/// with a sigma at a word's end as ς. U+212A KELVIN SIGN and U+0130 are the only characters outside
/// ASCII whose lower case has ASCII in it.
std::string ToLowerCase(std::string_view text);

}  // namespace parley
