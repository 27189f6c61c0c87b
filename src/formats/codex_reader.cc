// Sessions of the Codex CLI ("rollouts"): a file is a session, its record the list of its lines.
//
// A line is {"timestamp", "type", "payload"}; in the first versions the payload stood by itself.
//
//   session_meta     the session's id and where it ran; where it was forked from, if it was
//   turn_context     the model from here on
//   response_item    what was said: `message`, calls of tools and what they gave, `reasoning`
//   compacted        the history was replaced by a summary: a system message at this place
//   event_msg        what the terminal showed; it repeats the items, so it stays out of the
//   messages
//
// A call is the assistant's: as JSON below its text if it has just spoken, else a message of its
// own. What a tool gave is a tool message. Instructions that the program puts in as the user's
// (environment, AGENTS.md) are system messages. All other lines stand in `extra`.

#include <algorithm>

#include "formats/dialects.h"
#include "formats/json_values.h"
#include "formats/message_json.h"
#include "formats/role_names.h"

namespace parley {
namespace {

bool IsCall(std::string_view type) { return type.ends_with("_call"); }
bool IsResult(std::string_view type) { return type.ends_with("_call_output"); }

// Words in the user's name that no user said.
bool IsInjected(std::string_view text) {
  constexpr std::string_view kOpenings[] = {
      "<environment_context>",    "<user_instructions>",        "<ENVIRONMENT_CONTEXT>",
      "# AGENTS.md instructions", "<permissions instructions>", "<turn_aborted>"};
  return std::ranges::any_of(kOpenings,
                             [&](std::string_view opening) { return text.starts_with(opening); });
}

// A call without what only the program needs.
std::string CallJson(JsonObject call) {
  JsonWriter json;
  json.BeginObject();
  for (const auto field : call) {
    if (field.value.is_null() || field.key == "status" || field.key == "id") continue;
    json.Key(field.key).Raw(ToJson(field.value));
  }
  return json.End().text();
}

class CodexReader final : public Dialect {
 public:
  Status Parse(const Record& record, ParsedRecord& parsed) override {
    parsed.Reset(0);
    const JsonElement root = TRY(parser_.Parse(record.json));
    const auto lines = ArrayOf(root);
    if (!lines) return Invalid("a session is a list of events", {.byte = 0});
    parsed.Reset(1);
    parsed.repaired_utf8 = parser_.repaired();
    leftovers_.Clear();
    compactions_.clear();
    events_.clear();
    last_said_ = false;
    Draft draft{parsed, parsed.conversations[0], leftovers_};
    for (const JsonElement element : *lines) {
      if (element.is_object()) TakeLine(element, draft);
    }
    Finish(draft.conversation);
    if (draft.conversation.messages.empty()) {
      parsed.Reset(0);
      parsed.reason = kNotAConversation;
    }
    return {};
  }

 private:
  void TakeLine(JsonElement element, Draft draft) {
    const JsonObject line = element;
    const auto payload = ValueAt(line, "payload");
    const std::string_view type = StringAt(line, "type");
    const auto moment = FirstMoment(line, {"timestamp"});
    if (!payload || !payload->is_object()) {
      TakeBareLine(element, draft);
    } else if (type == "response_item") {
      TakeItem(*payload, moment, draft);
    } else if (type == "session_meta") {
      TakeSession(*payload, draft.conversation);
    } else if (type == "turn_context") {
      TakeModel(*payload, draft.conversation);
    } else if (type == "compacted") {
      TakeCompaction(*payload, moment, draft);
    } else {
      KeepEvent(element);
    }
  }

  // The first versions: the session's description without a type, then items.
  void TakeBareLine(JsonElement element, Draft draft) {
    const JsonObject line = element;
    if (Has(line, "type")) {
      TakeItem(element, FirstMoment(line, {"timestamp"}), draft);
    } else if (Has(line, "id")) {
      TakeSession(element, draft.conversation);
    } else {
      KeepEvent(element);
    }
  }

  void TakeSession(JsonElement element, RawConversation& conversation) {
    const JsonObject session = element;
    // A forked session repeats the one it came from: the first description is its own.
    if (!conversation.id.empty()) return KeepEvent(element);
    conversation.id = FirstScalar(session, {"id"});
    conversation.time_micros = FirstMoment(session, {"timestamp"});
    conversation.linked_id = FirstScalar(session, {"forked_from_id", "parent_thread_id"});
    if (conversation.linked_id.empty()) conversation.linked_id = Spawner(session);
    for (const auto field : session) {
      if (field.key != "id" && field.key != "timestamp") leftovers_.Add(field.key, field.value);
    }
  }

  // The session that set this one to work, if one did.
  static std::string Spawner(JsonObject session) {
    const auto source = ObjectAt(session, "source");
    const auto subagent = source ? ObjectAt(*source, "subagent") : std::nullopt;
    const auto spawn = subagent ? ObjectAt(*subagent, "thread_spawn") : std::nullopt;
    return spawn ? FirstScalar(*spawn, {"parent_thread_id"}) : std::string();
  }

  static void TakeModel(JsonObject context, RawConversation& conversation) {
    if (conversation.model.empty()) conversation.model = FirstScalar(context, {"model"});
  }

  void TakeItem(JsonElement element, std::optional<int64_t> moment, Draft draft) {
    const JsonObject item = element;
    const std::string_view type = StringAt(item, "type");
    if (type == "message") {
      TakeMessage(item, moment, draft);
    } else if (IsResult(type)) {
      TakeResult(item, moment, draft);
    } else if (IsCall(type)) {
      if (!last_said_) Append(Role::kAssistant, moment, draft);
      AppendCalls(CallJson(item), draft.conversation.messages.back().content);
      last_said_ = true;
    } else {
      KeepEvent(element);
    }
  }

  Message& Append(Role role, std::optional<int64_t> moment, Draft draft) {
    Message& message = draft.parsed.AddMessage(draft.conversation, role, "");
    message.sent_micros = moment;
    last_said_ = role == Role::kAssistant;
    return message;
  }

  void TakeMessage(JsonObject item, std::optional<int64_t> moment, Draft draft) {
    const auto role = RoleFromName(StringAt(item, "role"));
    if (!role) {
      draft.parsed.reasons[0] = kUnknownRole;
      return;
    }
    const size_t index = draft.next_index();
    Message& message = Append(*role, moment, draft);
    for (const auto field : item) {
      if (field.key == "type" || field.key == "role") continue;
      if (field.key == "content") {
        AppendContent(field.value, index, message.content, draft.extra);
      } else {
        draft.extra.AddToMessage(index, field.key, field.value);
      }
    }
    if (message.role == Role::kUser && IsInjected(message.content)) message.role = Role::kSystem;
  }

  // The output is a text, a list of parts, or {"content": …, "success": …}.
  void TakeResult(JsonObject item, std::optional<int64_t> moment, Draft draft) {
    const size_t index = draft.next_index();
    Message& message = Append(Role::kTool, moment, draft);
    for (const auto field : item) {
      if (field.key == "type") continue;
      if (field.key != "output") {
        draft.extra.AddToMessage(index, field.key, field.value);
        continue;
      }
      const auto object = ObjectOf(field.value);
      const auto content = object ? ValueAt(*object, "content") : std::nullopt;
      AppendContent(content.value_or(field.value), index, message.content, draft.extra);
    }
  }

  void TakeCompaction(JsonObject payload, std::optional<int64_t> moment, Draft draft) {
    compactions_ += compactions_.empty() ? '[' : ',';
    compactions_ += "{\"before_message\":" + std::to_string(draft.next_index()) + '}';
    const std::string_view summary = StringAt(payload, "message");
    if (!summary.empty()) Append(Role::kSystem, moment, draft).content = summary;
    last_said_ = false;
  }

  void KeepEvent(JsonElement event) {
    events_ += events_.empty() ? '[' : ',';
    AppendJson(events_, event);
  }

  void Finish(RawConversation& conversation) {
    conversation.time_micros = Later(conversation.time_micros, NewestMessageMoment(conversation));
    if (!compactions_.empty()) leftovers_.AddJson("compactions", compactions_ + "]");
    if (!events_.empty()) leftovers_.AddJson("events", events_ + "]");
    conversation.extra = leftovers_.Json();
  }

  JsonParser parser_;
  LeftoverFields leftovers_;
  std::string compactions_;
  std::string events_;
  bool last_said_ = false;  // The last message is the assistant's: a call goes below it.
};

bool IsLine(std::string_view type) {
  return type == "session_meta" || type == "turn_context" || type == "response_item" ||
         type == "compacted" || type == "event_msg";
}

// An event, or the list of them that a session is.
double Recognise(std::string_view json) {
  JsonParser parser;
  const auto root = parser.Parse(json);
  if (!root) return 0;
  auto line = ObjectOf(*root);
  if (const auto list = ArrayOf(*root); list && list->size() > 0) line = ObjectOf(list->at(0));
  if (!line) return 0;
  const std::string_view type = StringAt(*line, "type");
  if (ObjectAt(*line, "payload")) return IsLine(type) ? 0.95 : 0;
  if (type == "message" && ArrayAt(*line, "content")) return Has(*line, "role") ? 0.6 : 0;
  if (type == "reasoning" || IsResult(type) || IsCall(type)) return 0.6;
  const bool describes = Has(*line, "id") && Has(*line, "timestamp") && Has(*line, "instructions");
  return describes || Has(*line, "record_type") ? 0.6 : 0;
}

}  // namespace

DialectInfo CodexDialect() {
  return {.name = "codex",
          .summary = "Sessions of the Codex CLI, a file each, with their tools.",
          .recognise = &Recognise,
          .whole_file = true,
          .make = [](const DialectOptions&) -> std::unique_ptr<Dialect> {
            return std::make_unique<CodexReader>();
          }};
}

}  // namespace parley
