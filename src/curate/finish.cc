#include "curate/finish.h"

#include <fmt/format.h>

#include "curate/write.h"
#include "io/file.h"

namespace parley {
namespace {

Status NameShards(const std::string& data_folder, const std::string& work_folder,
                  Checkpoint& checkpoint) {
  const auto count = static_cast<int64_t>(checkpoint.shards.size());
  for (int64_t i = 0; i < count; ++i) {
    ShardInfo& shard = checkpoint.shards[static_cast<size_t>(i)];
    shard.name = ShardName(i, count);
    const std::string from = WorkShardPath(work_folder, i);
    if (Exists(from)) TRY(RenamePath(from, data_folder + "/" + shard.name));
  }
  return {};
}

Status MoveLedger(const RunFolder& folder, const Checkpoint& checkpoint) {
  for (int64_t i = 0; i < checkpoint.ledger_files; ++i) {
    const std::string from = WorkLedgerPath(folder.work(), i);
    if (!Exists(from)) continue;
    TRY(RenamePath(from, fmt::format("{}/part-{:05}.parquet", folder.ledger(), i)));
  }
  return {};
}

}  // namespace

Status Finish(const RunFolder& folder, Checkpoint checkpoint) {
  const std::string made = folder.work() + "/release";
  if (Exists(made)) {
    TRY(NameShards(made + "/data", folder.work(), checkpoint));
    TRY(MoveLedger(folder, checkpoint));
    TRY(RenamePath(made, folder.release()));
  }
  return {};
}

}  // namespace parley
