// What languages are called in English.

#pragma once

#include <string>
#include <string_view>

namespace parley {

/// The English name of the language that `code` names ("de", "zh-Hant", "yue", "iw"), without its
/// script or country: "German". The code itself where nobody has a name for it ("un"); empty for
/// an empty code. Thread-safe. Takes some microseconds.
///
/// Source: the Unicode CLDR as ICU carries it, so that names equal those of LMSYS-Chat-1M's column.
std::string LanguageNameInEnglish(std::string_view code);

}  // namespace parley
