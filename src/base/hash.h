// Fast hashes that are the same on every machine. Not for secrets: those are HMACs (io/digest.h).

#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley {

/// 128 bits, compared as one big number (`high` first).
struct Hash128 {
  uint64_t high = 0;
  uint64_t low = 0;
  auto operator<=>(const Hash128&) const = default;
};

/// XXH3 of `bytes`, 64 bits.
uint64_t HashOf(std::string_view bytes, uint64_t seed = 0);

/// XXH64 of `bytes` with the seed 0: for what other programs made with it.
uint64_t Xxh64Of(std::string_view bytes);

/// XXH3 of `bytes`, 128 bits: two texts of a billion collide with a probability under 1e-20.
Hash128 WideHashOf(std::string_view bytes, uint64_t seed = 0);

/// 32 lower-case hexadecimal digits.
std::string ToHex(const Hash128& hash);

/// Mixes `value` into `hash`; the order of the calls matters.
Hash128 Combine(const Hash128& hash, const Hash128& value);

}  // namespace parley
