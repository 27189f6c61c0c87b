// The third pass: re-reads what is kept, makes it releasable, and writes shards and ledger.

#pragma once

#include <string>

#include "curate/checkpoint.h"
#include "curate/recipe.h"
#include "curate/scan.h"
#include "parley/status.h"

namespace parley {

/// Writes the shards of each release to `work/release/data` (of several to
/// `work/release/NAME/data`) and the ledger to `work/ledger`, under names by number, and a
/// checkpoint after each shard; goes on behind the last checkpoint. Changed, naming the place, if a
/// record is not what scan saw.
Result<Checkpoint> Write(const RunSettings& run, const ScanResult& scan,
                         const std::string& decisions_path);

/// Where a release's shard `number` lies until all are known.
std::string WorkShardPath(const std::string& work_folder, const ReleaseEntry& release,
                          int64_t number);
std::string WorkLedgerPath(const std::string& work_folder, int64_t number);
std::string CheckpointPath(const std::string& work_folder);

/// Pairs of a user's message and the assistant's answer to it; system and tool messages aside.
int64_t CountTurns(const RawConversation& conversation);

}  // namespace parley
