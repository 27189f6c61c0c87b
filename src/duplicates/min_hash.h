// Finds texts that may be alike without comparing all pairs.
//
// Of a text's shingles only the smallest under each of some hash functions is kept. Two texts have
// the same minimum with a probability of their Jaccard similarity J. Minima are put into bands; two
// texts with all minima of a band equal are candidates. With r minima in each of b bands a pair is
// caught with probability 1 - (1 - J^r)^b.
//
// Source: Broder, "On the resemblance and containment of documents", 1997; bands: Leskovec,
// Rajaraman and Ullman, "Mining of massive datasets", section 3.4.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace parley {

struct Bands {
  int count = 0;
  int minima = 0;  ///< In each band.
};

/// The bands that catch a pair at `threshold`, above 0 and 1 at most, with a probability of .99 at
/// least: the most minima in a band, and so the fewest false candidates, that 17 bands allow.
Bands BandsFor(double threshold);

/// Immutable; threads share it. The same on every machine.
class MinHasher {
 public:
  explicit MinHasher(Bands bands);

  /// Appends one key a band for shingles made with `length` units; no shingles, no keys. Keys of
  /// different lengths and bands never mean the same.
  void AppendKeys(std::span<const uint64_t> shingles, int length,
                  std::vector<uint64_t>& keys) const;

  /// The minima, [bands.count x bands.minima]; all ones without shingles.
  void Sign(std::span<const uint64_t> shingles, std::vector<uint32_t>& minima) const;

  Bands bands() const { return bands_; }

 private:
  Bands bands_;
  std::vector<uint32_t> flips_;    // [padded minima]
  std::vector<uint32_t> factors_;  // [padded minima], odd.
};

}  // namespace parley
