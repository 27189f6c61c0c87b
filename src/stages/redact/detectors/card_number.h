// Numbers of payment cards.

#pragma once

#include <string_view>
#include <vector>

#include "stages/redact/digit_row.h"
#include "stages/redact/pii_span.h"

namespace parley {

/// Appends the card numbers of `row`: 12 to 19 digits that pass Luhn's test, in a range and of a
/// length that an issuer has, in one piece or in groups with spaces or hyphens between them.
///
/// Sure (0.7 and more): a common issuer's length in one piece or in the groups that cards are
/// printed in. Unsure without a word such as "card" or "visa" near: rare lengths and odd groups.
void FindCards(std::string_view text, const DigitRow& row, std::vector<PiiSpan>& spans);

}  // namespace parley
