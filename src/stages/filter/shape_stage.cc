// Keeps what has the form of a conversation: something is said, user and assistant take turns, the
// user begins, and an answer stands at the end. System and tool messages may stand anywhere, but a
// tool's result waits for an answer; an assistant that calls a tool and goes on has one turn.

#include <algorithm>

#include "stages/stage_functions.h"

namespace parley {
namespace {

struct Options {};

constexpr Reason kEmpty{"empty"};
constexpr Reason kBeginsWithAnswer{"begins_with_answer"};
constexpr Reason kNotAlternating{"not_alternating"};
constexpr Reason kNoAnswer{"no_answer"};

bool IsBlank(const Message& message) {
  return message.content.find_first_not_of(" \t\n") == std::string::npos;
}

// A message of white space alone by the user or the assistant; an assistant's before a tool's may
// be empty, since there the call is what it says.
bool SaysNothing(const std::vector<Message>& messages, size_t i) {
  if (messages[i].role != Role::kUser && messages[i].role != Role::kAssistant) return false;
  const bool calls_tool = messages[i].role == Role::kAssistant && i + 1 < messages.size() &&
                          messages[i + 1].role == Role::kTool;
  return !calls_tool && IsBlank(messages[i]);
}

class Shape final : public Filter {
 public:
  Result<Verdict> Judge(const RawConversation& conversation) const override {
    const std::vector<Message>& messages = conversation.messages;
    std::optional<Role> last;  // Of user and assistant.
    bool after_tool = false;
    for (size_t i = 0; i < messages.size(); ++i) {
      const Role role = messages[i].role;
      if (role == Role::kTool) after_tool = true;
      if (role != Role::kUser && role != Role::kAssistant) continue;
      if (SaysNothing(messages, i)) {
        // An answer that never came is told apart from one that is blank in the middle.
        const bool at_end = i + 1 == messages.size() && role == Role::kAssistant;
        return Drop(at_end ? kNoAnswer : kEmpty);
      }
      if (!last && role == Role::kAssistant) return Drop(kBeginsWithAnswer);
      const bool goes_on = role == Role::kAssistant && after_tool;
      if (last == role && !goes_on) return Drop(kNotAlternating);
      last = role;
      after_tool = false;
    }
    if (!last) return Drop(kEmpty);
    return *last == Role::kAssistant && !after_tool ? kKeep : Drop(kNoAnswer);
  }
};

Result<StageObject> Make(const Options&) { return std::make_unique<Shape>(); }

}  // namespace

StageInfo ShapeStage() {
  return Describe<Options>({
      .name = "shape",
      .summary = "Drops what is empty, does not alternate between user and assistant, or lacks an "
                 "answer.",
      .reasons = {kEmpty, kBeginsWithAnswer, kNotAlternating, kNoAnswer},
      .make = &Make,
  });
}

}  // namespace parley
