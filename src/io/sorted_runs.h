// Sorts more than fits into memory: sorted runs on disk, merged at the end.
//
// The order depends on the values alone, so any budget gives the same result as long as no two
// values are equal in their order.

#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <type_traits>
#include <vector>

#include "io/file.h"
#include "parley/status.h"

namespace parley {

/// Collects values, then gives them in ascending order (`operator<`). Not thread-safe.
///
/// Spills to `path`.0, `path`.1, … once it holds `budget_bytes`; the files go with the object.
template <class T>
class SortedRuns {
  static_assert(std::is_trivially_copyable_v<T>, "runs hold values as bytes");

 public:
  SortedRuns(std::string path, int64_t budget_bytes)
      : path_(std::move(path)),
        capacity_(static_cast<size_t>(
            std::max<int64_t>(1, budget_bytes / static_cast<int64_t>(sizeof(T))))) {}
  SortedRuns(SortedRuns&&) noexcept = default;
  ~SortedRuns() {
    cursors_.clear();
    if (path_.empty()) return;  // Moved from: the files have another owner.
    for (int64_t run = 0; run < run_count_; ++run) (void)RemoveTree(RunPath(run));
  }

  Status Add(const T& value) {
    if (held_.size() == capacity_) TRY(Spill());
    held_.push_back(value);
    return {};
  }

  /// Ends the collecting. Then `Next` gives each value once, and none at the end.
  Status Finish() {
    std::ranges::sort(held_, std::less<>());
    if (run_count_ == 0) return {};
    TRY(Spill());
    held_ = std::vector<T>();  // The runs' buffers get its share.
    // What is left of the budget is shared between the runs' buffers.
    const size_t share = std::max<size_t>(1, capacity_ / static_cast<size_t>(run_count_));
    for (int64_t run = 0; run < run_count_; ++run) {
      cursors_.push_back(Cursor{.bytes = TRY(InputBytes::Open(RunPath(run)))});
      cursors_.back().limit = share;
      TRY(Refill(cursors_.back()));
      if (!cursors_.back().values.empty()) heads_.push({cursors_.back().values[0], run});
    }
    return {};
  }

  Result<std::optional<T>> Next() {
    if (run_count_ == 0) {
      if (position_ == held_.size()) return std::optional<T>();
      return std::optional<T>(held_[position_++]);
    }
    if (heads_.empty()) return std::optional<T>();
    const Head head = heads_.top();
    heads_.pop();
    Cursor& cursor = cursors_[static_cast<size_t>(head.run)];
    if (++cursor.position == cursor.values.size()) TRY(Refill(cursor));
    if (!cursor.values.empty()) heads_.push({cursor.values[cursor.position], head.run});
    return std::optional<T>(head.value);
  }

 private:
  struct Cursor {
    std::unique_ptr<InputBytes> bytes;
    std::vector<T> values = {};
    size_t position = 0;
    size_t limit = 1;
    int64_t offset = 0;
  };
  struct Head {
    T value;
    int64_t run;
    bool operator<(const Head& other) const {  // The queue gives the largest first.
      if (other.value < value) return true;
      if (value < other.value) return false;
      return run > other.run;
    }
  };

  std::string RunPath(int64_t run) const { return path_ + "." + std::to_string(run); }

  Status Spill() {
    std::ranges::sort(held_, std::less<>());
    const auto file = TRY(OutputFile::Create(RunPath(run_count_), OutputFile::Outlives::kProcess));
    TRY(file->Write({reinterpret_cast<const char*>(held_.data()), held_.size() * sizeof(T)}));
    TRY(file->Commit());
    ++run_count_;
    held_.clear();
    return {};
  }

  Status Refill(Cursor& cursor) {
    cursor.position = 0;
    cursor.values.resize(cursor.limit);
    const int64_t got =
        TRY(cursor.bytes->ReadAt(cursor.offset, reinterpret_cast<char*>(cursor.values.data()),
                                 static_cast<int64_t>(cursor.limit * sizeof(T))));
    cursor.offset += got;
    cursor.values.resize(static_cast<size_t>(got) / sizeof(T));
    return {};
  }

  std::string path_;
  size_t capacity_;
  std::vector<T> held_;
  size_t position_ = 0;
  int64_t run_count_ = 0;
  std::vector<Cursor> cursors_;
  std::priority_queue<Head> heads_;
};

}  // namespace parley
