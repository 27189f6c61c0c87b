#include "stages/redact/detectors/mac_address.h"

#include <algorithm>
#include <string>

#include "stages/redact/detectors/check_digits.h"
#include "stages/redact/detectors/surroundings.h"
#include "stages/redact/letters.h"

namespace parley {
namespace {

constexpr size_t kMaxRunBytes = 80;

// The digits of `run` if it is groups of `size` with `separator` between them; else nothing.
std::string DigitsOfGroups(std::string_view run, size_t size, char separator) {
  std::string digits;
  for (size_t i = 0; i < run.size(); ++i) {
    const bool expects_separator = i % (size + 1) == size;
    if (expects_separator != (run[i] == separator)) return {};
    if (!expects_separator) digits += ToLower(run[i]);
  }
  return run.size() % (size + 1) == size ? digits : std::string();
}

}  // namespace

std::optional<PiiSpan> MacAddressAt(std::string_view text, size_t at) {
  size_t mark = at;  // The separator nearest to the left decides which kind it is.
  while (mark > 0 && IsHexDigit(text[mark])) --mark;
  const char separator = text[mark];
  if (separator != ':' && separator != '-' && separator != '.') return std::nullopt;
  const auto belongs = [&](char c) { return IsHexDigit(c) || c == separator; };
  size_t begin = mark;
  size_t end = mark;
  while (begin > 0 && mark - begin < kMaxRunBytes && belongs(text[begin - 1])) --begin;
  while (end < text.size() && end - mark < kMaxRunBytes && belongs(text[end])) ++end;
  while (end > begin && text[end - 1] == separator) --end;  // "…:5E: up"
  if (begin < end && text[begin] == separator) ++begin;     // "MAC:-00-1a…" does not occur.
  const std::string digits =
      DigitsOfGroups(text.substr(begin, end - begin), separator == '.' ? 4 : 2, separator);
  if (digits.size() != 12 && (digits.size() != 16 || separator == '.')) return std::nullopt;
  if (IsOneByteRepeated(digits) && (digits[0] == '0' || digits[0] == 'f')) return std::nullopt;
  if (TouchesWordBefore(text, begin) || TouchesWordBehind(text, end)) return std::nullopt;
  // Hyphens between pairs of decimal digits are dates and scores as well.
  const bool letters = std::ranges::any_of(digits, IsAsciiLetter);
  const double score = separator == ':' || letters ? 0.9 : 0.5;
  return PiiSpan{.type = "MAC",
                 .begin = static_cast<int64_t>(begin),
                 .end = static_cast<int64_t>(end),
                 .score = score,
                 .value = digits};
}

}  // namespace parley
