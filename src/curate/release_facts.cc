#include "curate/release_facts.h"

#include <algorithm>
#include <map>

#include "io/data_files.h"
#include "io/digest.h"
#include "io/file.h"
#include "release/manifest.h"
#include "release/places.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr std::string_view kNameFigures = "encoder/figures.tsv";

std::string TextAt(JsonElement from, std::string_view pointer) {
  std::string_view text;
  return from.at_pointer(pointer).get(text) == simdjson::SUCCESS ? std::string(text) : "";
}

void ReadOrigins(JsonElement root, ReleaseFacts& facts) {
  facts.program_version = TextAt(root, "/program/version");
  JsonArray list;
  if (root["models"].get(list) == simdjson::SUCCESS) {
    for (const JsonElement model : list) {
      facts.models.push_back({TextAt(model, "/name"), TextAt(model, "/sha256")});
    }
  }
  if (root["inputs"].get(list) == simdjson::SUCCESS) {
    for (const JsonElement input : list) {
      int64_t size_bytes = 0;
      if (input["size_bytes"].get(size_bytes) != simdjson::SUCCESS) size_bytes = 0;
      facts.inputs.push_back({.name = TextAt(input, "/name"),
                              .format = TextAt(input, "/format"),
                              .size_bytes = size_bytes,
                              .sha256 = TextAt(input, "/sha256")});
    }
  }
}

// A manifest says a shard's size and hash where it lists the files.
void TakeShards(const Manifest& manifest, ReleaseFacts& facts) {
  std::map<std::string, const ReleaseFile*> files;
  for (const ReleaseFile& file : manifest.files) files[file.path] = &file;
  facts.shards = manifest.shards;
  for (ShardInfo& shard : facts.shards) {
    const auto file = files.find("data/" + shard.name);
    if (file == files.end()) continue;
    shard.size_bytes = file->second->size_bytes;
    shard.sha256 = file->second->sha256;
  }
}

// The card shows what the model of names was measured to find: of this model, not of a later one.
Status CheckFigures(const ReleaseFacts& facts) {
  if (!facts.names_redacted) return {};
  const auto used = std::ranges::find(facts.models, kNameFigures, &ModelUsed::name);
  const std::string file = TRY(FindDataFile(kNameFigures));
  const std::string hash = TRY(Sha256OfFile(file));
  if (used == facts.models.end() || used->sha256 == hash) return {};
  return Fail(Code::kConflict,
              "the release was made with another model of names than this program has; use the "
              "program that made it");
}

}  // namespace

Result<ReleaseFacts> FactsOf(const Recipe& recipe, const ReleaseEntry& entry) {
  ReleaseFacts facts{.card = entry.card,
                     .profile = ProfileNamed(entry.options.profile).value(),
                     .release_name = entry.name,
                     .release_names = recipe.release_names(),
                     .selection = entry.selection,
                     .redaction_enabled = recipe.Enabled("redact")};
  if (facts.redaction_enabled) {
    const Settings& redact = recipe.Section("redact");
    facts.redaction_types = std::get<std::vector<std::string>>(redact.find("types")->second);
    facts.phone_regions = std::get<std::vector<std::string>>(redact.find("phone_regions")->second);
  }
  if (facts.redaction_enabled && recipe.Enabled("names")) {
    const Settings& names = recipe.Section("names");
    facts.names_redacted = true;
    facts.private_names_only = std::get<std::string>(names.find("redact")->second) == "private";
    const std::string file = TRY(FindDataFile(kNameFigures));
    const std::string table = TRY(ReadWholeFile(file));
    facts.name_figures = TRY(ParseNameFigures(table, file));
    facts.name_languages = std::get<std::vector<std::string>>(names.find("languages")->second);
  }
  for (const StageInfo* stage : recipe.StagesInOrder()) {
    if (recipe.Enabled(stage->name)) facts.stages.push_back({stage->name, stage->summary});
  }
  return facts;
}

Result<ReleaseFacts> FactsFromManifest(std::string_view text) {
  const Manifest manifest = TRY(ReadManifest(text));
  JsonParser parser;
  const JsonElement root = TRY(parser.Parse(text));
  const std::string recipe_toml = TextAt(root, "/recipe/toml");
  Recipe recipe;
  TRY(recipe.ReadText(recipe_toml, "the manifest's recipe"));
  const std::vector<ReleaseEntry> releases = recipe.releases();
  const auto entry = std::ranges::find(releases, manifest.release_name, &ReleaseEntry::name);
  if (entry == releases.end()) return Invalid("the manifest's recipe does not make its release");
  ReleaseFacts facts = TRY(FactsOf(recipe, *entry));
  facts.recipe_toml = recipe_toml;
  facts.profile = manifest.profile;
  facts.statistics = manifest.statistics;
  facts.redaction_enabled = manifest.redaction_enabled;
  facts.redaction_types = manifest.redaction_types;
  facts.phone_regions = manifest.phone_regions;
  ReadOrigins(root, facts);
  TakeShards(manifest, facts);
  TRY(CheckFigures(facts));
  return facts;
}

Status ListReleases(const RunFolder& folder, const std::string& release_folder) {
  JsonWriter json(1);
  json.BeginObject().Key("form").Int(1).Key("releases").BeginArray();
  for (const ReleasePlaces& places : TRY(FindReleases(release_folder))) {
    const std::string text = TRY(ReadWholeFile(places.release + "/manifest.json"));
    JsonParser parser;
    const JsonElement root = TRY(parser.Parse(text));
    const std::string subfolder = places.entry.empty() ? "" : "/" + places.entry;
    json.BeginObject().Key("folder").String("release" + subfolder);
    json.Key("name").String(TextAt(root, "/name")).Key("version").String(TextAt(root, "/version"));
    json.Key("manifest_sha256").String(Sha256Hex(text)).End();
  }
  json.End().End();
  return WriteWholeFile(folder.releases_file(), json.text() + "\n");
}

}  // namespace parley
