// The hash functions are x -> (x ^ flip) * factor in 32 bits: flip and odd factor are drawn once
// for each place. Lanes go side by side: 32 minima stay in registers while all shingles pass.

#include "duplicates/min_hash.h"

#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "base/random.h"
#include "parley/status.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace parley {
namespace {

constexpr size_t kLanes = 32;
constexpr int kMaxBands = 17;
constexpr int kMaxMinima = 8;
constexpr double kCaught = 0.99;
constexpr uint64_t kSeed = 0x7061'726c'6579;

uint32_t Folded(uint64_t shingle) { return static_cast<uint32_t>(shingle ^ (shingle >> 32)); }

using Kernel = void (*)(std::span<const uint64_t> shingles, const uint32_t* flips,
                        const uint32_t* factors, uint32_t* minima);

void MinimaPlain(std::span<const uint64_t> shingles, const uint32_t* flips, const uint32_t* factors,
                 uint32_t* minima) {
  for (const uint64_t shingle : shingles) {
    const uint32_t x = Folded(shingle);
    for (size_t i = 0; i < kLanes; ++i) {
      minima[i] = std::min(minima[i], (x ^ flips[i]) * factors[i]);
    }
  }
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) void MinimaAvx2(std::span<const uint64_t> shingles,
                                                const uint32_t* flips, const uint32_t* factors,
                                                uint32_t* minima) {
  __m256i flip[4];
  __m256i factor[4];
  __m256i least[4];
  for (size_t i = 0; i < 4; ++i) {
    flip[i] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(flips + 8 * i));
    factor[i] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(factors + 8 * i));
    least[i] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(minima + 8 * i));
  }
  for (const uint64_t shingle : shingles) {
    const __m256i x = _mm256_set1_epi32(static_cast<int>(Folded(shingle)));
    for (size_t i = 0; i < 4; ++i) {
      const __m256i value = _mm256_mullo_epi32(_mm256_xor_si256(x, flip[i]), factor[i]);
      least[i] = _mm256_min_epu32(least[i], value);
    }
  }
  for (size_t i = 0; i < 4; ++i) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(minima + 8 * i), least[i]);
  }
}

__attribute__((target("avx512f"))) void MinimaAvx512(std::span<const uint64_t> shingles,
                                                     const uint32_t* flips, const uint32_t* factors,
                                                     uint32_t* minima) {
  // The forms without a mask read, in GCC 12's headers, a value that was never set.
  constexpr __mmask16 kAll = 0xFFFF;
  const __m512i flip0 = _mm512_loadu_si512(flips);
  const __m512i flip1 = _mm512_loadu_si512(flips + 16);
  const __m512i factor0 = _mm512_loadu_si512(factors);
  const __m512i factor1 = _mm512_loadu_si512(factors + 16);
  __m512i least0 = _mm512_loadu_si512(minima);
  __m512i least1 = _mm512_loadu_si512(minima + 16);
  for (const uint64_t shingle : shingles) {
    const __m512i x = _mm512_set1_epi32(static_cast<int>(Folded(shingle)));
    const __m512i value0 = _mm512_mullo_epi32(_mm512_xor_si512(x, flip0), factor0);
    const __m512i value1 = _mm512_mullo_epi32(_mm512_xor_si512(x, flip1), factor1);
    least0 = _mm512_maskz_min_epu32(kAll, least0, value0);
    least1 = _mm512_maskz_min_epu32(kAll, least1, value1);
  }
  _mm512_storeu_si512(minima, least0);
  _mm512_storeu_si512(minima + 16, least1);
}

#endif

Kernel ChooseKernel() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return MinimaAvx512;
  if (__builtin_cpu_supports("avx2")) return MinimaAvx2;
#endif
  return MinimaPlain;
}

}  // namespace

Bands BandsFor(double threshold) {
  Check(threshold > 0 && threshold <= 1, "a threshold above 0 and 1 at most");
  Bands bands{.count = 0, .minima = 0};
  for (int minima = 1; minima <= kMaxMinima; ++minima) {
    const double agree = std::pow(threshold, minima);
    const double needed = agree >= kCaught ? 1 : std::log(1 - kCaught) / std::log1p(-agree);
    const int count = static_cast<int>(std::ceil(needed));
    if (count <= kMaxBands || bands.count == 0) bands = {.count = count, .minima = minima};
  }
  return bands;
}

MinHasher::MinHasher(Bands bands) : bands_(bands) {
  const auto minima = static_cast<size_t>(bands.count) * static_cast<size_t>(bands.minima);
  Random random(kSeed);
  const size_t padded = (minima + kLanes - 1) / kLanes * kLanes;
  for (size_t i = 0; i < padded; ++i) {
    const uint64_t drawn = random.Next();
    flips_.push_back(static_cast<uint32_t>(drawn));
    factors_.push_back(static_cast<uint32_t>(drawn >> 32) | 1);
  }
}

void MinHasher::Sign(std::span<const uint64_t> shingles, std::vector<uint32_t>& minima) const {
  static const Kernel kernel = ChooseKernel();
  minima.assign(flips_.size(), UINT32_MAX);
  for (size_t i = 0; i < flips_.size(); i += kLanes) {
    kernel(shingles, flips_.data() + i, factors_.data() + i, minima.data() + i);
  }
  minima.resize(static_cast<size_t>(bands_.count) * static_cast<size_t>(bands_.minima));
}

void MinHasher::AppendKeys(std::span<const uint64_t> shingles, int length,
                           std::vector<uint64_t>& keys) const {
  if (shingles.empty()) return;
  thread_local std::vector<uint32_t> minima;
  Sign(shingles, minima);
  const auto per_band = static_cast<size_t>(bands_.minima);
  for (size_t band = 0; band < static_cast<size_t>(bands_.count); ++band) {
    const std::string_view bytes(reinterpret_cast<const char*>(minima.data() + band * per_band),
                                 per_band * sizeof(uint32_t));
    keys.push_back(HashOf(bytes, static_cast<uint64_t>(length) << 32 | band));
  }
}

}  // namespace parley
