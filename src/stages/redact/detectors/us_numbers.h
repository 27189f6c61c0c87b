// Social security and taxpayer numbers of the United States.

#pragma once

#include <string_view>
#include <vector>

#include "stages/redact/digit_row.h"
#include "stages/redact/pii_span.h"

namespace parley {

/// Appends US_SSN and US_ITIN numbers of `row`: nine digits, in three groups of three, two and four
/// with one kind of separator, in two ("078-051127"), or in one piece.
///
/// A social security number has an area other than 000, 666 and 900 to 999, a group other than 00
/// and a serial other than 0000, and is none of those that were printed in advertisements. A
/// taxpayer number begins with 9 and has a group of 50 to 65, 70 to 88, 90 to 92 or 94 to 99.
/// What is written without its hyphens needs a word such as "SSN" near it to be sure.
void FindUsNumbers(std::string_view text, const DigitRow& row, std::vector<PiiSpan>& spans);

}  // namespace parley
