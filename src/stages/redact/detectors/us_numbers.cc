#include "stages/redact/detectors/us_numbers.h"

#include <array>
#include <optional>
#include <string>

#include "stages/redact/detectors/check_digits.h"
#include "stages/redact/detectors/surroundings.h"
#include "stages/redact/letters.h"

namespace parley {
namespace {

constexpr std::array<std::string_view, 10> kSocialWords = {
    "ssn",        "ssns", "social security", "social-security", "soc sec",
    "social sec", "ss#",  "ss no",           "seguro social",   "socialsecurity"};
constexpr std::array<std::string_view, 8> kTaxWords = {
    "itin", "taxpayer", "tax id", "tax-id", "tax payer", "tin", "individual tax", "irs"};

enum class Writing : uint8_t {
  kHyphens,  // 078-05-1127
  kOther,    // Spaces, full stops, no-break hyphens.
  kTwo,      // In two groups.
  kOne,
};

std::optional<Writing> WritingOf(std::string_view text, const DigitRow& row, const GroupRun& run) {
  const auto count = [&](size_t i) { return row.groups[run.first + i].count; };
  const size_t groups = run.last - run.first + 1;
  const auto separator = [&](size_t i) { return SeparatorBehind(text, row, run.first + i); };
  if (groups == 1) return Writing::kOne;
  if (groups == 2) {
    const bool known = (count(0) == 3 && count(1) == 6) || (count(0) == 5 && count(1) == 4);
    if (!known || separator(0) != "-") return std::nullopt;
    return Writing::kTwo;
  }
  if (groups != 3 || count(0) != 3 || count(1) != 2 || count(2) != 4) return std::nullopt;
  if (separator(0) != separator(1)) return std::nullopt;
  if (separator(0) == "-") return Writing::kHyphens;
  const bool single = separator(0) == " " || separator(0) == "." || !IsAscii(separator(0)[0]);
  return single ? std::optional(Writing::kOther) : std::nullopt;
}

bool IsSocial(std::string_view digits) {
  const int64_t area = NumberOf(digits.substr(0, 3));
  if (area == 0 || area == 666 || area >= 900) return false;
  if (digits.substr(3, 2) == "00" || digits.substr(5) == "0000") return false;
  return digits != "078051120" && digits != "219099999";
}

bool IsTaxpayer(std::string_view digits) {
  if (digits[0] != '9') return false;
  const int64_t group = NumberOf(digits.substr(3, 2));
  return (group >= 50 && group <= 65) || (group >= 70 && group <= 88) ||
         (group >= 90 && group <= 92) || (group >= 94 && group <= 99);
}

double Score(Writing writing, bool named) {
  switch (writing) {
    case Writing::kHyphens:
      return named ? 0.95 : 0.6;
    case Writing::kOther:
      return named ? 0.85 : 0.4;
    case Writing::kTwo:
      return named ? 0.75 : 0.15;
    case Writing::kOne:
      break;
  }
  return named ? 0.8 : 0.2;
}

std::optional<PiiSpan> NumberIn(std::string_view text, const DigitRow& row, const GroupRun& run) {
  const std::string_view digits = DigitsOf(row, run);
  const auto writing = WritingOf(text, row, run);
  if (!writing) return std::nullopt;
  const bool social = IsSocial(digits);
  if (!social && !IsTaxpayer(digits)) return std::nullopt;
  const size_t begin = row.groups[run.first].begin;
  const size_t end = row.groups[run.last].end;
  if (TouchesWordBefore(text, begin) || TouchesWordBehind(text, end)) return std::nullopt;
  if (begin > 0 && (text[begin - 1] == '-' || text[begin - 1] == '.' || text[begin - 1] == '$'))
    return std::nullopt;
  if (end + 1 < text.size() && (text[end] == '-' || text[end] == '.' || text[end] == ',') &&
      IsDigit(text[end + 1]))
    return std::nullopt;
  const std::span<const std::string_view> words =
      social ? std::span<const std::string_view>(kSocialWords)
             : std::span<const std::string_view>(kTaxWords);
  const bool named = HasWordNear(text, begin, end, words);
  // Everybody's example; a person's only if the text says so.
  if (!named && (digits == "123456789" || IsOneByteRepeated(digits))) return std::nullopt;
  return PiiSpan{.type = social ? "US_SSN" : "US_ITIN",
                 .begin = static_cast<int64_t>(begin),
                 .end = static_cast<int64_t>(end),
                 .score = Score(*writing, named),
                 .value = std::string(digits)};
}

}  // namespace

void FindUsNumbers(std::string_view text, const DigitRow& row, std::vector<PiiSpan>& spans) {
  constexpr size_t kDigits = 9;
  for (size_t first = 0; first < row.groups.size(); ++first) {
    if (first > 0 && !IsBreak(SeparatorBehind(text, row, first - 1))) continue;
    size_t digits = 0;
    size_t last = first;
    while (last < row.groups.size() && digits + row.groups[last].count <= kDigits)
      digits += row.groups[last++].count;
    if (digits != kDigits) continue;
    --last;
    if (last + 1 < row.groups.size() && !IsBreak(SeparatorBehind(text, row, last))) continue;
    std::optional<PiiSpan> span = NumberIn(text, row, {first, last});
    if (!span) continue;
    spans.push_back(*std::move(span));
    first = last;
  }
}

}  // namespace parley
