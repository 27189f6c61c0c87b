// datatrove's clusters: texts with all minima of a bucket equal are united, and nothing is
// verified.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "duplicates/datatrove_signature.h"
#include "io/sorted_runs.h"
#include "parley/status.h"

namespace parley {

/// Collects signatures, then knows the clusters. The result depends on the numbers and signatures
/// alone, not on the order of `Add`. Not thread-safe.
class DatatroveClusters {
 public:
  struct Place {
    int64_t group = -1;  ///< From 0, in the order of the groups' first texts; -1: alone.
    int64_t size = 1;
    int64_t survivor = 0;  ///< The number of the one that datatrove keeps.
  };

  /// Spills to files that begin with `spill_path` beyond `budget_bytes`, of which 12 bytes a text
  /// and a little more come on top once `Finish` runs.
  DatatroveClusters(std::string spill_path, int64_t budget_bytes);

  /// `number` is from 0, below 2^32 - 1. Texts without a signature are not added.
  Status Add(int64_t number, const DatatroveSignature& signature);

  /// Ends the collecting; numbers run from 0 to `text_count` - 1. Takes a sort of 14 rows a text.
  Status Finish(int64_t text_count);

  Place PlaceOf(int64_t number) const;

 private:
  struct Row {
    uint64_t bucket_and_number;  // The bucket in the upper 32 bits.
    std::array<uint64_t, kDatatroveMinima> minima;

    uint32_t bucket() const { return static_cast<uint32_t>(bucket_and_number >> 32); }
    uint32_t number() const { return static_cast<uint32_t>(bucket_and_number); }
    bool operator<(const Row& other) const;
  };

  uint32_t Find(uint32_t number) const;
  void Unite(uint32_t earlier, uint32_t later);

  SortedRuns<Row> rows_;
  std::vector<uint32_t> parents_;
  std::vector<uint32_t> sizes_;   // Of the set, at its root.
  std::vector<uint32_t> groups_;  // By the set's root.
};

}  // namespace parley
