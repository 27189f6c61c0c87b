// A row of digits as people write long numbers: groups with short separators between them.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// Digits that touch, in any of the scripts that phone numbers are written in: ASCII, full-width,
/// Arabic, Persian, Devanagari.
struct DigitGroup {
  size_t begin = 0;  ///< In bytes of the text.
  size_t end = 0;
  size_t first = 0;  ///< Into `DigitRow::digits`.
  size_t count = 0;
};

struct DigitRow {
  size_t end = 0;      ///< Behind the last group, in the text.
  std::string digits;  ///< All of them, in ASCII.
  std::vector<DigitGroup> groups;
};

/// A run of groups of a row: `[first, last]`.
struct GroupRun {
  size_t first = 0;
  size_t last = 0;
};

/// The longest row that holds the digit around `text[at]`: groups at most three separators apart,
/// of space, no-break space, "-./()+", the dashes and full-width brackets; never across a line end.
/// Reuses the memory of `row`.
void ReadDigitRow(std::string_view text, size_t at, DigitRow& row);

/// What stands between two neighbouring groups.
std::string_view SeparatorBehind(std::string_view text, const DigitRow& row, size_t group);

std::string_view DigitsOf(const DigitRow& row, const DigitGroup& group);

/// The digits of the run, without what separates them.
std::string_view DigitsOf(const DigitRow& row, const GroupRun& run);

/// Whether a number may end before the separator and another begin behind it.
bool IsBreak(std::string_view separator);

/// Whether the run is written like something that is no phone number: a date or a range of years,
/// a decimal, thousands, an IPv4 address, an ISBN, a table.
bool HasOtherShape(std::string_view text, const DigitRow& row, const GroupRun& run);

/// Whether only a word near it could make a phone number of it: "1000-2000", "123-45-6789".
bool HasDoubtfulShape(const DigitRow& row, const GroupRun& run);

/// Whether the run is cut out of something longer: letters, paths, hashes, prices, decimals touch
/// it. `begin` and `end` are those of the span in the text.
bool IsPartOfMore(std::string_view text, size_t begin, size_t end);

}  // namespace parley
