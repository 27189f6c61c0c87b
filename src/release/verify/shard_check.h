// One shard, every row of it.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/hash.h"
#include "release/manifest.h"
#include "release/statistics.h"
#include "release/verify/findings.h"
#include "release/verify/secrets.h"
#include "stages/redact/pii_detector.h"

namespace parley {

struct ShardCheck {
  Findings findings = {};
  std::vector<Hash128> ids = {};  ///< The hash of each row's conversation_id.
  Statistics counted = {};        ///< What can be counted again from the columns.
};

/// Reads `folder`/data/`shard.name` row group by row group. `detector` is null where redaction was
/// off. Thread-safe.
ShardCheck CheckShard(const std::string& folder, const ShardInfo& shard, Profile profile,
                      const Secrets& secrets, const PiiDetector* detector);

}  // namespace parley
