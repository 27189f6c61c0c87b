// ShareGPT's form, which many training sets took over: {"id", "conversations": [{"from",
// "value"}]}.
//
// Its file is a list or JSONL; both give the same records. Some sets write the messages with `role`
// and `content` under the same key. A call of a tool and what came back stand as turns of their own
// (function_call, observation).

#include "formats/dialects.h"
#include "formats/json_values.h"
#include "formats/object_dialect.h"
#include "formats/role_names.h"

namespace parley {
namespace {

bool IsTurn(JsonObject turn) {
  return (Has(turn, "from") && Has(turn, "value")) || (Has(turn, "role") && Has(turn, "content"));
}

Reason AppendTurn(JsonElement element, Draft draft) {
  const auto turn = ObjectOf(element);
  if (!turn || !Has(*turn, "from")) return AppendMessage(element, draft);
  const auto role = RoleFromName(StringAt(*turn, "from"));
  if (!role) return kUnknownRole;
  const size_t index = draft.next_index();
  Message& message = draft.parsed.AddMessage(draft.conversation, *role, "");
  for (const auto field : *turn) {
    if (field.key == "from") continue;
    if (field.key == "value") {
      AppendContent(field.value, index, message.content, draft.extra);
    } else {
      draft.extra.AddToMessage(index, field.key, field.value);
    }
  }
  return {};
}

class ShareGptReader final : public ObjectDialect {
 protected:
  Status Read(JsonObject object, ParsedRecord& parsed) override {
    const auto turns = ArrayAt(object, "conversations");
    if (!turns) return Invalid("no list `conversations`", {.byte = 0});
    RawConversation& conversation = parsed.conversations[0];
    // Some sets keep the system prompt beside the turns.
    const std::string_view system = StringAt(object, "system");
    if (!system.empty()) parsed.AddMessage(conversation, Role::kSystem, system);
    for (const JsonElement turn : *turns) {
      const Reason reason = AppendTurn(turn, DraftOf(parsed, 0));
      if (parsed.reasons[0].name.empty()) parsed.reasons[0] = reason;
    }
    if (turns->size() == 0) parsed.reasons[0] = kNoMessages;
    for (const auto field : object) TakeField(field.key, field.value, conversation);
    conversation.extra = extra_.Json();
    return {};
  }

 private:
  void TakeField(std::string_view key, JsonElement value, RawConversation& conversation) {
    if (key == "conversations") return;
    if (key == "id") {
      conversation.id = ScalarText(value);
    } else if (key == "model") {
      conversation.model = ScalarText(value);
    } else if (key != "system" || !StringOf(value)) {
      extra_.Add(key, value);
    }
  }
};

double Recognise(std::string_view json) {
  JsonParser parser;
  const auto object = ObjectIn(json, parser);
  if (!object) return 0;
  const auto turns = ArrayAt(*object, "conversations");
  if (!turns) return 0;
  if (turns->size() == 0) return 0.5;
  const auto turn = FirstObjectAt(*object, "conversations");
  if (!turn || !IsTurn(*turn)) return 0;
  return Has(*turn, "from") ? 0.95 : 0.7;
}

}  // namespace

DialectInfo SharegptDialect() {
  return {
      .name = "sharegpt",
      .summary = "Conversations as lists of `from` and `value`, as ShareGPT's exports have them.",
      .recognise = &Recognise,
      .make = [](const DialectOptions&) -> std::unique_ptr<Dialect> {
        return std::make_unique<ShareGptReader>();
      }};
}

}  // namespace parley
