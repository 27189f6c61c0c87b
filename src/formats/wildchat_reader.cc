// WildChat, WildChat-1M and WildChat-4.8M: a conversation a row, with the time, the hashed address
// and the country of each user message, and moderation for each message.
//
// Rows of 1M hold every moderation category under two names, one of them null; `moderation_json.h`
// sorts that out. A row's `timestamp` is that of its last message.

#include "formats/dialects.h"
#include "formats/json_values.h"
#include "formats/moderation_json.h"
#include "formats/object_dialect.h"

namespace parley {
namespace {

// The address of the first message that has one: older rows have none of their own.
std::string HashedAddress(JsonElement messages) {
  for (const JsonElement element : JsonArray(messages)) {
    const auto message = ObjectOf(element);
    const std::string_view address = message ? StringAt(*message, "hashed_ip") : "";
    if (!address.empty()) return std::string(address);
  }
  return {};
}

class WildchatReader final : public ObjectDialect {
 protected:
  Status Read(JsonObject object, ParsedRecord& parsed) override {
    const auto messages = ValueAt(object, "conversation");
    if (!messages || !messages->is_array()) return Invalid("no list `conversation`", {.byte = 0});
    RawConversation& conversation = parsed.conversations[0];
    parsed.reasons[0] = AppendMessages(*messages, DraftOf(parsed, 0));
    for (const auto field : object) TakeField(field.key, field.value, conversation);
    if (conversation.user.empty()) conversation.user = HashedAddress(*messages);
    if (!conversation.time_micros) conversation.time_micros = NewestMessageMoment(conversation);
    if (conversation.moderation.size() != conversation.messages.size()) {
      KeepModerationAside(object, conversation);
    }
    conversation.extra = extra_.Json();
    return {};
  }

 private:
  void TakeField(std::string_view key, JsonElement value, RawConversation& conversation) {
    if (key == "conversation" || key == "turn") return;  // `turn` only counts messages.
    if (key == "conversation_hash" || key == "conversation_id") {
      conversation.id = ScalarText(value);
    } else if (key == "model") {
      conversation.model = ScalarText(value);
    } else if (key == "timestamp") {
      conversation.time_micros = MomentOf(value);
    } else if (key == "hashed_ip") {
      conversation.user = ScalarText(value);
    } else if (key == "language") {
      conversation.language = ScalarText(value);
    } else if (key == "redacted") {
      conversation.redacted = IsTrue(value);
    } else if (key == "openai_moderation") {
      conversation.moderation = ModerationList(value);
    } else {
      extra_.Add(key, value);
    }
  }

  // A list that is not one entry a message says nothing of any one message.
  void KeepModerationAside(JsonObject object, RawConversation& conversation) {
    if (!conversation.moderation.empty())
      extra_.Add("openai_moderation", object["openai_moderation"].value_unsafe());
    conversation.moderation.clear();
  }
};

double Recognise(std::string_view json) {
  JsonParser parser;
  const auto object = ObjectIn(json, parser);
  if (!object || !ArrayAt(*object, "conversation")) return 0;
  if (Has(*object, "conversation_hash")) return 0.95;
  if (!Has(*object, "conversation_id")) return 0;
  const auto message = FirstObjectAt(*object, "conversation");
  return message && Has(*message, "toxic") ? 0.95 : 0;
}

}  // namespace

DialectInfo WildchatDialect() {
  return {.name = "wildchat",
          .summary = "Rows of WildChat, WildChat-1M and WildChat-4.8M.",
          .recognise = &Recognise,
          .make = [](const DialectOptions&) -> std::unique_ptr<Dialect> {
            return std::make_unique<WildchatReader>();
          }};
}

}  // namespace parley
