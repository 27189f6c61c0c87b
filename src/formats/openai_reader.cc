// Logs of the chat completions API and what is made for it.
//
//   a log          {"request": {"model", "messages"}, "response": {"choices"}}, each perhaps below
//   a
//                  `body`, or as JSON in a string
//   a flat log     {"model", "messages", "response" or "choices" …}, as gateways write it
//   Batch API      input lines {"custom_id", "body": {"messages"}} hold no answer, output lines
//                  {"custom_id", "response": {"body": {"choices"}}} no prompt: each is given with
//                  its reason, because only a join of the two makes conversations
//   examples       {"messages": [...]}, the form of fine-tuning files
//
// Every choice becomes a conversation of its own: with more than one, "ID/0", "ID/1", …, each
// linked to the first (the first to the second). The id is that of the conversation where a gateway
// keeps one, so that calls that resend a growing history count as snapshots of it; else that of the
// response, which no two have in common; then the record's own.

#include <fmt/format.h>

#include <algorithm>

#include "formats/dialects.h"
#include "formats/json_values.h"
#include "formats/object_dialect.h"

namespace parley {
namespace {

constexpr Reason kNoAnswer{"no_answer"};
constexpr Reason kNoPrompt{"no_prompt"};
constexpr Reason kErrorResponse{"error_response"};
constexpr size_t kMaxChoices = 128;         // What the API allows.
constexpr size_t kMaxTextBytes = 64 << 20;  // Of all choices: each repeats the prompt.

// A request or a response: the object at a key of the record and, if that only wraps one, its body.
struct Level {
  std::optional<JsonObject> wrapper;
  std::optional<JsonObject> body;
  bool is_record = false;  // The record is flat: it is both.
};

Level LevelAt(JsonObject record, std::string_view key, JsonParser& parser) {
  const auto value = ValueAt(record, key);
  const auto object = value ? ObjectOf(Unwrapped(*value, parser)) : std::nullopt;
  if (!object) return {};
  const auto body = ObjectAt(*object, "body");
  if (body) return {.wrapper = object, .body = body};
  return {.wrapper = {}, .body = object};
}

bool HoldsPrompt(JsonObject object) {
  return Has(object, "messages") || (Has(object, "prompt") && Has(object, "model"));
}

// What a record consists of, wherever it stands.
struct Parts {
  JsonObject record;
  Level request;                      // Its body holds `messages` or `prompt`.
  Level response;                     // Its body holds `choices` or an error.
  std::optional<JsonElement> answer;  // Or the answer stands by itself: a text or a message …
  std::string_view answer_key;        // … at this key of the record.
};

Level FindRequest(JsonObject record, JsonParser& parser) {
  for (const std::string_view key : {"request", "body"}) {
    Level level = LevelAt(record, key, parser);
    if (level.body && HoldsPrompt(*level.body)) return level;
  }
  if (HoldsPrompt(record)) return {.wrapper = {}, .body = record, .is_record = true};
  return {};
}

Level FindResponse(JsonObject record, JsonParser& parser) {
  Level level = LevelAt(record, "response", parser);
  if (level.body && (Has(*level.body, "choices") || Has(*level.body, "error"))) return level;
  if (ArrayAt(record, "choices")) return {.wrapper = {}, .body = record, .is_record = true};
  return {};
}

bool IsAnswer(JsonElement value) {
  const auto object = ObjectOf(value);
  return StringOf(value) || (object && Has(*object, "role"));
}

Parts Divide(JsonObject record, JsonParser& requests, JsonParser& responses) {
  Parts parts{.record = record,
              .request = FindRequest(record, requests),
              .response = FindResponse(record, responses),
              .answer = {},
              .answer_key = {}};
  if (parts.response.body) return parts;
  for (const std::string_view key : {"response", "completion", "output"}) {
    const auto value = ValueAt(record, key);
    if (!value || !IsAnswer(*value)) continue;
    parts.answer = value;
    parts.answer_key = key;
    break;
  }
  return parts;
}

// The answers, each for a conversation of its own; one that is missing if there are none.
std::vector<std::optional<JsonElement>> ChoicesOf(const Parts& parts) {
  std::vector<std::optional<JsonElement>> choices;
  if (parts.response.body) {
    if (const auto list = ArrayAt(*parts.response.body, "choices")) {
      choices.assign(list->begin(), list->end());
    }
  }
  if (choices.empty()) choices.push_back(parts.answer);
  return choices;
}

// Why a conversation that was read is none; empty if it is one.
Reason WhatIsMissing(const Parts& parts, bool has_choice) {
  if (!parts.request.body) return kNoPrompt;
  if (has_choice) return {};
  const bool failed = ValueAt(parts.record, "error") ||
                      (parts.response.body && ValueAt(*parts.response.body, "error"));
  if (failed) return kErrorResponse;
  // A list of messages is whole in itself; a request is not.
  return parts.request.is_record && !parts.response.body ? Reason{} : kNoAnswer;
}

Reason AppendSpoken(JsonElement spoken, Draft draft) {
  const auto object = ObjectOf(spoken);
  if (object && Has(*object, "role")) return AppendMessage(spoken, draft);
  const size_t index = draft.next_index();
  Message& message = draft.parsed.AddMessage(draft.conversation, Role::kAssistant, "");
  const auto content = object ? ValueAt(*object, "content") : spoken;
  if (content) AppendContent(*content, index, message.content, draft.extra);
  return {};
}

// A choice holds a message, the joined delta of a stream, or a text.
Reason AppendChoice(JsonElement choice, Draft draft) {
  const auto object = ObjectOf(choice);
  if (!object || Has(*object, "role")) return AppendSpoken(choice, draft);
  const size_t index = draft.next_index();
  std::string_view used;
  for (const std::string_view key : {"message", "delta", "text"}) {
    if (used.empty() && ValueAt(*object, key)) used = key;
  }
  const Reason reason = used.empty() ? kNoAnswer : AppendSpoken(*ValueAt(*object, used), draft);
  for (const auto field : *object) {
    if (field.key == used || field.key == "index") continue;
    draft.extra.AddToMessage(index, field.key, field.value);
  }
  return reason;
}

constexpr std::string_view kTimeKeys[] = {"created", "created_at", "timestamp",
                                          "time",    "endTime",    "end_time"};

std::optional<int64_t> MomentIn(JsonObject object) {
  for (const std::string_view key : kTimeKeys) {
    if (const auto moment = FirstMoment(object, {key})) return moment;
  }
  return std::nullopt;
}

void Describe(const Parts& parts, RawConversation& conversation) {
  const JsonObject record = parts.record;
  const JsonObject request = parts.request.body.value_or(record);
  const JsonObject response = parts.response.body.value_or(record);
  const auto take = [](std::string& out, JsonObject from,
                       std::initializer_list<std::string_view> keys) {
    if (out.empty()) out = FirstScalar(from, keys);
  };
  take(conversation.id, record, {"conversation_id"});
  take(conversation.id, response, {"id"});
  take(conversation.id, record, {"id", "request_id", "custom_id"});
  take(conversation.model, response, {"model"});
  take(conversation.model, request, {"model"});
  take(conversation.model, record, {"model"});
  take(conversation.user, request, {"user"});
  take(conversation.user, record, {"user", "user_id", "end_user", "ip"});
  for (const JsonObject level : {response, record, request}) {
    if (!conversation.time_micros) conversation.time_micros = MomentIn(level);
  }
  if (!conversation.time_micros) conversation.time_micros = NewestMessageMoment(conversation);
}

// Whether the conversation already tells what a field of any level says.
bool IsTold(std::string_view key, JsonElement value, const RawConversation& conversation) {
  constexpr std::string_view kStructure[] = {"messages", "choices", "request", "response",
                                             "body",     "object",  "prompt"};
  if (std::ranges::find(kStructure, key) != std::end(kStructure)) return true;
  if (value.is_object() || value.is_array()) return false;
  if (std::ranges::find(kTimeKeys, key) != std::end(kTimeKeys)) {
    const auto moment = MomentOf(value);
    return moment && moment == conversation.time_micros;
  }
  const std::string text = ScalarText(value);
  return (text == conversation.id && key.ends_with("id")) ||
         (text == conversation.model && key == "model") ||
         (text == conversation.user && !text.empty());
}

size_t TextBytes(const RawConversation& conversation) {
  size_t bytes = 0;
  for (const Message& message : conversation.messages) bytes += message.content.size();
  return bytes;
}

// What a level below the record has besides, under the level's name.
void AddLevel(std::string_view name, const Level& level, const RawConversation& conversation,
              LeftoverFields& extra) {
  if (level.is_record) return;
  JsonWriter rest;
  rest.BeginObject();
  bool any = false;
  for (const auto& part : {level.wrapper, level.body}) {
    if (!part) continue;
    for (const auto field : *part) {
      if (field.value.is_null() || IsTold(field.key, field.value, conversation)) continue;
      rest.Key(field.key).Raw(ToJson(field.value));
      any = true;
    }
  }
  if (any) extra.AddJson(name, rest.End().text());
}

class OpenAiReader final : public ObjectDialect {
 protected:
  Status Read(JsonObject record, ParsedRecord& parsed) override {
    const Parts parts = Divide(record, requests_, responses_);
    if (!parts.request.body && !parts.response.body) return ReadWithoutWords(record, parsed);
    const auto choices = ChoicesOf(parts);
    const size_t count = choices.size();
    if (count > kMaxChoices) return Fail(Code::kTooLarge, "more than 128 choices", {.byte = 0});
    const int64_t repaired = parsed.repaired_utf8;
    parsed.Reset(count);
    parsed.repaired_utf8 = repaired;
    for (size_t i = 0; i < count; ++i) {
      ReadChoice(parts, choices[i], i, parsed);
      if (count > 1 && TextBytes(parsed.conversations[0]) * count > kMaxTextBytes) {
        return Fail(Code::kTooLarge, "over 64 MiB with the prompt repeated for each choice",
                    {.byte = 0});
      }
    }
    if (count > 1) Link(parsed);
    return {};
  }

 private:
  // A call that failed, of a batch for one, leaves nothing but its error.
  static Status ReadWithoutWords(JsonObject record, ParsedRecord& parsed) {
    if (!ValueAt(record, "error")) return Invalid("neither `messages` nor `choices`", {.byte = 0});
    const int64_t repaired = parsed.repaired_utf8;
    parsed.Reset(0);
    parsed.repaired_utf8 = repaired;
    parsed.reason = kErrorResponse;
    return {};
  }

  void ReadChoice(const Parts& parts, std::optional<JsonElement> choice, size_t index,
                  ParsedRecord& parsed) {
    RawConversation& conversation = parsed.conversations[index];
    extra_.Clear();
    const Draft draft = DraftOf(parsed, index);
    Reason reason = parts.request.body ? AppendPrompt(*parts.request.body, draft) : Reason{};
    if (choice) {
      const Reason answer = AppendChoice(*choice, draft);
      if (reason.name.empty()) reason = answer;
    }
    parsed.reasons[index] = reason.name.empty() ? WhatIsMissing(parts, choice.has_value()) : reason;
    Describe(parts, conversation);
    for (const auto field : parts.record) {
      if (field.key == parts.answer_key) continue;
      if (!IsTold(field.key, field.value, conversation)) extra_.Add(field.key, field.value);
    }
    AddLevel("request", parts.request, conversation, extra_);
    AddLevel("response", parts.response, conversation, extra_);
    conversation.extra = extra_.Json();
  }

  Reason AppendPrompt(JsonObject request, Draft draft) {
    if (const auto messages = ValueAt(request, "messages")) {
      return AppendMessages(Unwrapped(*messages, messages_), draft);
    }
    const auto prompt = ValueAt(request, "prompt");
    if (!prompt) return kNoMessages;
    Message& message = draft.parsed.AddMessage(draft.conversation, Role::kUser, "");
    AppendContent(*prompt, 0, message.content, draft.extra);
    return {};
  }

  static void Link(ParsedRecord& parsed) {
    const std::string id = parsed.conversations[0].id;
    if (id.empty()) return;
    for (size_t i = 0; i < parsed.conversations.size(); ++i) {
      parsed.conversations[i].id = fmt::format("{}/{}", id, i);
      parsed.conversations[i].linked_id = fmt::format("{}/{}", id, i == 0 ? 1 : 0);
    }
  }

  JsonParser requests_;
  JsonParser responses_;
  JsonParser messages_;
};

bool IsMessage(JsonObject object) {
  return Has(object, "role") && (Has(object, "content") || Has(object, "tool_calls"));
}

double Recognise(std::string_view json) {
  JsonParser parser;
  const auto record = ObjectIn(json, parser);
  if (!record) return 0;
  JsonParser requests;
  JsonParser responses;
  const Parts parts = Divide(*record, requests, responses);
  const bool has_choices = parts.response.body && Has(*parts.response.body, "choices");
  if (parts.request.body && has_choices) return 0.95;
  if (has_choices || Has(*record, "custom_id")) return has_choices || parts.request.body ? 0.9 : 0;
  if (!parts.request.body || !Has(*parts.request.body, "messages")) return 0;
  const auto messages = ValueAt(*parts.request.body, "messages");
  if (messages && StringOf(*messages)) return parts.answer ? 0.6 : 0.3;
  const auto message = FirstObjectAt(*parts.request.body, "messages");
  return message && IsMessage(*message) ? 0.8 : 0;
}

}  // namespace

DialectInfo OpenaiDialect() {
  return {.name = "openai",
          .summary =
              "Request and response logs of the chat completions API, Batch API files, and "
              "lists of `messages`.",
          .recognise = &Recognise,
          .make = [](const DialectOptions&) -> std::unique_ptr<Dialect> {
            return std::make_unique<OpenAiReader>();
          }};
}

}  // namespace parley
