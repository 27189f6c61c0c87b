#include "stages/names/window_cache.h"

#include <utility>

namespace parley {

std::optional<std::vector<PieceRun>> WindowCache::Find(const Hash128& window) const {
  const Shard& shard = shards_[window.low % kShards];
  const std::lock_guard lock(shard.mutex);
  for (const Half* half : {&shard.newer, &shard.older}) {
    if (const auto found = half->find(window); found != half->end()) return found->second;
  }
  return std::nullopt;
}

void WindowCache::Put(const Hash128& window, const std::vector<PieceRun>& runs) {
  if (most_per_half_ == 0) return;
  Shard& shard = shards_[window.low % kShards];
  const std::lock_guard lock(shard.mutex);
  if (static_cast<int64_t>(shard.newer.size()) >= most_per_half_) {
    shard.older = std::exchange(shard.newer, {});
  }
  shard.newer.insert_or_assign(window, runs);
}

}  // namespace parley
