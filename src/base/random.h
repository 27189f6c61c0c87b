// Seeded random numbers that are the same on every machine (the standard's distributions are not).

#pragma once

#include <cstdint>

namespace parley {

/// SplitMix64. Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// 2014.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  /// All 64 bits uniform.
  uint64_t Next() {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }

  /// Uniform in [0, bound); `bound` is at least 1. Biased by less than bound / 2^64.
  int64_t Below(int64_t bound) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<int64_t>((static_cast<Wide>(Next()) * static_cast<uint64_t>(bound)) >> 64);
  }

  /// Uniform in [0, 1).
  double Share() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }

 private:
  uint64_t state_;
};

}  // namespace parley
