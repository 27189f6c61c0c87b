#include "text/letter_case.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>

#include "parley/status.h"
#include "text/utf8.h"

namespace parley {

std::string ToLowerCase(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const size_t ascii = AsciiPrefix(text);
  if (ascii == text.size()) {
    for (const char c : text) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
  }
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode error = U_ZERO_ERROR;
  icu::CaseMap::utf8ToLower("", 0, {text.data(), static_cast<int32_t>(text.size())}, sink, nullptr,
                            error);
  Check(U_SUCCESS(error), "ICU failed on a text that should be valid UTF-8");
  return out;
}

}  // namespace parley
