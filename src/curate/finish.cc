#include "curate/finish.h"

#include <fmt/format.h>

#include "curate/release_facts.h"
#include "curate/write.h"
#include "io/digest.h"
#include "io/file.h"
#include "release/release_files.h"

namespace parley {
namespace {

Status NameShards(const std::string& data_folder, const std::string& work_folder,
                  Checkpoint& checkpoint) {
  const auto count = static_cast<int64_t>(checkpoint.shards.size());
  for (int64_t i = 0; i < count; ++i) {
    ShardInfo& shard = checkpoint.shards[static_cast<size_t>(i)];
    shard.name = ShardName(i, count);
    const std::string from = WorkShardPath(work_folder, i);
    const std::string to = data_folder + "/" + shard.name;
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
                                const ScanResult& scan, const Checkpoint& checkpoint) {
  ReleaseFacts facts = TRY(FactsOf(run.recipe));
  facts.statistics = checkpoint.statistics;
  facts.shards = checkpoint.shards;
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
  TRY(NameShards(made + "/data", folder.work(), checkpoint));
  const ReleaseFacts facts = TRY(FactsOfRun(run, identity, scan, checkpoint));
  TRY(WriteReleaseFiles(made, facts));
  const std::string manifest = TRY(Sha256OfFile(made + "/manifest.json"));
  TRY(ListRelease(folder, facts.card, manifest));
  TRY(MoveLedger(folder, checkpoint));
  return RenamePath(made, folder.release());
}

}  // namespace parley
