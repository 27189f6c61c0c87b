// The order of the steps is datatrove's, and it matters: "3.14" is one number only as long as its
// full stop stands.

#include "duplicates/datatrove_text.h"

#include "duplicates/datatrove_chars.h"
#include "text/letter_case.h"
#include "text/normal_forms.h"
#include "text/utf8.h"

namespace parley {
namespace {

uint16_t FlagsAt(std::string_view text, size_t at) {
  return DatatroveChars::Get()[NextCodePoint(text, at)];
}

// What may stand between a number's two halves: "." "," "،" "٫" "⎖" "⎗" "⎘".
bool IsDecimalSeparator(char32_t code_point) {
  return code_point == '.' || code_point == ',' || code_point == 0x060C || code_point == 0x066B ||
         (code_point >= 0x2396 && code_point <= 0x2398);
}

size_t SkipDigits(std::string_view text, size_t at) {
  while (at < text.size() && FlagsAt(text, at) & DatatroveChars::kDigit) {
    (void)NextCodePoint(text, at);
  }
  return at;
}

// The end of the number that begins with the digit at `at`.
size_t EndOfNumber(std::string_view text, size_t at) {
  const size_t whole = SkipDigits(text, at);
  if (whole == text.size()) return whole;
  size_t behind = whole;
  if (!IsDecimalSeparator(NextCodePoint(text, behind))) return whole;
  const size_t decimals = SkipDigits(text, behind);
  return decimals > behind ? decimals : whole;
}

// Numbers, punctuation and white space; `lower` is in lower case.
std::string Squeeze(std::string_view lower) {
  std::string out;
  out.reserve(lower.size());
  bool space_due = false;
  for (size_t at = 0; at < lower.size();) {
    const size_t begin = at;
    const uint16_t flags = DatatroveChars::Get()[NextCodePoint(lower, at)];
    if (flags & (DatatroveChars::kSpace | DatatroveChars::kPunctuation)) {
      space_due = true;
      continue;
    }
    if (space_due && !out.empty()) out += ' ';
    space_due = false;
    if (flags & DatatroveChars::kDigit) {
      out += '0';
      at = EndOfNumber(lower, begin);
    } else {
      out += lower.substr(begin, at - begin);
    }
  }
  return out;
}

// Marks go, and the spaces that the ends then show.
std::string WithoutMarks(std::string_view text) {
  const std::string apart = ToNfd(text);
  std::string out;
  out.reserve(apart.size());
  for (size_t at = 0; at < apart.size();) {
    const size_t begin = at;
    if (DatatroveChars::Get()[NextCodePoint(apart, at)] & DatatroveChars::kMark) continue;
    out.append(apart, begin, at - begin);
  }
  const size_t first = out.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return out.substr(first, out.find_last_not_of(' ') + 1 - first);
}

}  // namespace

std::string SimplifyLikeDatatrove(std::string_view text) {
  std::string squeezed = Squeeze(ToLowerCase(text));
  return IsAscii(squeezed) ? squeezed : WithoutMarks(squeezed);
}

}  // namespace parley
