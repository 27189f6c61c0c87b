#include "text/language_names.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace parley {

std::string LanguageNameInEnglish(std::string_view code) {
  // ICU reads further keywords behind an '@' and takes its default locale for an empty name.
  if (code.empty() || code.size() > 64) return std::string(code);
  const icu::Locale locale(std::string(code).c_str());
  icu::UnicodeString name;
  locale.getDisplayLanguage(icu::Locale::getEnglish(), name);
  std::string text;
  name.toUTF8String(text);
  return text;
}

}  // namespace parley
