// How far the write pass has come: after each finished shard, what a resumed run must know.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "parley/status.h"
#include "release/shard_writer.h"
#include "release/statistics.h"

namespace parley {

/// How far one release is.
struct ReleaseProgress {
  std::vector<ShardInfo> shards = {};
  Statistics statistics = {};
};

struct Checkpoint {
  int64_t next_sequence = 0;  ///< The first scan row that no finished shard accounts for.
  bool complete = false;      ///< All rows are accounted for; only finishing is left.
  std::vector<ReleaseProgress> releases = {};  ///< In the recipe's order.
  int64_t ledger_files = 0;
  Statistics whole = {};  ///< Of several releases: each conversation counts once.
};

Status SaveCheckpoint(const std::string& path, const Checkpoint& checkpoint);

/// None if there is no file. Invalid if it is of another form.
Result<std::optional<Checkpoint>> LoadCheckpoint(const std::string& path);

}  // namespace parley
