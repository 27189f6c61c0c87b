#include "curate/moderation_service.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "io/digest.h"
#include "parley/moderate.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr size_t kMaxInputs = 2048;
constexpr size_t kIdDigits = 32;

HttpReply Refuse(int status, std::string_view message) {
  JsonWriter json;
  json.BeginObject().Key("error").BeginObject().Key("message").String(message);
  json.Key("type").String(status < 500 ? "invalid_request_error" : "server_error");
  json.Key("param").Null().Key("code").Null().End().End();
  return {.status = status, .json = json.text()};
}

// The text of a part; nothing if it is another kind of part.
std::optional<std::string_view> PartText(JsonElement part) {
  std::string_view type;
  std::string_view text;
  if (part["type"].get(type) != simdjson::SUCCESS || type != "text" ||
      part["text"].get(text) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  return text;
}

// Parts are one input: their texts, a line each.
Result<std::vector<std::string>> PartsIn(JsonArray parts) {
  std::string whole;
  for (const JsonElement part : parts) {
    const std::optional<std::string_view> text = PartText(part);
    if (!text) return Invalid("a part of input is no text; only texts are judged here");
    if (!whole.empty()) whole += '\n';
    whole += *text;
  }
  return std::vector<std::string>{std::move(whole)};
}

Result<std::vector<std::string>> InputsIn(JsonElement input) {
  std::string_view text;
  if (input.get(text) == simdjson::SUCCESS) return std::vector<std::string>{std::string(text)};
  JsonArray list;
  if (input.get(list) != simdjson::SUCCESS || list.size() == 0) {
    return Invalid("input is a text, or a list of one or more");
  }
  if (list.size() > kMaxInputs) return Invalid("input has more than 2,048 entries");
  if (list.at(0).is_object()) return PartsIn(list);
  std::vector<std::string> texts;
  for (const JsonElement entry : list) {
    if (entry.get(text) != simdjson::SUCCESS) return Invalid("an entry of input is no text");
    texts.emplace_back(text);
  }
  return texts;
}

void WriteTags(const Moderation& tags, JsonWriter& json) {
  json.BeginObject().Key("flagged").Bool(tags.flagged).Key("categories").BeginObject();
  for (size_t i = 0; i < kModerationCategories.size(); ++i) {
    json.Key(kModerationCategories[i]).Bool(tags.categories[i]);
  }
  json.End().Key("category_scores").BeginObject();
  for (size_t i = 0; i < kModerationCategories.size(); ++i) {
    json.Key(kModerationCategories[i]).Double(tags.category_scores[i]);
  }
  json.End().Key("category_applied_input_types").BeginObject();
  for (const std::string_view category : kModerationCategories) {
    json.Key(category).BeginArray().String("text").End();
  }
  json.End().End();
}

HttpReply Judged(const ModerationSource& source, const std::string& body,
                 const std::vector<std::string>& inputs) {
  std::vector<ModerationText> texts;
  for (const std::string& input : inputs) texts.push_back({.text = input});
  const auto answers = source.Judge(texts);
  if (!answers) return Refuse(500, answers.error().message);
  JsonWriter json;
  json.BeginObject().Key("id").String("modr-" + Sha256Hex(body).substr(0, kIdDigits));
  json.Key("model").String(source.version()).Key("results").BeginArray();
  for (const ModerationAnswer& answer : *answers) {
    const bool nothing_to_judge = !answer.tags && answer.note.reason == "no text";
    if (!answer.tags && !nothing_to_judge) return Refuse(500, "a text could not be judged");
    WriteTags(answer.tags.value_or(Moderation{}), json);
  }
  json.End().End();
  return {.status = 200, .json = json.text()};
}

HttpReply Models(const ModerationSource& source) {
  JsonWriter json;
  json.BeginObject().Key("object").String("list").Key("data").BeginArray();
  json.BeginObject().Key("id").String(source.version()).Key("object").String("model");
  json.Key("created").Int(0).Key("owned_by").String("parley").End().End().End();
  return {.status = 200, .json = json.text()};
}

}  // namespace

HttpReply AnswerModeration(const ModerationSource& source, const HttpCall& call) {
  const std::string path = call.target.substr(0, call.target.find('?'));
  if (path == "/v1/models" && call.method == "GET") return Models(source);
  if (path != "/v1/moderations") return Refuse(404, "there is only /v1/moderations here");
  if (call.method != "POST") return Refuse(405, "/v1/moderations takes POST");
  JsonParser parser;
  const auto root = parser.Parse(call.body);
  JsonElement input;
  if (!root) return Refuse(400, "the body is no JSON");
  if (root->at_key("input").get(input) != simdjson::SUCCESS) {
    return Refuse(400, "the body has no \"input\"");
  }
  const Result<std::vector<std::string>> inputs = InputsIn(input);
  if (!inputs) return Refuse(400, inputs.error().message);
  return Judged(source, call.body, *inputs);
}

Status ServeModeration(const ServeModerationOptions& options,
                       const std::function<void(int port)>& ready) {
  const std::shared_ptr<const ModerationSource> source = TRY(OpenEmbeddedModeration());
  const auto server = TRY(LoopbackServer::Listen(
      {.port = options.port, .connections = options.connections},
      [&source](const HttpCall& call) { return AnswerModeration(*source, call); }));
  ready(server->port());
  server->Run();
  return {};
}

}  // namespace parley
