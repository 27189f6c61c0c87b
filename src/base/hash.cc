#include "base/hash.h"

#include <fmt/format.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <array>
#include <bit>

namespace parley {

uint64_t HashOf(std::string_view bytes, uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

uint64_t Xxh64Of(std::string_view bytes) { return XXH64(bytes.data(), bytes.size(), 0); }

Hash128 WideHashOf(std::string_view bytes, uint64_t seed) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes.data(), bytes.size(), seed);
  return {hash.high64, hash.low64};
}

std::string ToHex(const Hash128& hash) {
  return fmt::format("{:016x}{:016x}", hash.high, hash.low);
}

Hash128 Combine(const Hash128& hash, const Hash128& value) {
  const std::array<uint64_t, 4> parts = {hash.high, hash.low, value.high, value.low};
  const auto bytes = std::bit_cast<std::array<char, sizeof(parts)>>(parts);
  return WideHashOf({bytes.data(), bytes.size()});
}

}  // namespace parley
