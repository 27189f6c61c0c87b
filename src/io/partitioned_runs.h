// Sorts more than fits into memory, on several threads: each value goes to one of some parts by a
// number of its own, and each part is sorted by itself.

#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "io/sorted_runs.h"
#include "parley/status.h"

namespace parley {

/// Collects values from any thread. `T` has `uint64_t spread() const`: parts are equal ranges of
/// it, so that parts in order with their values in order are all values in order, if `spread` grows
/// with the order.
template <class T>
class PartitionedRuns {
 public:
  static constexpr size_t kParts = 64;

  /// Spills to files under `path` once it holds about `budget_bytes`; the files go with the object.
  /// `largest_spread` is at or above every value's.
  PartitionedRuns(const std::string& path, int64_t budget_bytes,
                  uint64_t largest_spread = UINT64_MAX)
      : width_(largest_spread / kParts + 1) {
    for (size_t i = 0; i < kParts; ++i) {
      parts_[i] = std::make_unique<Part>(SortedRuns<T>(
          path + "-" + std::to_string(i), budget_bytes / static_cast<int64_t>(kParts)));
    }
  }

  size_t PartOf(const T& value) const { return static_cast<size_t>(value.spread() / width_); }

  /// Thread-safe. Sorts `values` by their parts.
  Status Add(std::vector<T>& values) {
    std::array<size_t, kParts + 1> ends = {};
    for (const T& value : values) ++ends[PartOf(value) + 1];
    for (size_t i = 1; i <= kParts; ++i) ends[i] += ends[i - 1];
    std::vector<T> ordered(values.size());
    std::array<size_t, kParts> next = {};
    std::copy_n(ends.begin(), kParts, next.begin());
    for (const T& value : values) ordered[next[PartOf(value)]++] = value;
    values.swap(ordered);
    for (size_t i = 0; i < kParts; ++i) {
      if (ends[i] == ends[i + 1]) continue;
      const std::scoped_lock lock(parts_[i]->mutex);
      for (size_t k = ends[i]; k < ends[i + 1]; ++k) TRY(parts_[i]->runs.Add(values[k]));
    }
    return {};
  }

  /// One part, to `Finish` and read. After the last `Add`, each part by one thread at a time.
  SortedRuns<T>& part(size_t index) { return parts_[index]->runs; }

  /// Gives back what a part holds once it has been read.
  void Drop(size_t index) { parts_[index].reset(); }

 private:
  struct Part {
    explicit Part(SortedRuns<T> sorted) : runs(std::move(sorted)) {}
    SortedRuns<T> runs;
    std::mutex mutex = {};
  };
  uint64_t width_;
  std::array<std::unique_ptr<Part>, kParts> parts_;
};

}  // namespace parley
