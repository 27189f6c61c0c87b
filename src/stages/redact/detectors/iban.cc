#include "stages/redact/detectors/iban.h"

#include <algorithm>
#include <string>

#include "stages/redact/detectors/check_digits.h"
#include "stages/redact/detectors/surroundings.h"
#include "stages/redact/letters.h"

namespace parley {
namespace {

struct Country {
  std::string_view code;
  size_t length;
};

// Ordered by code.
constexpr Country kCountries[] = {
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22},
    {"BH", 22}, {"BI", 27}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24},
    {"DE", 22}, {"DJ", 27}, {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18},
    {"FK", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27},
    {"GT", 28}, {"HN", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26},
    {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20},
    {"LU", 20}, {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MN", 20},
    {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NI", 28}, {"NL", 18}, {"NO", 15}, {"OM", 23}, {"PK", 24},
    {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33}, {"SA", 24},
    {"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"SO", 23}, {"ST", 25},
    {"SV", 28}, {"TL", 23}, {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20},
    {"YE", 30}};

size_t LengthOf(std::string_view code) {
  const auto found = std::ranges::lower_bound(kCountries, code, {}, &Country::code);
  return found != std::end(kCountries) && found->code == code ? found->length : 0;
}

char ToUpper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

}  // namespace

std::optional<PiiSpan> IbanAt(std::string_view text, size_t begin) {
  if (begin + 4 > text.size() || TouchesWordBefore(text, begin)) return std::nullopt;
  const char code[] = {ToUpper(text[begin]), ToUpper(text[begin + 1])};
  const size_t length = LengthOf({code, 2});
  if (length == 0) return std::nullopt;
  std::string number;
  bool lower = false;
  size_t at = begin;
  while (number.size() < length && at < text.size()) {
    const char c = text[at];
    if (IsAsciiWord(c)) {
      lower = lower || (IsAsciiLetter(c) && ToLower(c) == c);
      number += ToUpper(c);
      ++at;
      continue;
    }
    const size_t separator = c == ' ' || c == '-' ? 1 : text.substr(at, 2) == "\xC2\xA0" ? 2 : 0;
    const bool goes_on = at + separator < text.size() && IsAsciiWord(text[at + separator]);
    if (separator == 0 || !goes_on) return std::nullopt;
    at += separator;
  }
  if (number.size() != length || TouchesWordBehind(text, at)) return std::nullopt;
  if (!IsDigit(number[2]) || !IsDigit(number[3])) return std::nullopt;
  if (RemainderBy97(number.substr(4) + number.substr(0, 4)) != 1) return std::nullopt;
  return PiiSpan{.type = "IBAN",
                 .begin = static_cast<int64_t>(begin),
                 .end = static_cast<int64_t>(at),
                 .score = lower ? 0.8 : 0.95,
                 .value = std::move(number)};
}

}  // namespace parley
