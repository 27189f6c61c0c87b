// Drops a conversation with a message outside a length range: an empty one says nothing, a huge
// one is a pasted file. Lengths are in code points, so that one limit is fair to every script.

#include "stages/stage_functions.h"
#include "text/utf8.h"

namespace parley {
namespace {

struct Options {
  int64_t min_code_points = 0;
  int64_t max_code_points = 200'000;
};

constexpr Reason kTooShort{"too_short"};
constexpr Reason kTooLong{"too_long"};

class MessageLength final : public Filter {
 public:
  explicit MessageLength(Options options) : options_(options) {}

  Result<Verdict> Judge(const RawConversation& conversation) const override {
    for (const Message& message : conversation.messages) {
      // System and tool messages may be empty; only people's and models' must say something.
      const bool spoken = message.role == Role::kUser || message.role == Role::kAssistant;
      const auto bytes = static_cast<int64_t>(message.content.size());
      // A code point has one to four bytes: most lengths need no counting.
      if (bytes <= options_.max_code_points && bytes / 4 >= options_.min_code_points) continue;
      const int64_t length = CountCodePoints(message.content);
      if (spoken && length < options_.min_code_points) return Drop(kTooShort);
      if (length > options_.max_code_points) return Drop(kTooLong);
    }
    return kKeep;
  }

 private:
  Options options_;
};

Result<StageObject> Make(const Options& options) {
  if (options.min_code_points < 0) return Invalid("min_code_points is below 0");
  if (options.min_code_points > options.max_code_points) {
    return Invalid("min_code_points is above max_code_points: nothing would be kept");
  }
  return std::make_unique<MessageLength>(options);
}

}  // namespace

StageInfo MessageLengthStage() {
  return Describe<Options>({
      .name = "message_length",
      .summary = "Drops a conversation with a message that is too short or too long.",
      .keys = {{"min_code_points", &Options::min_code_points,
                "shortest message of a user or an assistant kept"},
               {"max_code_points", &Options::max_code_points, "longest message kept"}},
      .reasons = {kTooShort, kTooLong},
      .make = &Make,
  });
}

}  // namespace parley
