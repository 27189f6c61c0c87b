#include "inference/piece_map.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <memory>
#include <utility>

namespace parley {

PieceMap::PieceMap(size_t most_pieces) {
  const size_t size = std::bit_ceil(std::max<size_t>(16, most_pieces * 2));
  keys_.resize(size);
  numbers_.resize(size);
  mask_ = size - 1;
}

void PieceMap::Add(std::string_view piece, uint32_t number) {
  if (piece.size() > kMostKeyBytes) {
    long_pieces_.emplace(piece, number);
    most_long_bytes_ = std::max(most_long_bytes_, piece.size());
    return;
  }
  const PieceKey key = KeyOf(piece.data(), piece.size(), piece.data() + piece.size());
  size_t slot = key.Hash() & mask_;
  while (keys_[slot] != PieceKey{}) slot = (slot + 1) & mask_;
  keys_[slot] = key;
  numbers_[slot] = number;
}

std::optional<uint32_t> PieceMap::Find(std::string_view piece) const {
  if (piece.size() > most_long_bytes_ && piece.size() > kMostKeyBytes) return std::nullopt;
  if (piece.size() > kMostKeyBytes) {
    const auto found = long_pieces_.find(piece);
    if (found == long_pieces_.end()) return std::nullopt;
    return found->second;
  }
  const PieceKey key = KeyOf(piece.data(), piece.size(), piece.data() + piece.size());
  for (size_t slot = key.Hash() & mask_; keys_[slot] != PieceKey{}; slot = (slot + 1) & mask_) {
    if (keys_[slot] == key) return numbers_[slot];
  }
  return std::nullopt;
}

CountCache& CacheOfThisThread(uint64_t owner) {
  thread_local std::vector<std::pair<uint64_t, std::unique_ptr<CountCache>>> caches;
  for (const auto& [name, cache] : caches) {
    if (name == owner) return *cache;
  }
  // A thread that outlives many counters forgets the oldest.
  constexpr size_t kMostCaches = 8;
  if (caches.size() == kMostCaches) caches.erase(caches.begin());
  caches.emplace_back(owner, std::make_unique<CountCache>());
  return *caches.back().second;
}

uint64_t NextCacheOwner() {
  static std::atomic<uint64_t> next = 0;
  return next++;
}

}  // namespace parley
