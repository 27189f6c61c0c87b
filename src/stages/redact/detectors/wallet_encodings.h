// How addresses of cryptographic currencies are written, and checked.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

inline constexpr std::string_view kBase58 =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// The order in which the XRP Ledger has them.
inline constexpr std::string_view kBase58OfRipple =
    "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

/// The bytes that `text` is in base 58, leading noughts kept; nothing if a character is no digit.
/// Takes O(size squared).
std::optional<std::string> FromBase58(std::string_view text, std::string_view digits = kBase58);

/// The same without the last four bytes, which must be the first of SHA-256 of SHA-256 of the rest.
std::optional<std::string> FromBase58Check(std::string_view text,
                                           std::string_view digits = kBase58);

enum class Bech32Kind : uint8_t { kBech32, kBech32m };

struct Bech32 {
  Bech32Kind kind = Bech32Kind::kBech32;
  std::string prefix;               ///< In lower case.
  std::vector<uint8_t> words = {};  ///< Of five bits, without the checksum.
};

/// BIP 173 and BIP 350, without the limit of 90 characters. Not in mixed case.
std::optional<Bech32> FromBech32(std::string_view text);

/// Whether `text`, behind "bitcoincash:", passes that currency's check of 40 bits.
bool PassesCashAddress(std::string_view text);

/// Whether the case of the 40 hexadecimal digits is the checksum of EIP-55.
bool PassesEip55(std::string_view hex);

/// Whether `text` is 56 digits of base 32 with the check of the Stellar network (SEP-23).
bool PassesStellar(std::string_view text);

/// Whether `text` is a Monero address: 95 digits in blocks of base 58, four bytes of Keccak-256.
bool PassesMonero(std::string_view text);

}  // namespace parley
