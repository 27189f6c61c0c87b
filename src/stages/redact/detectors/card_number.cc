// ISO/IEC 7812-1. Ranges as the networks publish them; the commonest first.

#include "stages/redact/detectors/card_number.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "stages/redact/detectors/check_digits.h"
#include "stages/redact/detectors/surroundings.h"
#include "stages/redact/letters.h"

namespace parley {
namespace {

struct Issuer {
  int first;  // Of the leading `digits` digits.
  int last;
  size_t digits;
  size_t min_length;
  size_t max_length;
  bool common;  // And of a length that is used everywhere.
};

constexpr Issuer kIssuers[] = {
    {4, 4, 1, 16, 16, true},         // Visa
    {51, 55, 2, 16, 16, true},       // Mastercard
    {2221, 2720, 4, 16, 16, true},   // Mastercard
    {34, 34, 2, 15, 15, true},       // American Express
    {37, 37, 2, 15, 15, true},       // American Express
    {6011, 6011, 4, 16, 16, true},   // Discover
    {644, 649, 3, 16, 16, true},     // Discover
    {65, 65, 2, 16, 16, true},       // Discover, RuPay
    {3528, 3589, 4, 16, 16, true},   // JCB
    {300, 305, 3, 14, 14, true},     // Diners Club
    {3095, 3095, 4, 14, 14, true},   // Diners Club
    {36, 36, 2, 14, 14, true},       // Diners Club
    {38, 39, 2, 14, 14, true},       // Diners Club
    {2200, 2205, 4, 16, 16, true},   // Mir, BORICA
    {62, 62, 2, 16, 16, true},       // UnionPay
    {81, 82, 2, 16, 16, false},      // UnionPay, RuPay
    {60, 60, 2, 16, 16, false},      // RuPay, Hipercard
    {50, 50, 2, 12, 19, false},      // Maestro, Verve, Elo
    {56, 58, 2, 12, 19, false},      // Maestro
    {60, 69, 2, 12, 19, false},      // Maestro, UnionPay, Discover
    {9792, 9792, 4, 16, 16, false},  // Troy
    {4, 4, 1, 13, 13, false},        // Visa, the old length
    {4, 4, 1, 19, 19, false},        // Visa, the long one
    {36, 36, 2, 15, 19, false},      // Diners Club
    {3528, 3589, 4, 17, 19, false},  // JCB
    {1, 1, 1, 15, 15, false},        // UATP
};

constexpr std::array<std::string_view, 24> kWords = {
    "card",        "credit", "debit",   "visa",   "mastercard", "amex",     "american express",
    "maestro",     "pan",    "cc",      "ccn",    "cvv",        "cvc",      "karte",
    "kreditkarte", "carte",  "tarjeta", "cartão", "cartao",     "carta di", "карта",
    "карты",       "卡",     "カード"};

const Issuer* IssuerOf(std::string_view digits) {
  for (const Issuer& issuer : kIssuers) {
    if (digits.size() < issuer.min_length || digits.size() > issuer.max_length) continue;
    const int64_t leading = NumberOf(digits.substr(0, issuer.digits));
    if (leading >= issuer.first && leading <= issuer.last) return &issuer;
  }
  return nullptr;
}

// How the groups are cut: as cards are printed, in one piece, or otherwise.
enum class Grouping : uint8_t { kPrinted, kOne, kOdd };

std::optional<Grouping> GroupingOf(std::string_view text, const DigitRow& row,
                                   const GroupRun& run) {
  if (run.first == run.last) return Grouping::kOne;
  const std::string_view separator = SeparatorBehind(text, row, run.first);
  std::string lengths;
  bool uniform = true;
  for (size_t i = run.first; i <= run.last; ++i) {
    lengths += static_cast<char>('0' + std::min<size_t>(row.groups[i].count, 9));
    if (i == run.last) break;
    const std::string_view here = SeparatorBehind(text, row, i);
    if (here.find_first_not_of(" -.\xC2\xA0\xE2\x80\x90\x91\x92\x93\xAF") !=
            std::string_view::npos ||
        here.size() > 3)
      return std::nullopt;
    uniform = uniform && here == separator;
  }
  static constexpr std::array<std::string_view, 7> kPrinted = {"4444", "465", "464", "44443",
                                                               "4445", "446", "68"};
  const bool printed = std::ranges::find(kPrinted, lengths) != kPrinted.end();
  if (printed && uniform) return Grouping::kPrinted;
  // "4111 11111111 1111"; small groups are a table's.
  const bool whole = std::ranges::all_of(lengths, [](char c) { return c >= '3'; });
  return whole ? std::optional(Grouping::kOdd) : std::nullopt;
}

std::optional<PiiSpan> CardOf(std::string_view text, const DigitRow& row, const GroupRun& run) {
  const std::string_view digits = DigitsOf(row, run);
  const Issuer* issuer = IssuerOf(digits);
  if (issuer == nullptr || !PassesLuhn(digits) || IsOneByteRepeated(digits)) return std::nullopt;
  const auto grouping = GroupingOf(text, row, run);
  if (!grouping) return std::nullopt;
  const size_t begin = row.groups[run.first].begin;
  const size_t end = row.groups[run.last].end;
  if (TouchesWordBefore(text, begin) || TouchesWordBehind(text, end)) return std::nullopt;
  if (end + 1 < text.size() && (text[end] == '.' || text[end] == ',') && IsDigit(text[end + 1]) &&
      *grouping == Grouping::kOne && !IsDigit(text[std::min(text.size() - 1, end + 4)]))
    return std::nullopt;  // "4111111111111111.25"
  const bool named = HasWordNear(text, begin, end, kWords, {.before = 80, .behind = 24});
  double score = *grouping == Grouping::kPrinted ? 0.9 : *grouping == Grouping::kOne ? 0.7 : 0.35;
  if (!issuer->common) score = std::min(score, 0.4);
  const char before = begin > 0 ? text[begin - 1] : ' ';
  if (before == '.' || before == '-' || before == '/' || before == '=') score -= 0.25;
  if (named) score = std::max(score, 0.75) + 0.05;
  return PiiSpan{.type = "CARD",
                 .begin = static_cast<int64_t>(begin),
                 .end = static_cast<int64_t>(end),
                 .score = score,
                 .value = std::string(digits)};
}

}  // namespace

void FindCards(std::string_view text, const DigitRow& row, std::vector<PiiSpan>& spans) {
  constexpr size_t kMinDigits = 12;
  constexpr size_t kMaxDigits = 19;
  if (row.digits.size() < kMinDigits) return;
  for (size_t first = 0; first < row.groups.size(); ++first) {
    if (first > 0 && !IsBreak(SeparatorBehind(text, row, first - 1))) continue;
    std::optional<PiiSpan> best;
    size_t best_last = first;
    size_t digits = 0;
    for (size_t last = first; last < row.groups.size(); ++last) {
      digits += row.groups[last].count;
      if (digits > kMaxDigits) break;
      if (digits < kMinDigits) continue;
      if (last + 1 < row.groups.size() && !IsBreak(SeparatorBehind(text, row, last))) continue;
      std::optional<PiiSpan> span = CardOf(text, row, {first, last});
      if (!span || (best && best->score > span->score)) continue;
      best = std::move(span);
      best_last = last;
    }
    if (!best) continue;
    spans.push_back(*std::move(best));
    first = best_last;
  }
}

}  // namespace parley
