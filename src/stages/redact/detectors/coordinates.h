// Places as latitude and longitude.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "stages/redact/pii_span.h"

namespace parley {

/// The pair of coordinates around `text[at]`, inside the first or second number: decimals
/// ("48.8584, 2.2945"), or degrees, minutes and seconds with N, S, E and W ("48°51'30"N
/// 2°17'40"E").
///
/// Sure with a letter for the hemisphere, or with a word such as "GPS" or "latitude" near; a bare
/// pair of decimals with three digits or more behind the point is unsure, as any pair of numbers.
std::optional<PiiSpan> CoordinatesAt(std::string_view text, size_t at);

}  // namespace parley
