// Released battles of Chatbot Arena: two models answer one person, who says which did better.
//
//   33k   `conversation_a`, `conversation_b`: lists of {content, role}; question_id, judge, tstamp
//   55k   `prompt`, `response_a`, `response_b`: lists as JSON in strings; winner_model_a, _b, _tie
//   140k  `conversation_a`, `conversation_b`: content as lists of parts; `winner` also "both_bad"
//
// A row gives two conversations, "ID/a" and "ID/b", each linked to the other. The vote is their
// event, by the names of FastChat's logs. Moderation is one object for the battle, not one a
// message, and so stays in `extra`.

#include "formats/dialects.h"
#include "formats/json_values.h"
#include "formats/object_dialect.h"

namespace parley {
namespace {

constexpr std::string_view kSides[] = {"a", "b"};

std::string KeyOf(std::string_view name, int side) {
  return std::string(name) + "_" + std::string(kSides[side]);
}

// The vote as FastChat's logs name it; empty if the row holds none.
std::string_view EventOf(JsonObject row) {
  const std::string_view winner = StringAt(row, "winner");
  if (winner == "model_a") return "leftvote";
  if (winner == "model_b") return "rightvote";
  if (winner == "tie") return "tievote";
  if (winner == "tie (bothbad)" || winner == "both_bad") return "bothbad_vote";
  const auto set = [&](std::string_view key) { return FirstScalar(row, {key}) == "1"; };
  if (set("winner_model_a")) return "leftvote";
  if (set("winner_model_b")) return "rightvote";
  if (set("winner_tie")) return "tievote";
  return {};
}

bool IsNamed(std::string_view key) {
  constexpr std::string_view kNamed[] = {"question_id",    "id",
                                         "model_a",        "model_b",
                                         "winner",         "winner_model_a",
                                         "winner_model_b", "winner_tie",
                                         "judge",          "conversation_a",
                                         "conversation_b", "prompt",
                                         "response_a",     "response_b",
                                         "turn",           "language",
                                         "tstamp",         "timestamp"};
  return std::ranges::find(kNamed, key) != std::end(kNamed);
}

// The texts of a list that may be written as JSON in a string; a string that holds none is the one
// text there is. An answer that is null was never given.
std::vector<std::string> Texts(std::optional<JsonElement> value, JsonParser& parser) {
  if (!value) return {};
  const auto list = ArrayOf(Unwrapped(*value, parser));
  if (!list) return {ScalarText(*value)};
  std::vector<std::string> texts;
  for (const JsonElement text : *list) texts.push_back(ScalarText(text));
  return texts;
}

class ArenaReader final : public ObjectDialect {
 protected:
  Status Read(JsonObject row, ParsedRecord& parsed) override {
    const bool in_lists = ValueAt(row, "conversation_a") && ValueAt(row, "conversation_b");
    if (!in_lists && !(ValueAt(row, "response_a") && ValueAt(row, "response_b"))) {
      return Invalid("no two conversations: `conversation_a` and `_b`, or `response_a` and `_b`",
                     {.byte = 0});
    }
    const int64_t repaired = parsed.repaired_utf8;
    parsed.Reset(2);
    parsed.repaired_utf8 = repaired;
    for (int side = 0; side < 2; ++side) ReadSide(row, side, in_lists, parsed);
    return {};
  }

 private:
  void ReadSide(JsonObject row, int side, bool in_lists, ParsedRecord& parsed) {
    RawConversation& conversation = parsed.conversations[side];
    const std::string id = FirstScalar(row, {"question_id", "id"});
    if (!id.empty()) {
      conversation.id = id + "/" + std::string(kSides[side]);
      conversation.linked_id = id + "/" + std::string(kSides[1 - side]);
    }
    conversation.model = FirstScalar(row, {KeyOf("model", side)});
    conversation.user = FirstScalar(row, {"judge"});
    conversation.language = FirstScalar(row, {"language"});
    conversation.event = EventOf(row);
    conversation.time_micros = FirstMoment(row, {"tstamp", "timestamp"});
    extra_.Clear();
    for (const auto field : row) {
      if (!IsNamed(field.key)) extra_.Add(field.key, field.value);
    }
    parsed.reasons[side] =
        in_lists ? AppendMessages(Unwrapped(*ValueAt(row, KeyOf("conversation", side)), lists_),
                                  DraftOf(parsed, side))
                 : AppendTurns(row, side, parsed);
    conversation.extra = extra_.Json();
  }

  Reason AppendTurns(JsonObject row, int side, ParsedRecord& parsed) {
    const auto prompts = Texts(ValueAt(row, "prompt"), lists_);
    const auto answers = Texts(ValueAt(row, KeyOf("response", side)), lists_);
    RawConversation& conversation = parsed.conversations[side];
    for (size_t i = 0; i < std::max(prompts.size(), answers.size()); ++i) {
      if (i < prompts.size()) parsed.AddMessage(conversation, Role::kUser, prompts[i]);
      if (i < answers.size()) parsed.AddMessage(conversation, Role::kAssistant, answers[i]);
    }
    return conversation.messages.empty() ? kNoMessages : Reason{};
  }

  JsonParser lists_;
};

double Recognise(std::string_view json) {
  JsonParser parser;
  const auto row = ObjectIn(json, parser);
  if (!row || !Has(*row, "model_a") || !Has(*row, "model_b")) return 0;
  if (Has(*row, "conversation_a") && Has(*row, "conversation_b")) return 0.95;
  return Has(*row, "response_a") && Has(*row, "response_b") ? 0.95 : 0;
}

}  // namespace

DialectInfo ArenaDialect() {
  return {.name = "arena",
          .summary = "Released battles of Chatbot Arena: 33k, 55k and 140k.",
          .recognise = &Recognise,
          .make = [](const DialectOptions&) -> std::unique_ptr<Dialect> {
            return std::make_unique<ArenaReader>();
          }};
}

}  // namespace parley
