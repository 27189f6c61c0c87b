// Hardware addresses of network devices.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "stages/redact/pii_span.h"

namespace parley {

/// The address whose hexadecimal digits and separators lie around `at`: six or eight pairs with
/// colons or hyphens ("00:1A:2B:3C:4D:5E", EUI-64), or three groups of four with full stops
/// ("001a.2b3c.4d5e"). One kind of separator throughout. All noughts and all ones are nobody's and
/// refused, as is what goes on (fingerprints, UUIDs).
std::optional<PiiSpan> MacAddressAt(std::string_view text, size_t at);

}  // namespace parley
