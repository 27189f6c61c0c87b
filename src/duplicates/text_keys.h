// From a text's units to the keys by which a search will find it.

#pragma once

#include <cstdint>
#include <vector>

#include "duplicates/min_hash.h"
#include "duplicates/shingles.h"
#include "duplicates/units.h"

namespace parley {

/// Immutable; threads share it. The same on every machine.
class TextKeys {
 public:
  /// `threshold` is above 0 and 1 at most.
  TextKeys(ShingleRule rule, double threshold);

  /// Appends a key for each band, under every rule of length by which the text may be compared;
  /// none for a text without units.
  void Append(const Units& units, std::vector<uint64_t>& keys) const;

 private:
  ShingleRule rule_;
  double threshold_;
  MinHasher hasher_;
};

}  // namespace parley
