#include "curate/run_record.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>

#include "io/data_files.h"
#include "io/digest.h"
#include "io/file.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr int64_t kForm = 1;

void PutCounts(JsonWriter& json, std::string_view key,
               const std::map<std::string, int64_t>& counts) {
  json.Key(key).BeginObject();
  for (const auto& [name, count] : counts) json.Key(name).Int(count);
  json.End();
}

std::map<std::string, int64_t> CountsAt(JsonObject object, std::string_view key) {
  std::map<std::string, int64_t> counts;
  JsonObject held;
  if (object[key].get(held) != simdjson::SUCCESS) return counts;
  for (const auto [name, value] : held) {
    int64_t count = 0;
    if (value.get(count) == simdjson::SUCCESS) counts.emplace(name, count);
  }
  return counts;
}

int64_t IntAt(JsonObject object, std::string_view key) {
  int64_t value = 0;
  return object[key].get(value) == simdjson::SUCCESS ? value : 0;
}

bool BoolAt(JsonObject object, std::string_view key) {
  bool value = false;
  return object[key].get(value) == simdjson::SUCCESS && value;
}

void PutReleases(const std::vector<ReleaseSummary>& releases, JsonWriter& json) {
  json.Key("releases").BeginArray();
  for (const ReleaseSummary& release : releases) {
    json.BeginObject().Key("name").String(release.name).Key("folder").String(release.folder);
    json.Key("kept").Int(release.kept).Key("shards").Int(release.shards);
    json.Key("size_bytes").Int(release.size_bytes).End();
  }
  json.End();
}

ReleaseSummary ReleaseFrom(JsonObject object) {
  return {.name = std::string(StringAt(object, "name")),
          .folder = std::string(StringAt(object, "folder")),
          .kept = IntAt(object, "kept"),
          .shards = IntAt(object, "shards"),
          .size_bytes = IntAt(object, "size_bytes")};
}

}  // namespace

std::string RunIdentity::Hash() const {
  JsonWriter json;
  json.BeginObject().Key("form").Int(kForm).Key("version").String(version);
  json.Key("recipe").String(recipe).Key("key").String(key_hash);
  for (const auto& [name, hash] : models) json.Key(name).String(hash);
  for (const auto& [name, hash] : files) json.Key(name).String(hash);
  for (const InputFile& input : inputs) {
    json.Key(input.name).BeginArray().Int(input.size_bytes).Int(input.modified_nanos).End();
  }
  json.End();
  return Sha256Hex(json.text());
}

Status SaveRunRecord(const std::string& path, const RunRecord& record) {
  JsonWriter json(1);
  json.BeginObject().Key("form").Int(kForm).Key("identity").String(record.identity);
  json.Key("finished").Bool(record.finished).Key("summary").String(record.summary).End();
  return WriteWholeFile(path, json.text() + "\n");
}

Result<RunRecord> LoadRunRecord(const std::string& path) {
  const std::string text = TRY(ReadWholeFile(path));
  JsonParser parser;
  const auto root = parser.Parse(text);
  JsonObject object;
  if (!root || root->get(object) != simdjson::SUCCESS || IntAt(object, "form") != kForm) {
    return Invalid("is of another form; give another --out", {.file = path});
  }
  return RunRecord{.identity = std::string(StringAt(object, "identity")),
                   .finished = BoolAt(object, "finished"),
                   .summary = std::string(StringAt(object, "summary"))};
}

Result<std::map<std::string, std::string>> HashDataFiles() {
  std::map<std::string, std::string> hashes;
  const auto folder = FindDataFile("");
  if (!folder) return hashes;
  namespace fs = std::filesystem;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(*folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!entry->is_regular_file()) continue;
    const std::string name = fs::relative(entry->path(), *folder).string();
    hashes[name] = TRY(Sha256OfFile(entry->path().string()));
  }
  return hashes;
}

Result<std::map<std::string, std::string>> HashRecipeFiles(const Recipe& recipe) {
  std::map<std::string, std::string> hashes;
  for (const auto& [key, path] : recipe.Files()) hashes[key] = TRY(Sha256OfFile(path));
  return hashes;
}

std::string SummaryToJson(const CurateSummary& summary) {
  JsonWriter json(1);
  json.BeginObject();
  json.Key("already_done").Bool(summary.already_done).Key("dry_run").Bool(summary.dry_run);
  json.Key("over_limit").Bool(summary.over_limit);
  json.Key("limit_message").String(summary.limit_message);
  json.Key("input_files").Int(summary.input_files).Key("input_bytes").Int(summary.input_bytes);
  json.Key("ledger_rows").Int(summary.ledger_rows).Key("kept").Int(summary.kept);
  json.Key("shards").Int(summary.shards).Key("release_bytes").Int(summary.release_bytes);
  PutCounts(json, "outcomes", summary.outcomes);
  PutCounts(json, "reasons", summary.reasons);
  PutCounts(json, "models", summary.models);
  PutCounts(json, "languages", summary.languages);
  PutCounts(json, "redactions", summary.redactions);
  json.Key("missing_card_fields").BeginArray();
  for (const std::string& field : summary.missing_card_fields) json.String(field);
  json.End().Key("release_folder").String(summary.release_folder);
  if (!summary.releases.empty()) PutReleases(summary.releases, json);
  json.End();
  return json.text();
}

Result<CurateSummary> SummaryFromJson(std::string_view text) {
  JsonParser parser;
  const JsonElement root = TRY(parser.Parse(text));
  JsonObject object;
  if (root.get(object) != simdjson::SUCCESS) return Invalid("the summary is no JSON object");
  CurateSummary summary;
  summary.over_limit = BoolAt(object, "over_limit");
  summary.limit_message = StringAt(object, "limit_message");
  summary.input_files = IntAt(object, "input_files");
  summary.input_bytes = IntAt(object, "input_bytes");
  summary.ledger_rows = IntAt(object, "ledger_rows");
  summary.kept = IntAt(object, "kept");
  summary.shards = IntAt(object, "shards");
  summary.release_bytes = IntAt(object, "release_bytes");
  summary.outcomes = CountsAt(object, "outcomes");
  summary.reasons = CountsAt(object, "reasons");
  summary.models = CountsAt(object, "models");
  summary.languages = CountsAt(object, "languages");
  summary.redactions = CountsAt(object, "redactions");
  JsonArray missing;
  if (object["missing_card_fields"].get(missing) == simdjson::SUCCESS) {
    for (const JsonElement field : missing) {
      std::string_view name;
      if (field.get(name) == simdjson::SUCCESS) summary.missing_card_fields.emplace_back(name);
    }
  }
  summary.release_folder = StringAt(object, "release_folder");
  JsonArray releases;
  if (object["releases"].get(releases) == simdjson::SUCCESS) {
    for (const JsonElement release : releases) {
      JsonObject held;
      if (release.get(held) == simdjson::SUCCESS) summary.releases.push_back(ReleaseFrom(held));
    }
  }
  return summary;
}

}  // namespace parley
