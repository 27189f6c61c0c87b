// Union–find that threads share.
//
// A root is always the smallest of its set, so the sets' names do not depend on the order of the
// unions. Source: Anderson and Woll, "Wait-free parallel algorithms for the union-find problem",
// 1991; links go from the larger root to the smaller.

#pragma once

#include <atomic>
#include <cstdint>
#include <utility>
#include <vector>

namespace parley {

/// Sets of 0 to size - 1; 4 bytes each.
class DisjointSets {
 public:
  explicit DisjointSets(uint32_t size) : parents_(size) {
    for (uint32_t i = 0; i < size; ++i) parents_[i] = i;
  }

  /// The smallest of the set, once no thread unites any more. Thread-safe.
  uint32_t Find(uint32_t member) {
    for (;;) {
      const uint32_t parent = At(member).load(std::memory_order_relaxed);
      if (parent == member) return member;
      const uint32_t grandparent = At(parent).load(std::memory_order_relaxed);
      uint32_t expected = parent;
      if (parent != grandparent) {
        At(member).compare_exchange_weak(expected, grandparent, std::memory_order_relaxed);
      }
      member = grandparent;
    }
  }

  /// Thread-safe.
  void Unite(uint32_t left, uint32_t right) {
    for (;;) {
      left = Find(left);
      right = Find(right);
      if (left == right) return;
      if (left < right) std::swap(left, right);
      uint32_t expected = left;
      if (At(left).compare_exchange_strong(expected, right, std::memory_order_relaxed)) return;
    }
  }

  uint32_t size() const { return static_cast<uint32_t>(parents_.size()); }

 private:
  std::atomic_ref<uint32_t> At(uint32_t i) { return std::atomic_ref(parents_[i]); }

  std::vector<uint32_t> parents_;
};

}  // namespace parley
