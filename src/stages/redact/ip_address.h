// Internet addresses in running text.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "stages/redact/pii_span.h"

namespace parley {

/// The four bytes of "192.0.2.1": four decimal numbers up to 255 without leading noughts.
std::optional<std::array<uint8_t, 4>> ParseIpv4(std::string_view text);

/// The sixteen bytes of an IPv6 address in any form of RFC 4291, section 2.2, without a zone.
std::optional<std::array<uint8_t, 16>> ParseIpv6(std::string_view text);

/// The IPv4 address whose digits and dots lie around `at`, with its prefix ("/24"), if any.
///
/// Addresses that stand for nobody are `reserved`: this host, loopback, documentation (RFC 5737),
/// private (RFC 1918), shared, link-local, multicast, broadcast, netmasks and 0.0.0.0/8. Version
/// numbers and numbered headings get a low score.
std::optional<PiiSpan> Ipv4At(std::string_view text, size_t at);

/// The IPv6 address whose digits and colons lie around `at`, with its zone and prefix, if any.
///
/// `reserved`: unspecified, loopback, documentation (RFC 3849, RFC 9637), link-local, unique local,
/// multicast, and IPv4 addresses inside that are reserved themselves.
std::optional<PiiSpan> Ipv6At(std::string_view text, size_t at);

}  // namespace parley
