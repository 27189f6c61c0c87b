#include "stages/moderation/endpoint_answer.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "text/json.h"

namespace parley {
namespace {

constexpr std::string_view kByEndpoint = "endpoint";

bool IsOurs(std::string_view category) {
  return std::ranges::find(kModerationCategories, category) != kModerationCategories.end();
}

// Anything in `json` that the eleven have no place for, sorted; empty if there is nothing.
std::string OthersIn(JsonObject categories, JsonObject scores) {
  std::map<std::string, bool> flags;
  std::map<std::string, double> others;
  for (const auto [name, value] : categories) {
    bool flag = false;
    if (!IsOurs(name) && value.get(flag) == simdjson::SUCCESS) flags[std::string(name)] = flag;
  }
  for (const auto [name, value] : scores) {
    double score = 0;
    if (!IsOurs(name) && value.get(score) == simdjson::SUCCESS) others[std::string(name)] = score;
  }
  if (flags.empty() && others.empty()) return "";
  JsonWriter json;
  json.BeginObject().Key("categories").BeginObject();
  for (const auto& [name, flag] : flags) json.Key(name).Bool(flag);
  json.End().Key("category_scores").BeginObject();
  for (const auto& [name, score] : others) json.Key(name).Double(score);
  json.End().End();
  return json.text();
}

// Nothing if a category is missing or makes no sense.
std::optional<Moderation> TagsIn(JsonElement result) {
  Moderation tags;
  JsonObject categories;
  JsonObject scores;
  if (result["flagged"].get(tags.flagged) != simdjson::SUCCESS ||
      result["categories"].get(categories) != simdjson::SUCCESS ||
      result["category_scores"].get(scores) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  for (size_t i = 0; i < kModerationCategories.size(); ++i) {
    const std::string_view name = kModerationCategories[i];
    double& score = tags.category_scores[i];
    if (categories[name].get(tags.categories[i]) != simdjson::SUCCESS ||
        scores[name].get(score) != simdjson::SUCCESS || !(score >= 0 && score <= 1)) {
      return std::nullopt;
    }
  }
  return tags;
}

ModerationAnswer AnswerIn(JsonElement result, std::string_view model) {
  ModerationAnswer answer{.tags = TagsIn(result)};
  if (!answer.tags) {
    answer.note.reason = "incomplete answer";
    return answer;
  }
  answer.note.by = kByEndpoint;
  answer.note.version = model;
  JsonObject categories = result["categories"];
  JsonObject scores = result["category_scores"];
  answer.note.other = OthersIn(categories, scores);
  return answer;
}

void WriteTags(const Moderation& tags, JsonWriter& json) {
  json.Key("flagged").Bool(tags.flagged).Key("categories").BeginObject();
  for (size_t i = 0; i < kModerationCategories.size(); ++i) {
    json.Key(kModerationCategories[i]).Bool(tags.categories[i]);
  }
  json.End().Key("category_scores").BeginObject();
  for (size_t i = 0; i < kModerationCategories.size(); ++i) {
    json.Key(kModerationCategories[i]).Double(tags.category_scores[i]);
  }
  json.End();
}

}  // namespace

std::string EndpointRequest(std::string_view model, std::span<const std::string_view> texts) {
  JsonWriter json;
  json.BeginObject();
  if (!model.empty()) json.Key("model").String(model);
  json.Key("input").BeginArray();
  for (const std::string_view text : texts) json.String(text);
  json.End().End();
  return json.text();
}

Result<std::vector<ModerationAnswer>> EndpointAnswers(std::string_view body, size_t count) {
  JsonParser parser;
  const auto root = parser.Parse(body);
  JsonObject object;
  JsonArray results;
  if (!root || root->get(object) != simdjson::SUCCESS ||
      object["results"].get(results) != simdjson::SUCCESS) {
    return Invalid("no answer of a moderation endpoint");
  }
  if (results.size() != count) return Invalid("another count of answers than of questions");
  const std::string model(StringAt(object, "model"));
  std::vector<ModerationAnswer> answers;
  for (const JsonElement result : results) answers.push_back(AnswerIn(result, model));
  return answers;
}

std::string ToJson(const ModerationAnswer& answer) {
  JsonWriter json;
  json.BeginObject().Key("version").String(answer.note.version);
  json.Key("other").String(answer.note.other);
  if (answer.tags) WriteTags(*answer.tags, json);
  json.End();
  return json.text();
}

Result<ModerationAnswer> ModerationAnswerFromJson(std::string_view text) {
  JsonParser parser;
  const JsonElement root = TRY(parser.Parse(text));
  JsonObject object;
  ModerationAnswer answer;
  if (root.get(object) == simdjson::SUCCESS) answer.tags = TagsIn(root);
  if (!answer.tags) return Invalid("no kept answer of a moderation endpoint");
  answer.note.by = kByEndpoint;
  answer.note.version = StringAt(object, "version");
  answer.note.other = StringAt(object, "other");
  return answer;
}

}  // namespace parley
