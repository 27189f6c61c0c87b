#include "stages/redact/detectors/birth_date.h"

#include <algorithm>
#include <array>
#include <string>

#include "stages/redact/detectors/check_digits.h"
#include "stages/redact/detectors/surroundings.h"
#include "stages/redact/letters.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr size_t kMaxGapBytes = 32;  // Between the word and the date: " is: ", " am ", ", on the ".

// How months begin in nine languages, in lower case; none begins like another month.
constexpr std::array<std::array<std::string_view, 9>, 12> kMonths = {{
    {"jan", "jän", "ene", "gen", "янв"},
    {"feb", "fév", "fev", "фев"},
    {"mar", "mär", "mrt", "maa", "мар"},
    {"apr", "avr", "abr", "апр"},
    {"may", "mai", "mei", "mag", "мая", "май"},
    {"jun", "juin", "giu", "июн"},
    {"jul", "juil", "lug", "июл"},
    {"aug", "août", "aou", "ago", "авг"},
    {"sep", "set", "сен"},
    {"oct", "okt", "out", "ott", "окт"},
    {"nov", "ноя"},
    {"dec", "dez", "déc", "dic", "дек"},
}};

// The word of letters at `at`: its end.
size_t WordEnd(std::string_view text, size_t at) {
  while (at < text.size()) {
    size_t next = at;
    const char32_t code_point = NextCodePoint(text, next);
    if (LetterKind(code_point) != Letter::kSpaced || (code_point >= '0' && code_point <= '9'))
      break;
    at = next;
  }
  return at;
}

int64_t MonthOf(std::string_view word) {
  for (size_t month = 0; month < kMonths.size(); ++month) {
    for (const std::string_view begin : kMonths[month]) {
      if (!begin.empty() && HasWordAt(word, 0, begin)) return static_cast<int64_t>(month) + 1;
    }
  }
  return 0;
}

struct Reading {
  int64_t year = 0;
  int64_t month = 0;
  int64_t day = 0;
  size_t end = 0;
};

size_t DigitsEnd(std::string_view text, size_t at) {
  while (at < text.size() && IsDigit(text[at])) ++at;
  return at;
}

// "14.03.1979", "3/14/79", "1979-03-14", "1979年3月14日".
std::optional<Reading> ReadNumeric(std::string_view text, size_t at) {
  std::array<std::string_view, 3> parts;
  for (size_t i = 0; i < parts.size(); ++i) {
    const size_t end = DigitsEnd(text, at);
    if (end == at || end - at > 4) return std::nullopt;
    parts[i] = text.substr(at, end - at);
    at = end;
    if (i == 2) break;
    size_t mark = 0;
    for (const std::string_view separator :
         {"年", "月", "년 ", "월 ", "년", "월", ". ", " / ", ".", "/", "-"}) {
      if (text.substr(at).starts_with(separator)) {
        mark = separator.size();
        break;
      }
    }
    if (mark == 0) return std::nullopt;
    at += mark;
  }
  for (const std::string_view behind : {"日", "일"}) {
    if (text.substr(at).starts_with(behind)) at += behind.size();
  }
  if (TouchesWordBehind(text, at) && IsAscii(text[at])) return std::nullopt;
  Reading read{.end = at};
  const bool year_first = parts[0].size() == 4;
  read.year = NumberOf(parts[year_first ? 0 : 2]);
  if (!year_first && parts[2].size() == 2) read.year += read.year > 25 ? 1900 : 2000;
  if (!year_first && parts[2].size() != 2 && parts[2].size() != 4) return std::nullopt;
  const int64_t first = NumberOf(parts[year_first ? 1 : 0]);
  const int64_t second = NumberOf(parts[year_first ? 2 : 1]);
  read.month = year_first ? first : second;  // Day first, unless that makes no date.
  read.day = year_first ? second : first;
  if (!IsCalendarDate(read.year, read.month, read.day)) std::swap(read.month, read.day);
  return read;
}

size_t SkipAny(std::string_view text, size_t at, std::initializer_list<std::string_view> words) {
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view word : words) {
      if (!HasWordAt(text, at, word)) continue;
      at += word.size();
      more = true;
    }
  }
  return at;
}

// "14 March 1979", "14. März 1979", "14 de marzo de 1979", "March 14th, 1979".
std::optional<Reading> ReadNamed(std::string_view text, size_t at) {
  Reading read;
  const auto take_day = [&] {
    const size_t end = DigitsEnd(text, at);
    if (end == at || end - at > 2) return false;
    read.day = NumberOf(text.substr(at, end - at));
    at = SkipAny(text, end, {"st", "nd", "rd", "th", "er", "º", "."});
    return true;
  };
  const auto take_month = [&] {
    const size_t end = WordEnd(text, at);
    read.month = MonthOf(text.substr(at, end - at));
    at = end;
    return read.month != 0;
  };
  const bool day_first = at < text.size() && IsDigit(text[at]);
  if (day_first ? !take_day() : !take_month()) return std::nullopt;
  at = SkipAny(text, at, {" ", "de ", "of ", "di ", ".", "-"});
  if (day_first ? !take_month() : !take_day()) return std::nullopt;
  at = SkipAny(text, at, {" ", ",", "de ", "del ", ".", "-"});
  const size_t end = DigitsEnd(text, at);
  if (end - at != 4) return std::nullopt;
  read.year = NumberOf(text.substr(at, 4));
  read.end = end;
  return read;
}

// Where a date may begin behind `at`: at a digit or a month's name, before the line's end.
std::optional<std::pair<size_t, Reading>> FirstDate(std::string_view text, size_t at) {
  const size_t limit = std::min(text.size(), at + kMaxGapBytes);
  bool fresh = true;  // At the front of a word.
  while (at < limit && text[at] != '\n') {
    if (fresh) {
      auto read = IsDigit(text[at]) ? ReadNumeric(text, at) : std::nullopt;
      if (!read) read = ReadNamed(text, at);
      if (read && IsCalendarDate(read->year, read->month, read->day)) return {{at, *read}};
      if (IsDigit(text[at])) return std::nullopt;
    }
    const size_t word = WordEnd(text, at);
    fresh = word == at;
    if (fresh) {
      size_t next = at;
      NextCodePoint(text, next);
      at = next;
    } else {
      at = word;
      fresh = true;
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view BirthWordPattern(bool field) {
  if (field)
    return R"((?:^|[^a-z])d\.?o\.?b[^a-z]|date of birth|birth ?date|birthday|geburtsdatum|geburtstag|(?:^|[^a-z])geb\.)"
           R"(|date de naissance|fecha de nacimiento|data de nascimento|data di nascita|geboortedatum)"
           R"(|(?:д|Д)ата рождения|出生日期|生年月日|생년월일|do(?:ğ|g)um tarihi|data urodzenia|f(?:ö|o)delsedatum)";
  return R"((?:^|[^a-z])born[^a-z]|(?:^|[^a-z])(?:geboren|nacido|nacida|nascido|nascida|nato|nata|naci|nasci)[^a-z])"
         R"(|(?:^|[^a-z])n(?:é|É)e? le |(?:р|Р)одил(?:ся|ась)|出生|urodzon)";
}

std::optional<PiiSpan> BirthDateBehind(std::string_view text, size_t end, bool field) {
  constexpr int64_t kFirstLiving = 1915;
  constexpr int64_t kLast = 2030;
  const auto found = FirstDate(text, end);
  if (!found || found->second.year < 1800 || found->second.year > kLast) return std::nullopt;
  const auto& [begin, read] = *found;
  const bool may_live = read.year >= kFirstLiving;
  return PiiSpan{.type = "BIRTH_DATE",
                 .begin = static_cast<int64_t>(begin),
                 .end = static_cast<int64_t>(read.end),
                 .score = !may_live ? 0.3
                          : field   ? 0.85
                                    : 0.55,
                 .value = std::to_string(read.year) + "-" + std::to_string(read.month) + "-" +
                          std::to_string(read.day)};
}

}  // namespace parley
