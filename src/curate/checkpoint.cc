#include "curate/checkpoint.h"

#include "io/file.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr int64_t kForm = 2;

std::unexpected<Error> Broken(const std::string& path) {
  return Invalid(
      "is no checkpoint of this program's form; remove the folder `work` and start again",
      {.file = path});
}

ShardInfo ShardFrom(JsonObject object) {
  const auto number = [&](std::string_view key) {
    int64_t value = 0;
    return object[key].get(value) == simdjson::SUCCESS ? value : 0;
  };
  return {.name = std::string(StringAt(object, "name")),
          .rows = number("rows"),
          .size_bytes = number("size_bytes"),
          .num_bytes = number("num_bytes"),
          .sha256 = std::string(StringAt(object, "sha256"))};
}

void WriteRelease(const ReleaseProgress& release, JsonWriter& json) {
  json.BeginObject().Key("shards").BeginArray();
  for (const ShardInfo& shard : release.shards) {
    json.BeginObject().Key("name").String(shard.name).Key("rows").Int(shard.rows);
    json.Key("size_bytes").Int(shard.size_bytes).Key("num_bytes").Int(shard.num_bytes);
    json.Key("sha256").String(shard.sha256).End();
  }
  json.End().Key("statistics").Raw(release.statistics.ToJson()).End();
}

Result<ReleaseProgress> ReleaseFrom(JsonElement element, const std::string& path) {
  JsonArray shards;
  JsonElement statistics;
  if (element["shards"].get(shards) != 0 || element["statistics"].get(statistics) != 0) {
    return Broken(path);
  }
  ReleaseProgress release;
  for (const JsonElement shard : shards) {
    JsonObject fields;
    if (shard.get(fields) != 0) return Broken(path);
    release.shards.push_back(ShardFrom(fields));
  }
  release.statistics = TRY(Statistics::FromJson(ToJson(statistics)));
  return release;
}

}  // namespace

Status SaveCheckpoint(const std::string& path, const Checkpoint& checkpoint) {
  JsonWriter json;
  json.BeginObject().Key("form").Int(kForm);
  json.Key("next_sequence").Int(checkpoint.next_sequence);
  json.Key("complete").Bool(checkpoint.complete);
  json.Key("ledger_files").Int(checkpoint.ledger_files);
  json.Key("releases").BeginArray();
  for (const ReleaseProgress& release : checkpoint.releases) WriteRelease(release, json);
  json.End().Key("whole").Raw(checkpoint.whole.ToJson()).End();
  return WriteWholeFile(path, json.text());
}

Result<std::optional<Checkpoint>> LoadCheckpoint(const std::string& path) {
  if (!Exists(path)) return std::optional<Checkpoint>();
  const std::string text = TRY(ReadWholeFile(path));
  JsonParser parser;
  const auto root = parser.Parse(text);
  JsonObject object;
  int64_t form = 0;
  if (!root || root->get(object) != simdjson::SUCCESS || object["form"].get(form) != 0 ||
      form != kForm) {
    return Broken(path);
  }
  Checkpoint checkpoint;
  JsonArray releases;
  JsonElement whole;
  if (object["next_sequence"].get(checkpoint.next_sequence) != 0 ||
      object["complete"].get(checkpoint.complete) != 0 ||
      object["ledger_files"].get(checkpoint.ledger_files) != 0 ||
      object["releases"].get(releases) != 0 || object["whole"].get(whole) != 0) {
    return Broken(path);
  }
  for (const JsonElement release : releases) {
    checkpoint.releases.push_back(TRY(ReleaseFrom(release, path)));
  }
  checkpoint.whole = TRY(Statistics::FromJson(ToJson(whole)));
  return std::optional(std::move(checkpoint));
}

}  // namespace parley
