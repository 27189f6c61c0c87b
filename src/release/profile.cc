#include "release/profile.h"

#include <array>

#include "parley/conversation.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr std::array kProfiles = {Profile::kLmsysChat1m, Profile::kExtended};

Column Text(std::string name) { return {.name = std::move(name), .indexed = false}; }
Column Word(std::string name) { return {.name = std::move(name), .repeats = true}; }
Column Id(std::string name) { return {.name = std::move(name)}; }
Column Int(std::string name) { return {.name = std::move(name), .kind = ColumnKind::kInt64}; }
Column Double(std::string name) { return {.name = std::move(name), .kind = ColumnKind::kDouble}; }
Column Bool(std::string name) { return {.name = std::move(name), .kind = ColumnKind::kBool}; }

Column Struct(std::string name, std::vector<Column> fields) {
  return {.name = std::move(name), .kind = ColumnKind::kStruct, .children = std::move(fields)};
}

Column ListOf(std::string name, std::vector<Column> fields) {
  return {.name = std::move(name),
          .kind = ColumnKind::kList,
          .children = {Struct("element", std::move(fields))}};
}

Column ModerationColumn() {
  std::vector<Column> flags;
  std::vector<Column> scores;
  for (const std::string_view category : kModerationCategories) {
    flags.push_back(Bool(std::string(category)));
    scores.push_back(Double(std::string(category)));
  }
  return ListOf("openai_moderation",
                {Struct("categories", std::move(flags)),
                 Struct("category_scores", std::move(scores)), Bool("flagged")});
}

TableSchema LmsysSchema() {
  return {Id("conversation_id"),
          Word("model"),
          ListOf("conversation", {Text("content"), Word("role")}),
          Int("turn"),
          Word("language"),
          ModerationColumn(),
          Bool("redacted")};
}

// Everything per message is a list as long as `conversation`, but for `redactions`, which names the
// message: most messages have none.
TableSchema ExtendedSchema() {
  TableSchema schema = LmsysSchema();
  schema.push_back(Word("day"));
  schema.push_back(Id("user"));
  schema.push_back(Word("consent"));
  schema.push_back(ListOf("message_languages", {Word("code"), Double("confidence")}));
  schema.push_back(ListOf("message_tokens", {Int("llama2"), Int("cl100k")}));
  schema.push_back(ListOf("redactions", {Int("message"), Word("type"), Int("count")}));
  schema.push_back(Int("duplicate_group"));
  schema.push_back(Int("duplicate_group_size"));
  schema.push_back(Bool("names_judged"));
  schema.push_back(
      ListOf("moderation_notes", {Word("by"), Word("version"), Int("begin"), Int("end"),
                                  Bool("screened"), Word("reason"), Text("other")}));
  return schema;
}

std::string_view DtypeOf(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kInt64:
      return "int64";
    case ColumnKind::kDouble:
      return "float64";
    case ColumnKind::kBool:
      return "bool";
    default:
      return "string";
  }
}

void WriteFeature(const Column& column, JsonWriter& json) {
  if (column.kind == ColumnKind::kList) {
    json.BeginArray();
    WriteFeature(column.children.at(0), json);
  } else if (column.kind == ColumnKind::kStruct) {
    json.BeginObject();
    for (const Column& child : column.children) {
      json.Key(child.name);
      WriteFeature(child, json);
    }
  } else {
    json.BeginObject().Key("dtype").String(DtypeOf(column.kind)).Key("_type").String("Value");
  }
  json.End();
}

// Appends what follows "- name: x" or stands for a list's element.
void AppendYamlType(const Column& column, int indent, std::string& yaml) {
  const std::string margin(static_cast<size_t>(indent), ' ');
  const auto append_fields = [&](const std::vector<Column>& fields) {
    for (const Column& field : fields) {
      yaml += margin + "- name: " + field.name + "\n";
      AppendYamlType(field, indent + 2, yaml);
    }
  };
  if (column.kind == ColumnKind::kList) {
    const Column& element = column.children.at(0);
    if (element.kind != ColumnKind::kStruct) {
      yaml += margin + "list: " + std::string(DtypeOf(element.kind)) + "\n";
      return;
    }
    yaml += margin + "list:\n";
    append_fields(element.children);
  } else if (column.kind == ColumnKind::kStruct) {
    yaml += margin + "struct:\n";
    append_fields(column.children);
  } else {
    yaml += margin + "dtype: " + std::string(DtypeOf(column.kind)) + "\n";
  }
}

}  // namespace

std::string_view NameOf(Profile profile) {
  return profile == Profile::kExtended ? "extended" : "lmsys-chat-1m";
}

Result<Profile> ProfileNamed(std::string_view name) {
  for (const Profile profile : kProfiles) {
    if (NameOf(profile) == name) return profile;
  }
  return Invalid("there is no profile \"" + std::string(name) +
                 "\"; there are lmsys-chat-1m and extended");
}

const TableSchema& SchemaOf(Profile profile) {
  static const TableSchema lmsys = LmsysSchema();
  static const TableSchema extended = ExtendedSchema();
  return profile == Profile::kExtended ? extended : lmsys;
}

std::string HuggingFaceMetadata(const TableSchema& schema) {
  JsonWriter json;
  json.BeginObject().Key("info").BeginObject().Key("features").BeginObject();
  for (const Column& column : schema) {
    json.Key(column.name);
    WriteFeature(column, json);
  }
  json.End().End().End();
  return json.text();
}

std::string FeaturesYaml(const TableSchema& schema, int indent) {
  const std::string margin(static_cast<size_t>(indent), ' ');
  std::string yaml;
  for (const Column& column : schema) {
    yaml += margin + "- name: " + column.name + "\n";
    AppendYamlType(column, indent + 2, yaml);
  }
  return yaml;
}

}  // namespace parley
