// Addresses of wallets for cryptographic currencies.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "stages/redact/pii_span.h"

namespace parley {

/// The address that the letters and digits around `text[at]` are, if they pass the check that its
/// currency has: Base58Check with a known version (Bitcoin, Litecoin, Dogecoin, Dash, Zcash, Tron,
/// XRP), Bech32 and Bech32m (Bitcoin, Litecoin, Cardano, Cosmos and others), cash addresses,
/// Stellar, Monero. A private key of Bitcoin (WIF, xprv) is a KEY.
///
/// Solana has no check: 32 bytes in base 58, and a word such as "Solana" or "wallet" near.
std::optional<PiiSpan> WalletAt(std::string_view text, size_t at);

/// The Ethereum address whose "0x" begins at `begin`: 40 hexadecimal digits in one case, unsure
/// without a word such as "wallet" near, or in both by EIP-55.
std::optional<PiiSpan> EthereumAt(std::string_view text, size_t begin);

}  // namespace parley
