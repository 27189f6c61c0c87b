// LMSYS-Chat-1M and the releases of Parley, whose columns are the same and, in the extended
// profile, a few more.

#include "formats/dialects.h"
#include "formats/json_values.h"
#include "formats/moderation_json.h"
#include "formats/object_dialect.h"

namespace parley {
namespace {

class LmsysReader final : public ObjectDialect {
 protected:
  Status Read(JsonObject object, ParsedRecord& parsed) override {
    const auto messages = ValueAt(object, "conversation");
    if (!messages || !messages->is_array()) {
      return Invalid("no list `conversation`", {.byte = 0});
    }
    RawConversation& conversation = parsed.conversations[0];
    parsed.reasons[0] = AppendMessages(*messages, DraftOf(parsed, 0));
    for (const auto field : object) TakeField(field.key, field.value, conversation);
    TakeModeration(object, conversation);
    conversation.time_micros = Later(conversation.time_micros, NewestMessageMoment(conversation));
    conversation.extra = extra_.Json();
    return {};
  }

 private:
  void TakeField(std::string_view key, JsonElement value, RawConversation& conversation) {
    // `turn` only counts messages.
    if (key == "conversation" || key == "turn" || key == "openai_moderation") return;
    if (key == "conversation_id") {
      conversation.id = ScalarText(value);
    } else if (key == "model") {
      conversation.model = ScalarText(value);
    } else if (key == "language") {
      conversation.language = ScalarText(value);
      if (conversation.language == "unknown") conversation.language.clear();
    } else if (key == "redacted") {
      conversation.redacted = IsTrue(value);
    } else if (key == "user") {
      conversation.user = ScalarText(value);
    } else if (key == "consent") {
      conversation.consent = ScalarText(value);
    } else if ((key == "day" || key == "time" || key == "timestamp" || key == "tstamp") &&
               MomentOf(value)) {
      conversation.time_micros = MomentOf(value);
    } else {
      extra_.Add(key, value);
    }
  }

  // A list that is not one entry a message says nothing of any one message.
  void TakeModeration(JsonObject object, RawConversation& conversation) {
    const auto value = ValueAt(object, "openai_moderation");
    if (!value) return;
    conversation.moderation = ModerationList(*value);
    if (conversation.moderation.size() == conversation.messages.size()) return;
    if (!conversation.moderation.empty()) extra_.Add("openai_moderation", *value);
    conversation.moderation.clear();
  }
};

double Recognise(std::string_view json) {
  JsonParser parser;
  const auto object = ObjectIn(json, parser);
  if (!object || !ArrayAt(*object, "conversation") || !Has(*object, "conversation_id")) return 0;
  const auto message = FirstObjectAt(*object, "conversation");
  if (message && (!Has(*message, "role") || Has(*message, "toxic"))) return 0;
  return Has(*object, "turn") || Has(*object, "redacted") ? 0.9 : 0.6;
}

}  // namespace

DialectInfo LmsysDialect() {
  return {.name = "lmsys",
          .summary = "Rows of LMSYS-Chat-1M and of Parley's own releases.",
          .recognise = &Recognise,
          .make = [](const DialectOptions&) -> std::unique_ptr<Dialect> {
            return std::make_unique<LmsysReader>();
          }};
}

}  // namespace parley
