// datatrove's MinHash signatures, bit for bit, with its defaults: 5 words a shingle, 14 buckets of
// 8 minima, xxHash of 64 bits, seed 1.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace parley {

inline constexpr int kDatatroveBuckets = 14;
inline constexpr int kDatatroveMinima = 8;  ///< In each bucket.
inline constexpr int kDatatroveShingleWords = 5;

/// Bucket after bucket.
using DatatroveSignature = std::array<uint64_t, kDatatroveBuckets * kDatatroveMinima>;

/// Signs `text`, which is valid UTF-8. False if it has under five words: datatrove gives such a
/// text no signature, so that it is nobody's duplicate. Thread-safe. Takes O(words x 112).
bool SignLikeDatatrove(std::string_view text, DatatroveSignature& signature);

}  // namespace parley
