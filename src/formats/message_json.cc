#include "formats/message_json.h"

#include <optional>

#include "formats/json_values.h"
#include "formats/role_names.h"

namespace parley {
namespace {

// The text of one part of a list; none if it is a picture, a file or the like.
std::optional<std::string_view> PartText(JsonElement part) {
  if (const auto text = StringOf(part)) return text;
  const auto object = ObjectOf(part);
  if (!object) return std::nullopt;
  const std::string_view type = StringAt(*object, "type", "text");
  if (type != "text" && type != "input_text" && type != "output_text") return std::nullopt;
  const auto text = ValueAt(*object, "text");
  return text ? StringOf(*text) : std::nullopt;
}

void AppendParts(JsonArray parts, size_t index, std::string& text, LeftoverFields& extra) {
  std::string others;
  bool first = true;
  for (const JsonElement part : parts) {
    const auto part_text = PartText(part);
    if (!part_text) {
      others += others.empty() ? '[' : ',';
      others += ToJson(part);
      continue;
    }
    if (!first) text += '\n';
    first = false;
    text += *part_text;
  }
  if (!others.empty()) extra.AddJsonToMessage(index, "parts", others + "]");
}

bool IsCall(std::string_view key) { return key == "tool_calls" || key == "function_call"; }

// A list of calls that is empty says as little as none.
bool HoldsCalls(JsonElement value) {
  const auto list = ArrayOf(value);
  return list ? list->size() > 0 : !value.is_null();
}

std::optional<Role> RoleIn(JsonObject object) { return RoleFromName(StringAt(object, "role")); }

}  // namespace

void AppendContent(JsonElement content, size_t index, std::string& text, LeftoverFields& extra) {
  if (const auto string = StringOf(content)) {
    text += *string;
  } else if (const auto parts = ArrayOf(content)) {
    AppendParts(*parts, index, text, extra);
  } else if (!content.is_null()) {
    text += ToJson(content);
  }
}

void AppendCalls(std::string_view calls_json, std::string& text) {
  if (!text.empty()) text += '\n';
  text += calls_json;
}

Reason AppendMessage(JsonElement element, Draft draft) {
  const auto object = ObjectOf(element);
  const auto role = object ? RoleIn(*object) : std::nullopt;
  if (!role) return kUnknownRole;
  const size_t index = draft.next_index();
  Message& message = draft.parsed.AddMessage(draft.conversation, *role, "");
  std::optional<JsonElement> calls;
  for (const auto field : *object) {
    if (field.key == "role") continue;
    if (field.key == "content") {
      AppendContent(field.value, index, message.content, draft.extra);
    } else if (IsCall(field.key)) {
      if (HoldsCalls(field.value)) calls = field.value;
    } else if (field.key == "timestamp" && MomentOf(field.value)) {
      message.sent_micros = MomentOf(field.value);
    } else {
      draft.extra.AddToMessage(index, field.key, field.value);
    }
  }
  if (calls) AppendCalls(ToJson(*calls), message.content);
  return {};
}

Reason AppendMessages(JsonElement element, Draft draft) {
  const auto array = ArrayOf(element);
  if (!array || array->size() == 0) return kNoMessages;
  Reason first = {};
  for (const JsonElement message : *array) {
    const Reason reason = AppendMessage(message, draft);
    if (first.name.empty()) first = reason;
  }
  return first;
}

std::optional<int64_t> NewestMessageMoment(const RawConversation& conversation) {
  std::optional<int64_t> newest;
  for (const Message& message : conversation.messages) newest = Later(newest, message.sent_micros);
  return newest;
}

}  // namespace parley
