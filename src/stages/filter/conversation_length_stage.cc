// Drops a conversation that as a whole is too short or too long, by turns, messages or code points.

#include <algorithm>

#include "stages/stage_functions.h"
#include "text/utf8.h"

namespace parley {
namespace {

// Nought as a maximum: no limit.
struct Options {
  int64_t min_turns = 0;
  int64_t max_turns = 0;
  int64_t max_messages = 0;
  int64_t max_code_points = 0;
};

constexpr Reason kTooFewTurns{"too_few_turns"};
constexpr Reason kTooManyTurns{"too_many_turns"};
constexpr Reason kTooManyMessages{"too_many_messages"};
constexpr Reason kTooLong{"too_long"};

// User messages with a reply, whatever tools were called in between.
int64_t CountTurns(const std::vector<Message>& messages) {
  int64_t turns = 0;
  bool asked = false;
  for (const Message& message : messages) {
    if (message.role == Role::kAssistant && asked) ++turns;
    if (message.role == Role::kUser || message.role == Role::kAssistant) {
      asked = message.role == Role::kUser;
    }
  }
  return turns;
}

bool IsOver(int64_t value, int64_t limit) { return limit > 0 && value > limit; }

class ConversationLength final : public Filter {
 public:
  explicit ConversationLength(Options options) : options_(options) {}

  Result<Verdict> Judge(const RawConversation& conversation) const override {
    const std::vector<Message>& messages = conversation.messages;
    const int64_t turns = CountTurns(messages);
    if (turns < options_.min_turns) return Drop(kTooFewTurns);
    if (IsOver(turns, options_.max_turns)) return Drop(kTooManyTurns);
    if (IsOver(std::ssize(messages), options_.max_messages)) return Drop(kTooManyMessages);
    if (options_.max_code_points == 0) return kKeep;
    int64_t code_points = 0;
    for (const Message& message : messages) code_points += CountCodePoints(message.content);
    return IsOver(code_points, options_.max_code_points) ? Drop(kTooLong) : kKeep;
  }

 private:
  Options options_;
};

Result<StageObject> Make(const Options& options) {
  for (const int64_t limit :
       {options.min_turns, options.max_turns, options.max_messages, options.max_code_points}) {
    if (limit < 0) return Invalid("a limit of conversation_length is below 0");
  }
  if (IsOver(options.min_turns, options.max_turns)) {
    return Invalid("min_turns is above max_turns: nothing would be kept");
  }
  return std::make_unique<ConversationLength>(options);
}

}  // namespace

StageInfo ConversationLengthStage() {
  return Describe<Options>({
      .name = "conversation_length",
      .summary = "Drops a conversation that as a whole is too short or too long.",
      .keys = {{"min_turns", &Options::min_turns, "fewest turns kept"},
               {"max_turns", &Options::max_turns, "most turns kept; 0 for any number"},
               {"max_messages", &Options::max_messages, "most messages kept; 0 for any number"},
               {"max_code_points", &Options::max_code_points,
                "most code points in all messages together; 0 for any number"}},
      .reasons = {kTooFewTurns, kTooManyTurns, kTooManyMessages, kTooLong},
      .make = &Make,
  });
}

}  // namespace parley
