// What was said of windows of pieces that were read before.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <utility>

#include "base/hash.h"
#include "inference/unigram_tokenizer.h"

namespace parley {

/// Equal for windows that the encoder cannot tell apart.
Hash128 HashOfPieces(std::span<const TextPiece> pieces);

/// Bounded: when a half of a shard is full, the older half is forgotten. A hit gives exactly what
/// was put in, so that nothing depends on what is remembered. Thread-safe.
template <class Answer>
class WindowCache {
 public:
  /// Remembers at most `most` windows; nought: none.
  explicit WindowCache(int64_t most) : most_per_half_((most + 2 * kShards - 1) / (2 * kShards)) {}

  std::optional<Answer> Find(const Hash128& window) const {
    const Shard& shard = shards_[window.low % kShards];
    const std::lock_guard lock(shard.mutex);
    for (const Half* half : {&shard.newer, &shard.older}) {
      if (const auto found = half->find(window); found != half->end()) return found->second;
    }
    return std::nullopt;
  }

  void Put(const Hash128& window, const Answer& answer) {
    if (most_per_half_ == 0) return;
    Shard& shard = shards_[window.low % kShards];
    const std::lock_guard lock(shard.mutex);
    if (static_cast<int64_t>(shard.newer.size()) >= most_per_half_) {
      shard.older = std::exchange(shard.newer, {});
    }
    shard.newer.insert_or_assign(window, answer);
  }

 private:
  static constexpr int64_t kShards = 16;
  using Half = std::map<Hash128, Answer>;
  struct Shard {
    mutable std::mutex mutex;
    Half newer;
    Half older;
  };

  int64_t most_per_half_;
  std::array<Shard, kShards> shards_;
};

}  // namespace parley
