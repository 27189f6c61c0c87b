#include "release/manifest.h"

#include <fmt/format.h>

#include "io/digest.h"
#include "release/audit/estimate.h"
#include "text/json.h"

namespace parley {
namespace {

void WriteStrings(const std::vector<std::string>& texts, JsonWriter& json) {
  json.BeginArray();
  for (const std::string& text : texts) json.String(text);
  json.End();
}

void WriteOrigins(const ReleaseFacts& facts, JsonWriter& json) {
  json.Key("recipe").BeginObject();
  json.Key("sha256").String(Sha256Hex(facts.recipe_toml));
  json.Key("toml").String(facts.recipe_toml).End();
  json.Key("models").BeginArray();
  for (const ModelUsed& model : facts.models) {
    json.BeginObject().Key("name").String(model.name).Key("sha256").String(model.sha256).End();
  }
  json.End().Key("inputs").BeginArray();
  for (const SourceInput& input : facts.inputs) {
    json.BeginObject().Key("name").String(input.name).Key("format").String(input.format);
    json.Key("size_bytes").Int(input.size_bytes).Key("sha256").String(input.sha256).End();
  }
  json.End().Key("stages").BeginArray();
  for (const StageUsed& stage : facts.stages) json.String(stage.name);
  json.End();
}

void WriteContents(const ReleaseFacts& facts, const std::vector<ReleaseFile>& files,
                   JsonWriter& json) {
  json.Key("shards").BeginArray();
  for (const ShardInfo& shard : facts.shards) {
    json.BeginObject().Key("name").String(shard.name).Key("rows").Int(shard.rows);
    json.Key("num_bytes").Int(shard.num_bytes).End();
  }
  json.End().Key("files").BeginArray();
  for (const ReleaseFile& file : files) {
    json.BeginObject().Key("path").String(file.path).Key("size_bytes").Int(file.size_bytes);
    json.Key("sha256").String(file.sha256).End();
  }
  json.End();
}

// Reads what must be there; remembers the first key that is not.
class Fields {
 public:
  explicit Fields(JsonElement root) : root_(root) {}

  template <class Value>
  Value Get(std::string_view pointer) {
    return Get<Value>(root_, pointer);
  }
  template <class Value>
  Value Get(JsonElement from, std::string_view pointer) {
    Value value = {};
    if (from.at_pointer(pointer).get(value) != simdjson::SUCCESS && missing_.empty()) {
      missing_ = pointer;
    }
    return value;
  }
  std::string Text(JsonElement from, std::string_view pointer) {
    return std::string(Get<std::string_view>(from, pointer));
  }

  Status Complete() const {
    if (missing_.empty()) return {};
    return Invalid(fmt::format("a manifest without, or with a wrong, {}", missing_));
  }

 private:
  JsonElement root_;
  std::string missing_;
};

void ReadContents(Fields& fields, Manifest& manifest) {
  const auto shards = fields.Get<JsonArray>("/shards");
  const auto files = fields.Get<JsonArray>("/files");
  if (!fields.Complete()) return;
  for (const JsonElement shard : shards) {
    manifest.shards.push_back({.name = fields.Text(shard, "/name"),
                               .rows = fields.Get<int64_t>(shard, "/rows"),
                               .num_bytes = fields.Get<int64_t>(shard, "/num_bytes")});
  }
  for (const JsonElement file : files) {
    manifest.files.push_back({.path = fields.Text(file, "/path"),
                              .size_bytes = fields.Get<int64_t>(file, "/size_bytes"),
                              .sha256 = fields.Text(file, "/sha256")});
  }
}

}  // namespace

std::string ManifestJson(const ReleaseFacts& facts, const std::vector<ReleaseFile>& files) {
  JsonWriter json(2);
  json.BeginObject().Key("form").Int(kManifestForm);
  json.Key("program").BeginObject().Key("name").String("parley");
  json.Key("version").String(facts.program_version).End();
  json.Key("name").String(facts.card.name).Key("version").String(facts.card.version);
  json.Key("date").String(DateOf(facts)).Key("profile").String(NameOf(facts.profile));
  if (!facts.release_name.empty()) {
    json.Key("release").BeginObject().Key("name").String(facts.release_name).Key("of");
    WriteStrings(facts.release_names, json);
    json.Key("rules");
    WriteStrings(InWords(facts.selection, Tongue::kEnglish), json);
    json.End();
  }
  json.Key("redaction").BeginObject().Key("enabled").Bool(facts.redaction_enabled);
  json.Key("types");
  WriteStrings(facts.redaction_types, json);
  json.Key("phone_regions");
  WriteStrings(facts.phone_regions, json);
  json.End().Key("not_said");
  WriteStrings(MissingFields(facts.card), json);
  WriteOrigins(facts, json);
  json.Key("statistics").Raw(facts.statistics.ToJson());
  if (facts.audit) json.Key("audit").Raw(ToJson(*facts.audit));
  WriteContents(facts, files, json);
  json.End();
  return json.text() + "\n";
}

Result<Manifest> ReadManifest(std::string_view text) {
  JsonParser parser;
  const JsonElement root = TRY(parser.Parse(text));
  Fields fields(root);
  const int64_t form = fields.Get<int64_t>("/form");
  TRY(fields.Complete());
  if (form != kManifestForm) {
    return Invalid(
        fmt::format("a manifest of form {}; this program reads form {}", form, kManifestForm));
  }
  Manifest manifest;
  const std::string profile = fields.Text(root, "/profile");
  manifest.redaction_enabled = fields.Get<bool>("/redaction/enabled");
  manifest.recipe_toml = fields.Text(root, "/recipe/toml");
  const auto types = fields.Get<JsonArray>("/redaction/types");
  const auto regions = fields.Get<JsonArray>("/redaction/phone_regions");
  const auto statistics = fields.Get<JsonElement>("/statistics");
  ReadContents(fields, manifest);
  JsonElement release;
  const bool several = root["release"].get(release) == simdjson::SUCCESS;
  const auto siblings = several ? fields.Get<JsonArray>("/release/of") : JsonArray();
  if (several) manifest.release_name = fields.Text(root, "/release/name");
  TRY(fields.Complete());
  manifest.profile = TRY(ProfileNamed(profile));
  if (several) {
    for (const JsonElement name : siblings) manifest.release_names.push_back(fields.Text(name, ""));
  }
  for (const JsonElement type : types) manifest.redaction_types.push_back(fields.Text(type, ""));
  for (const JsonElement region : regions) {
    manifest.phone_regions.push_back(fields.Text(region, ""));
  }
  manifest.statistics = TRY(Statistics::FromJson(ToJson(statistics)));
  return manifest;
}

}  // namespace parley
