#include "stages/redact/digit_row.h"

#include <algorithm>
#include <array>

#include "stages/redact/letters.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr size_t kMaxSeparators = 3;

struct Sign {
  size_t size = 0;  // Bytes; 0: neither a digit nor a separator.
  char digit = 0;   // '0' to '9', or 0 for a separator.
};

Sign SignOf(std::string_view bytes) {
  const char lead = bytes[0];
  if (IsDigit(lead)) return {1, lead};
  if (IsAscii(lead)) {
    return {std::string_view(" -./()+").find(lead) != std::string_view::npos ? size_t{1} : 0, 0};
  }
  const auto at = [&](size_t i) {
    return i < bytes.size() ? static_cast<uint8_t>(bytes[i]) : uint8_t{0};
  };
  const auto digit = [&](size_t size, int value) {
    return Sign{size, static_cast<char>('0' + value)};
  };
  switch (at(0)) {
    case 0xC2:
      return {at(1) == 0xA0 ? size_t{2} : 0, 0};
    case 0xD9:
      if (at(1) >= 0xA0 && at(1) <= 0xA9) return digit(2, at(1) - 0xA0);
      return {};
    case 0xDB:
      if (at(1) >= 0xB0 && at(1) <= 0xB9) return digit(2, at(1) - 0xB0);
      return {};
    case 0xE0:
      if (at(1) == 0xA5 && at(2) >= 0xA6 && at(2) <= 0xAF) return digit(3, at(2) - 0xA6);
      return {};
    case 0xE3:  // The long vowel mark, which Japanese keyboards give for a hyphen.
      return {at(1) == 0x83 && at(2) == 0xBC ? size_t{3} : 0, 0};
    case 0xE2:  // Minus; hyphens and dashes U+2010 to U+2015, narrow no-break space.
      if (at(1) == 0x88) return {at(2) == 0x92 ? size_t{3} : 0, 0};
      return {at(1) == 0x80 && ((at(2) >= 0x90 && at(2) <= 0x95) || at(2) == 0xAF) ? size_t{3} : 0,
              0};
    case 0xEF:
      if (at(1) != 0xBC) return {};
      if (at(2) >= 0x90 && at(2) <= 0x99) return digit(3, at(2) - 0x90);
      return {at(2) == 0x88 || at(2) == 0x89 || at(2) == 0x8B || at(2) == 0x8D ? size_t{3} : 0, 0};
    default:
      return {};
  }
}

Sign SignBefore(std::string_view text, size_t end) {
  size_t begin = end - 1;
  while (begin > 0 && end - begin < 4 && (static_cast<uint8_t>(text[begin]) & 0xC0) == 0x80)
    --begin;
  const Sign sign = SignOf(text.substr(begin, end - begin));
  return sign.size == end - begin ? sign : Sign{};
}

size_t RowBegin(std::string_view text, size_t at) {
  size_t begin = at;
  size_t separators = 0;
  for (size_t here = at; here > 0 && separators <= kMaxSeparators;) {
    const Sign sign = SignBefore(text, here);
    if (sign.size == 0) break;
    here -= sign.size;
    if (sign.digit != 0) begin = here;
    separators = sign.digit != 0 ? 0 : separators + 1;
  }
  return begin;
}

int NumberOf(std::string_view digits) {
  int number = 0;
  for (const char c : digits.substr(0, 9)) number = number * 10 + (c - '0');
  return number;
}

bool IsYear(std::string_view digits) {
  return digits.size() == 4 && NumberOf(digits) >= 1000 && NumberOf(digits) <= 2100;
}

bool IsWithin(std::string_view digits, int max) {
  return digits.size() <= 2 && NumberOf(digits) >= 1 && NumberOf(digits) <= max;
}

// Year, month, day, or day and month in either order and a year.
bool IsDate(std::string_view a, std::string_view b, std::string_view c) {
  if (IsYear(a)) return IsWithin(b, 12) && IsWithin(c, 31);
  return IsYear(c) && IsWithin(a, 31) && IsWithin(b, 31);
}

bool HoldsDate(std::string_view text, const DigitRow& row, const GroupRun& run) {
  for (size_t i = run.first; i + 2 <= run.last; ++i) {
    const std::string_view separator = SeparatorBehind(text, row, i);
    if (separator != SeparatorBehind(text, row, i + 1)) continue;
    if (separator != "-" && separator != "." && separator != "/" && separator != " ") continue;
    if (IsDate(DigitsOf(row, row.groups[i]), DigitsOf(row, row.groups[i + 1]),
               DigitsOf(row, row.groups[i + 2])))
      return true;
  }
  return false;
}

bool AreAll(const DigitRow& row, size_t first, size_t last, size_t count) {
  return std::all_of(row.groups.begin() + first, row.groups.begin() + last + 1,
                     [&](const DigitGroup& group) { return group.count == count; });
}

// "1.234.567", "12 345 678", "192.0.2.1", "3.14159265".
bool IsOneQuantity(std::string_view text, const DigitRow& row, const GroupRun& run) {
  const std::string_view separator = SeparatorBehind(text, row, run.first);
  for (size_t i = run.first; i < run.last; ++i) {
    if (SeparatorBehind(text, row, i) != separator) return false;
  }
  const size_t groups = run.last - run.first + 1;
  const size_t leading = row.groups[run.first].count;
  const bool nought = DigitsOf(row, row.groups[run.first])[0] == '0';
  if (separator == "." && groups == 2) return true;
  if (separator == "." && groups == 4 && leading <= 3 && row.groups[run.last].count <= 3)
    return true;
  const bool thousands = separator == "." || separator == " " || separator.size() > 1;
  return thousands && leading < 3 && !nought && AreAll(row, run.first + 1, run.last, 3);
}

// "0.742 46.648": a token of two groups with a full stop between them.
bool HoldsDecimal(std::string_view text, const DigitRow& row, const GroupRun& run) {
  for (size_t i = run.first; i < run.last; ++i) {
    if (SeparatorBehind(text, row, i) != ".") continue;
    const bool more_before = i > run.first && SeparatorBehind(text, row, i - 1) == ".";
    const bool more_behind = i + 1 < run.last && SeparatorBehind(text, row, i + 1) == ".";
    if (!more_before && !more_behind) return true;
  }
  return false;
}

// Separators that stand in no phone number ("10. 10000"), and brackets that do not pair.
bool IsBadlySeparated(std::string_view text, const DigitRow& row, const GroupRun& run) {
  int open = 0;
  for (size_t i = run.first; i < run.last; ++i) {
    const std::string_view separator = SeparatorBehind(text, row, i);
    const bool slash = separator.find('/') != std::string_view::npos;
    if ((slash && separator.size() > 1) || (separator == " - " && run.first + 1 == run.last) ||
        separator.find(". ") != std::string_view::npos ||
        separator.find(" .") != std::string_view::npos ||
        separator.find("--") != std::string_view::npos ||
        separator.find("..") != std::string_view::npos)
      return true;
    for (const char c : separator) {
      if (c == '(') ++open;
      if (c == ')') --open;
    }
  }
  return open > 0;
}

}  // namespace

void ReadDigitRow(std::string_view text, size_t at, DigitRow& row) {
  row.digits.clear();
  row.groups.clear();
  while (at > 0 && (static_cast<uint8_t>(text[at]) & 0xC0) == 0x80) --at;
  size_t here = RowBegin(text, at);
  row.end = here;
  size_t separators = 0;
  while (here < text.size() && separators <= kMaxSeparators) {
    const Sign sign = SignOf(text.substr(here, 4));
    if (sign.size == 0) break;
    if (sign.digit == 0) {
      ++separators;
    } else {
      if (row.groups.empty() || separators > 0)
        row.groups.push_back({here, here, row.digits.size(), 0});
      separators = 0;
      row.digits += sign.digit;
      ++row.groups.back().count;
      row.groups.back().end = row.end = here + sign.size;
    }
    here += sign.size;
  }
}

std::string_view SeparatorBehind(std::string_view text, const DigitRow& row, size_t group) {
  const size_t begin = row.groups[group].end;
  return text.substr(begin, row.groups[group + 1].begin - begin);
}

std::string_view DigitsOf(const DigitRow& row, const DigitGroup& group) {
  return std::string_view(row.digits).substr(group.first, group.count);
}

std::string_view DigitsOf(const DigitRow& row, const GroupRun& run) {
  const DigitGroup& first = row.groups[run.first];
  const DigitGroup& last = row.groups[run.last];
  return std::string_view(row.digits).substr(first.first, last.first + last.count - first.first);
}

bool IsBreak(std::string_view separator) {
  return separator.find_first_of(" +/\xA0\xAF") != std::string_view::npos;
}

bool HasOtherShape(std::string_view text, const DigitRow& row, const GroupRun& run) {
  const std::string_view digits = DigitsOf(row, run);
  const std::string_view first = DigitsOf(row, row.groups[run.first]);
  const std::string_view last = DigitsOf(row, row.groups[run.last]);
  if (digits.size() == 13 && (digits.starts_with("978") || digits.starts_with("979"))) return true;
  if (run.first == run.last) {  // 20230424, or a limit of 32 bits
    if (digits.starts_with("214748364") || digits.starts_with("429496729"))
      return digits.size() == 10;
    return digits.size() == 8 && IsYear(digits.substr(0, 4)) && IsWithin(digits.substr(4, 2), 12) &&
           IsWithin(digits.substr(6, 2), 31);
  }
  const bool switchboard = first[0] == '0' && last == "0";  // "040 42831-0"
  if ((last.size() == 1 && !switchboard) || IsBadlySeparated(text, row, run) ||
      HoldsDecimal(text, row, run))
    return true;
  const bool bracketed =
      SeparatorBehind(text, row, run.first).find_first_of("()") != std::string_view::npos;
  if (first == "0" && !bracketed) return true;  // "0 1000 2000", "0-4294967295"
  for (size_t i = run.first + 1; i < run.last; ++i) {
    if (row.groups[i].count == 1) return true;
  }
  if (HoldsDate(text, row, run) || IsOneQuantity(text, row, run)) return true;
  return std::ranges::all_of(row.groups.begin() + run.first, row.groups.begin() + run.last + 1,
                             [&](const DigitGroup& group) { return IsYear(DigitsOf(row, group)); });
}

bool HasDoubtfulShape(const DigitRow& row, const GroupRun& run) {
  const size_t groups = run.last - run.first + 1;
  const size_t first = row.groups[run.first].count;
  const size_t last = row.groups[run.last].count;
  if (groups == 2 && first == last && first != 5) return true;
  if (groups == 3 && first == 3 && row.groups[run.first + 1].count == 2 && last == 4)
    return true;  // A social security number.
  return groups >= 3 && AreAll(row, run.first, run.last, 4);
}

bool IsPartOfMore(std::string_view text, size_t begin, size_t end) {
  if (begin > 0) {
    const char before = text[begin - 1];
    if (IsAsciiWord(before) || std::string_view("_#$%^*~").find(before) != std::string_view::npos)
      return true;
    const char further = begin > 1 ? text[begin - 2] : ' ';
    if ((before == '.' || before == ':' || before == '-' || before == '/') && IsDigit(further))
      return true;
    if ((before == '-' || before == '/' || before == '\\' || before == '@') && IsAsciiWord(further))
      return true;
    if (!IsAscii(before)) {
      size_t letter = 0;
      const char32_t code_point = CodePointBefore(text, begin, letter);
      const Letter kind = LetterKind(code_point);
      if (kind == Letter::kSpaced || kind == Letter::kOtherWord) return true;
      if (code_point == U'£' || code_point == U'€' || code_point == U'¥' || code_point == U'₹')
        return true;
    }
  }
  if (end >= text.size()) return false;
  const char after = text[end];
  if (IsAsciiWord(after) || after == '_' || after == '%') return true;
  const char further = end + 1 < text.size() ? text[end + 1] : ' ';
  if (IsDigit(further) && (after == '.' || after == ':' || after == '-' || after == '/'))
    return true;
  if (after == '-' && IsAsciiLetter(further)) return true;
  if (after == ',' && IsDigit(further)) {  // "1234567,89"; but not "4155552671,4155552672".
    size_t digits = end + 1;
    while (digits < text.size() && IsDigit(text[digits])) ++digits;
    if (digits - end - 1 <= 3) return true;
  }
  if (IsAscii(after)) return false;
  size_t next = end;
  const char32_t code_point = NextCodePoint(text, next);
  return LetterKind(code_point) == Letter::kSpaced || code_point == U'°' || code_point == U'€' ||
         code_point == U'元' || code_point == U'円' || code_point == U'원';
}

}  // namespace parley
