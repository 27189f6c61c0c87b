#include "stages/redact/detectors/document_number.h"

#include <algorithm>
#include <array>
#include <string>

#include "stages/redact/detectors/surroundings.h"
#include "stages/redact/letters.h"

namespace parley {
namespace {

constexpr size_t kMaxGapBytes = 40;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

// Letters and digits that touch, with hyphens inside if `hyphens`.
size_t TokenEnd(std::string_view text, size_t at, bool hyphens) {
  while (at < text.size() &&
         (IsAsciiWord(text[at]) ||
          (hyphens && text[at] == '-' && at + 1 < text.size() && IsAsciiWord(text[at + 1]))))
    ++at;
  return at;
}

struct Counts {
  size_t digits = 0;
  size_t letters = 0;
  bool lower = false;
};

Counts CountsOf(std::string_view token) {
  Counts counts;
  for (const char c : token) {
    counts.digits += IsDigit(c) ? 1 : 0;
    counts.letters += IsAsciiLetter(c) ? 1 : 0;
    counts.lower = counts.lower || (c >= 'a' && c <= 'z');
  }
  return counts;
}

bool IsCountry(std::string_view code) {
  static constexpr std::string_view kCodes =
      "AD AE AF AG AI AL AM AO AR AS AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW "
      "BY "
      "BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ "
      "FR "
      "GA GB GD GE GG GH GI GL GM GN GR GT GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO "
      "JP "
      "KE KG KH KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MO MR MT "
      "MU "
      "MV MW MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PG PH PK PL PR PS PT PY QA RO RS RU RW SA "
      "SC "
      "SD SE SG SI SK SL SM SN SO SR SV SY TD TG TH TJ TM TN TR TT TW TZ UA UG US UY UZ VA VE VN "
      "XK "
      "YE ZA ZM ZW";
  const size_t at = kCodes.find(code);
  return at != std::string_view::npos && at % 3 == 0;
}

// The end of a passport's number at `at`, or `at`.
size_t PassportEnd(std::string_view text, size_t at) {
  const size_t end = TokenEnd(text, at, false);
  const std::string_view token = text.substr(at, end - at);
  const Counts counts = CountsOf(token);
  // "45 10 123456", "4510 123456".
  size_t wide = end;
  size_t digits = counts.digits;
  while (counts.letters == 0 && digits < 10 && wide + 1 < text.size() && text[wide] == ' ' &&
         IsDigit(text[wide + 1])) {
    const size_t next = TokenEnd(text, wide + 1, false);
    digits += next - wide - 1;
    wide = next;
  }
  if (digits == 10 && counts.digits <= 4) return wide;
  const bool fits = counts.digits >= 5 && counts.digits <= 10 && counts.letters <= 4 &&
                    token.size() <= 12 && !counts.lower;
  return fits ? end : at;
}

size_t LicenceEnd(std::string_view text, size_t at) {
  const size_t end = TokenEnd(text, at, true);
  const Counts counts = CountsOf(text.substr(at, end - at));
  const size_t size = counts.digits + counts.letters;
  return counts.digits >= 4 && size >= 5 && size <= 18 && !counts.lower ? end : at;
}

size_t PlateEnd(std::string_view text, size_t at) {
  constexpr size_t kMaxGroups = 3;
  size_t end = at;
  size_t letters = 0;
  size_t digits = 0;
  for (size_t group = 0; group < kMaxGroups; ++group) {
    size_t begin = end;
    if (group > 0) {
      if (begin >= text.size() || (text[begin] != ' ' && text[begin] != '-')) break;
      ++begin;
    }
    const size_t stop = TokenEnd(text, begin, false);
    const Counts counts = CountsOf(text.substr(begin, stop - begin));
    if (stop == begin || counts.lower || stop - begin > 7) break;
    if (letters + digits + (stop - begin) > 9) break;
    letters += counts.letters;
    digits += counts.digits;
    end = stop;
  }
  return letters > 0 && digits > 0 && letters + digits >= 4 ? end : at;
}

size_t SwiftEnd(std::string_view text, size_t at) {
  const size_t end = TokenEnd(text, at, false);
  const std::string_view token = text.substr(at, end - at);
  if (token.size() != 8 && token.size() != 11) return at;
  if (!std::ranges::all_of(token.substr(0, 6), IsUpper) || CountsOf(token).lower) return at;
  return IsCountry(token.substr(4, 2)) ? end : at;
}

size_t NumberEnd(std::string_view text, size_t at, DocumentWord word) {
  switch (word) {
    case DocumentWord::kPassport:
      return PassportEnd(text, at);
    case DocumentWord::kLicence:
      return LicenceEnd(text, at);
    case DocumentWord::kPlate:
      return PlateEnd(text, at);
    case DocumentWord::kSwift:
      break;
  }
  return SwiftEnd(text, at);
}

}  // namespace

std::string_view DocumentWordPattern(DocumentWord word) {
  switch (word) {
    case DocumentWord::kPassport:
      return R"(passport|reisepass|passeport|pasaporte|passaporte|passaporto|paspoort|(?:п|П)аспорт|护照|護照|パスポート|여권)";
    case DocumentWord::kLicence:
      return R"(driver'?s?'?(?:’s)? licen[sc]e|driving licen[sc]e|dl ?(?:#|no)|f(?:ü|ue)hrerschein|permis de conduire)"
             R"(|licencia de conduc|carteira de habilita|patente di guida|rijbewijs|(?:в|В)одительск|驾驶证|운전면허)";
    case DocumentWord::kPlate:
      return R"(licen[sc]e plate|number plate|plate (?:number|no)|registration plate|kennzeichen|immatriculation)"
             R"(|matr(?:í|i)cula|(?:^|[^a-z])placa|(?:^|[^a-z])targa|kenteken|госномер|车牌|車牌)";
    case DocumentWord::kSwift:
      return R"((?:^|[^a-z])(?:swift|bic)(?:[^a-z]|$))";
  }
  return {};
}

std::optional<PiiSpan> DocumentBehind(std::string_view text, size_t end, DocumentWord word) {
  static constexpr std::array<std::string_view, kDocumentWordCount> kTypes = {"PASSPORT", "LICENCE",
                                                                              "PLATE", "SWIFT"};
  const size_t limit = std::min(text.size(), end + kMaxGapBytes);
  for (size_t at = end; at < limit && text[at] != '\n';) {
    if (!IsAsciiWord(text[at]) || TouchesWordBefore(text, at)) {
      ++at;
      continue;
    }
    const size_t stop = NumberEnd(text, at, word);
    if (stop > at) {
      if (TouchesWordBehind(text, stop)) return std::nullopt;
      std::string value(text.substr(at, stop - at));
      std::erase_if(value, [](char c) { return c == ' ' || c == '-'; });
      return PiiSpan{.type = std::string(kTypes[static_cast<size_t>(word)]),
                     .begin = static_cast<int64_t>(at),
                     .end = static_cast<int64_t>(stop),
                     .score = at - end <= 24 ? 0.75 : 0.5,
                     .value = std::move(value)};
    }
    at = std::max(at + 1, TokenEnd(text, at, false));
  }
  return std::nullopt;
}

}  // namespace parley
