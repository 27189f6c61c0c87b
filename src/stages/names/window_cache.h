// What the encoder said of windows that it read before.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "base/hash.h"
#include "stages/names/bio_decoder.h"

namespace parley {

/// Bounded: when a half of a shard is full, the older half is forgotten. A hit gives exactly what
/// was put in, so that nothing depends on what is remembered. Thread-safe.
class WindowCache {
 public:
  /// Remembers at most `most` windows; nought: none.
  explicit WindowCache(int64_t most) : most_per_half_((most + 2 * kShards - 1) / (2 * kShards)) {}

  std::optional<std::vector<PieceRun>> Find(const Hash128& window) const;
  void Put(const Hash128& window, const std::vector<PieceRun>& runs);

 private:
  static constexpr int64_t kShards = 16;
  using Half = std::map<Hash128, std::vector<PieceRun>>;
  struct Shard {
    mutable std::mutex mutex;
    Half newer;
    Half older;
  };

  int64_t most_per_half_;
  std::array<Shard, kShards> shards_;
};

}  // namespace parley
