// The hash by which Ethereum and Monero check addresses.

#pragma once

#include <string>
#include <string_view>

namespace parley {

/// Keccak-256 with the padding of the submission of 2011, not that of SHA-3: 32 raw bytes.
///
/// Source: Bertoni, Daemen, Peeters, Van Assche, "The Keccak reference", version 3.0, 2011.
std::string Keccak256(std::string_view bytes);

}  // namespace parley
