#include "release/croissant.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "release/column_notes.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr std::string_view kFileSet = "parquet-files";
constexpr std::string_view kRecordSet = "default";

struct Term {
  std::string_view name;
  std::string_view iri;
};

// The standard context; mlcroissant warns if one is missing.
constexpr std::array<Term, 32> kContext = {{{"@language", "en"},
                                            {"@vocab", "https://schema.org/"},
                                            {"arrayShape", "cr:arrayShape"},
                                            {"citeAs", "cr:citeAs"},
                                            {"column", "cr:column"},
                                            {"conformsTo", "dct:conformsTo"},
                                            {"containedIn", "cr:containedIn"},
                                            {"cr", "http://mlcommons.org/croissant/"},
                                            {"dct", "http://purl.org/dc/terms/"},
                                            {"equivalentProperty", "cr:equivalentProperty"},
                                            {"extract", "cr:extract"},
                                            {"field", "cr:field"},
                                            {"fileObject", "cr:fileObject"},
                                            {"fileProperty", "cr:fileProperty"},
                                            {"fileSet", "cr:fileSet"},
                                            {"format", "cr:format"},
                                            {"includes", "cr:includes"},
                                            {"isArray", "cr:isArray"},
                                            {"isLiveDataset", "cr:isLiveDataset"},
                                            {"jsonPath", "cr:jsonPath"},
                                            {"key", "cr:key"},
                                            {"md5", "cr:md5"},
                                            {"parentField", "cr:parentField"},
                                            {"path", "cr:path"},
                                            {"rai", "http://mlcommons.org/croissant/RAI/"},
                                            {"recordSet", "cr:recordSet"},
                                            {"references", "cr:references"},
                                            {"regex", "cr:regex"},
                                            {"repeated", "cr:repeated"},
                                            {"replace", "cr:replace"},
                                            {"samplingRate", "cr:samplingRate"},
                                            {"sc", "https://schema.org/"}}};

void WriteContext(JsonWriter& json) {
  json.Key("@context").BeginObject();
  for (const auto& [name, iri] : kContext) json.Key(name).String(iri);
  for (const std::string_view name : {"separator", "source", "subField", "transform"}) {
    json.Key(name).String("cr:" + std::string(name));
  }
  json.Key("data").BeginObject().Key("@id").String("cr:data").Key("@type").String("@json").End();
  json.Key("examples").BeginObject().Key("@id").String("cr:examples");
  json.Key("@type").String("@json").End();
  json.Key("dataType").BeginObject().Key("@id").String("cr:dataType");
  json.Key("@type").String("@vocab").End();
  for (const std::string_view name : {"description", "name"}) {
    json.Key(name).BeginObject().Key("@container").String("@language").End();
  }
  json.End();
}

std::string_view DataTypeOf(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kInt64:
      return "cr:Int64";
    case ColumnKind::kDouble:
      return "cr:Float64";
    case ColumnKind::kBool:
      return "sc:Boolean";
    default:
      return "sc:Text";
  }
}

// A JSONPath step; names with a slash or a hyphen have to be quoted.
std::string JsonPathOf(const std::string& name) {
  const bool plain = std::ranges::all_of(
      name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
  return plain ? name : "\"" + name + "\"";
}

// Ids take a slash for a step down, so names may hold none.
std::string IdOf(std::string_view parent, std::string name) {
  std::ranges::replace(name, '/', '.');
  return fmt::format("{}/{}", parent, name);
}

class FieldWriter {
 public:
  explicit FieldWriter(JsonWriter& json) : json_(json) {}

  void Write(const Column& column) {
    column_ = column.name;
    json_.BeginObject();
    WriteHead(column, IdOf(kRecordSet, column.name));
    json_.Key("description").String(ColumnNote(column.name, Tongue::kEnglish));
    WriteBody(column, IdOf(kRecordSet, column.name));
    json_.End();
  }

 private:
  void WriteHead(const Column& column, const std::string& id) {
    json_.Key("@type").String("cr:Field").Key("@id").String(id).Key("name").String(column.name);
  }

  void WriteBody(const Column& column, const std::string& id) {
    if (column.kind == ColumnKind::kList) {
      json_.Key("isArray").Bool(true).Key("arrayShape").String("-1");
      WriteSubFields(column.children.at(0).children, id);
    } else if (column.kind == ColumnKind::kStruct) {
      WriteSubFields(column.children, id);
    } else {
      json_.Key("dataType").String(DataTypeOf(column.kind));
      WriteSource();
    }
  }

  void WriteSubFields(const std::vector<Column>& columns, const std::string& parent) {
    json_.Key("subField").BeginArray();
    for (const Column& column : columns) {
      path_.push_back(JsonPathOf(column.name));
      json_.BeginObject();
      WriteHead(column, IdOf(parent, column.name));
      WriteBody(column, IdOf(parent, column.name));
      json_.End();
      path_.pop_back();
    }
    json_.End();
  }

  void WriteStep(const std::string& step) {
    json_.BeginObject().Key("jsonPath").String(step).End();
  }

  void WriteSource() {
    json_.Key("source").BeginObject();
    json_.Key("fileSet").BeginObject().Key("@id").String(kFileSet).End();
    json_.Key("extract").BeginObject().Key("column").String(column_).End();
    if (path_.size() == 1) {
      json_.Key("transform");
      WriteStep(path_.front());
    } else if (!path_.empty()) {
      json_.Key("transform").BeginArray();
      for (const std::string& step : path_) WriteStep(step);
      json_.End();
    }
    json_.End();
  }

  JsonWriter& json_;
  std::string column_;
  std::vector<std::string> path_;
};

void WriteDistribution(const ReleaseFacts& facts, JsonWriter& json) {
  json.Key("distribution").BeginArray();
  for (const ShardInfo& shard : facts.shards) {
    json.BeginObject().Key("@type").String("cr:FileObject").Key("@id").String(shard.name);
    json.Key("name").String(shard.name).Key("contentUrl").String("data/" + shard.name);
    json.Key("contentSize").String(fmt::format("{} B", shard.size_bytes));
    json.Key("encodingFormat").String("application/x-parquet");
    json.Key("sha256").String(shard.sha256).End();
  }
  json.BeginObject().Key("@type").String("cr:FileSet").Key("@id").String(kFileSet);
  // Without `containedIn`: mlcroissant 1.1.0 validates a file set contained in several files but
  // cannot read records from it; without, it reads the files beside croissant.json.
  json.Key("name").String(kFileSet);
  json.Key("encodingFormat").String("application/x-parquet");
  json.Key("includes").String("data/train-*.parquet").End().End();
}

std::string PersonalInformation(const ReleaseFacts& facts) {
  if (!facts.redaction_enabled) {
    return "Nothing was redacted: personal data stands in the texts as people typed it.";
  }
  return fmt::format(
      "Replaced by tags: {}. Not looked for: names of persons, postal addresses, dates of birth, "
      "account names, identity and bank numbers, passwords and keys; expect them in the texts.",
      fmt::join(facts.redaction_types, ", "));
}

void WriteResponsibility(const ReleaseFacts& facts, JsonWriter& json) {
  const std::string rules = [&] {
    std::string names;
    for (const StageUsed& stage : facts.stages) names += (names.empty() ? "" : ", ") + stage.name;
    return names.empty() ? std::string("none") : names;
  }();
  const auto say = [&](const char* key, std::string_view value) { json.Key(key).String(value); };
  say("rai:dataCollection", facts.card.description.empty()
                                ? "Logs of a service; the maintainers have not said which."
                                : facts.card.description);
  say("rai:dataCollectionType", "Existing datasets; logs of conversations with language models");
  if (const auto& days = facts.statistics.days; !days.empty() && !days.rbegin()->first.empty()) {
    // The first key is as mlcroissant reads it, the second as the specification spells it.
    for (const char* key : {"rai:dataCollectionTimeFrame", "rai:dataCollectionTimeframe"}) {
      json.Key(key).BeginArray().String(days.upper_bound(std::string_view())->first);
      json.String(days.rbegin()->first).End();
    }
  }
  say("rai:personalSensitiveInformation", PersonalInformation(facts));
  say("rai:dataPreprocessingProtocol", "Rules, in order: " + rules);
  for (const char* key : {"rai:dataManipulationProtocol", "rai:dataDataManipulationProtocol"}) {
    say(key, facts.redaction_enabled ? "Values found by patterns were replaced by numbered tags."
                                     : "Texts were not changed but for their Unicode form.");
  }
  say("rai:dataLimitations",
      "People who chose to use one service at one time; texts may be offensive or false.");
  say("rai:dataUseCases",
      "Studying how people use language models; building moderation; evaluation; training.");
  say("rai:dataReleaseMaintenancePlan",
      facts.card.contact.empty()
          ? "The maintainers have named no contact for withdrawals."
          : "Conversations are withdrawn on request to " + facts.card.contact + ".");
}

}  // namespace

std::string CroissantJson(const ReleaseFacts& facts) {
  const CardInfo& card = facts.card;
  JsonWriter json(2);
  json.BeginObject();
  WriteContext(json);
  json.Key("@type").String("sc:Dataset");
  json.Key("conformsTo").BeginArray().String("http://mlcommons.org/croissant/1.1");
  json.String("http://mlcommons.org/croissant/RAI/1.0").End();
  json.Key("name").String(NameOf(facts));
  json.Key("description")
      .String(card.description.empty() ? "Conversations of people with language models."
                                       : card.description);
  const auto say = [&](const char* key, const std::string& value) {
    if (!value.empty()) json.Key(key).String(value);
  };
  say("license", card.licence);
  say("url", card.url);
  say("version", card.version);
  say("datePublished", DateOf(facts));
  say("citeAs", card.citation);
  if (!card.creator.empty()) {
    json.Key("creator").BeginObject().Key("@type").String("sc:Organization");
    json.Key("name").String(card.creator).End();
  }
  WriteResponsibility(facts, json);
  WriteDistribution(facts, json);
  json.Key("recordSet").BeginArray().BeginObject().Key("@type").String("cr:RecordSet");
  json.Key("@id").String(kRecordSet).Key("name").String(kRecordSet);
  json.Key("key").BeginObject().Key("@id").String("default/conversation_id").End();
  json.Key("field").BeginArray();
  FieldWriter fields(json);
  for (const Column& column : SchemaOf(facts.profile)) fields.Write(column);
  json.End().End().End().End();
  return json.text() + "\n";
}

}  // namespace parley
