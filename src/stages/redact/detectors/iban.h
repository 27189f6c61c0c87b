// International bank account numbers.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "stages/redact/pii_span.h"

namespace parley {

/// The number that begins at `begin` with a country's two letters: of the country's length, in one
/// piece or with single spaces or hyphens, with a remainder of 1 by 97.
///
/// Source: ISO 13616; lengths by the registry of SWIFT, release 99.
std::optional<PiiSpan> IbanAt(std::string_view text, size_t begin);

}  // namespace parley
