#include "curate/finish.h"

#include <fmt/format.h>

#include "curate/write.h"
#include "io/data_files.h"
#include "io/digest.h"
#include "io/file.h"
#include "release/release_files.h"
#include "text/json.h"

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

Result<ReleaseFacts> FactsOf(const RunSettings& run, const RunIdentity& identity,
                             const ScanResult& scan, const Checkpoint& checkpoint) {
  const Recipe& recipe = run.recipe;
  ReleaseFacts facts{.card = recipe.card(),
                     .profile = ProfileNamed(recipe.release().profile).value(),
                     .statistics = checkpoint.statistics,
                     .shards = checkpoint.shards,
                     .redaction_enabled = run.stages.redactor().enabled(),
                     .program_version = identity.version,
                     .recipe_toml = recipe.WithoutFolders().ToToml(false)};
  if (facts.redaction_enabled) {
    const Settings& redact = recipe.Section("redact");
    facts.redaction_types = std::get<std::vector<std::string>>(redact.find("types")->second);
    facts.phone_regions = std::get<std::vector<std::string>>(redact.find("phone_regions")->second);
  }
  if (run.stages.redactor().looks_for_names()) {
    const Settings& names = recipe.Section("names");
    facts.names_redacted = true;
    facts.private_names_only = std::get<std::string>(names.find("redact")->second) == "private";
    const std::string file = TRY(FindDataFile("encoder/figures.tsv"));
    const std::string table = TRY(ReadWholeFile(file));
    facts.name_figures = TRY(ParseNameFigures(table, file));
    facts.name_languages = std::get<std::vector<std::string>>(names.find("languages")->second);
  }
  for (const auto& [name, hash] : identity.models) facts.models.push_back({name, hash});
  for (size_t i = 0; i < run.inputs.size(); ++i) {
    const InputFile& input = run.inputs[i];
    facts.inputs.push_back({.name = TRY(run.stages.redactor().RedactLabel(input.name)),
                            .format = input.format,
                            .size_bytes = input.size_bytes,
                            .sha256 = scan.input_hashes[i]});
  }
  for (const StageInfo* stage : recipe.StagesInOrder()) {
    if (recipe.Enabled(stage->name)) facts.stages.push_back({stage->name, stage->summary});
  }
  return facts;
}

// The releases made in this folder: what an erasure goes through.
Status ListRelease(const RunFolder& folder, const CardInfo& card, const std::string& manifest) {
  JsonWriter json(1);
  json.BeginObject().Key("form").Int(1).Key("releases").BeginArray();
  json.BeginObject().Key("folder").String("release").Key("name").String(card.name);
  json.Key("version").String(card.version).Key("manifest_sha256").String(manifest).End();
  json.End().End();
  return WriteWholeFile(folder.releases_file(), json.text() + "\n");
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
  const ReleaseFacts facts = TRY(FactsOf(run, identity, scan, checkpoint));
  TRY(WriteReleaseFiles(made, facts));
  const std::string manifest = TRY(Sha256OfFile(made + "/manifest.json"));
  TRY(ListRelease(folder, facts.card, manifest));
  TRY(MoveLedger(folder, checkpoint));
  return RenamePath(made, folder.release());
}

}  // namespace parley
