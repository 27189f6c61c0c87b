#include "curate/finish.h"

#include <fmt/format.h>

#include "curate/release_facts.h"
#include "curate/write.h"
#include "io/file.h"
#include "release/release_files.h"

namespace parley {
namespace {

Status NameShards(const std::string& release_folder, const std::string& work_folder,
                  const ReleaseEntry& entry, std::vector<ShardInfo>& shards) {
  const auto count = static_cast<int64_t>(shards.size());
  for (int64_t i = 0; i < count; ++i) {
    ShardInfo& shard = shards[static_cast<size_t>(i)];
    shard.name = ShardName(i, count);
    const std::string from = WorkShardPath(work_folder, entry, i);
    const std::string to = fmt::format("{}/data/{}", release_folder, shard.name);
    if (Exists(to)) continue;
    TRY(RenamePath(from, to));
  }
  return {};
}

Status MoveLedger(const RunFolder& folder, const Checkpoint& checkpoint) {
  for (int64_t i = 0; i < checkpoint.ledger_files; ++i) {
    const std::string from = WorkLedgerPath(folder.work(), i);
    const std::string to = fmt::format("{}/part-{:05}.parquet", folder.ledger(), i);
    if (Exists(to)) continue;
    TRY(RenamePath(from, to));
  }
  return {};
}

Result<ReleaseFacts> FactsOfRun(const RunSettings& run, const RunIdentity& identity,
                                const ScanResult& scan, const ReleaseEntry& entry,
                                const ReleaseProgress& progress) {
  ReleaseFacts facts = TRY(FactsOf(run.recipe, entry));
  facts.statistics = progress.statistics;
  facts.shards = progress.shards;
  facts.program_version = identity.version;
  facts.recipe_toml = run.recipe.WithoutFolders().ToToml(false);
  for (const auto& [name, hash] : identity.models) facts.models.push_back({name, hash});
  for (size_t i = 0; i < run.inputs.size(); ++i) {
    const InputFile& input = run.inputs[i];
    facts.inputs.push_back({.name = TRY(run.stages.redactor().RedactLabel(input.name)),
                            .format = input.format,
                            .size_bytes = input.size_bytes,
                            .sha256 = scan.input_hashes[i]});
  }
  return facts;
}

}  // namespace

Status Finish(const RunFolder& folder, const RunSettings& run, const RunIdentity& identity,
              const ScanResult& scan, Checkpoint checkpoint) {
  const std::string made = folder.work() + "/release";
  if (!Exists(made)) {
    if (Exists(folder.release())) return {};  // Killed behind the rename: all is in its place.
    return Fail(
        Code::kConflict,
        "the release was taken away before the run had ended; remove the folder and start again",
        {.file = folder.release()});
  }
  for (size_t i = 0; i < run.releases.size(); ++i) {
    const ReleaseEntry& entry = run.releases[i];
    ReleaseProgress& progress = checkpoint.releases[i];
    const std::string release_folder = made + entry.subfolder();
    TRY(NameShards(release_folder, folder.work(), entry, progress.shards));
    const ReleaseFacts facts = TRY(FactsOfRun(run, identity, scan, entry, progress));
    TRY(WriteReleaseFiles(release_folder, facts));
  }
  TRY(ListReleases(folder, made));
  TRY(MoveLedger(folder, checkpoint));
  return RenamePath(made, folder.release());
}

}  // namespace parley
