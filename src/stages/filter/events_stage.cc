// Keeps records by the event they were written for. An event log has a line for every chat, vote
// and flag, and each holds the conversation as it was then.

#include <algorithm>

#include "stages/stage_functions.h"

namespace parley {
namespace {

struct Options {
  std::vector<std::string> types = {};
};

constexpr Reason kOtherEvent{"other_event"};

class Events final : public Filter {
 public:
  explicit Events(Options options) : options_(std::move(options)) {}

  Result<Verdict> Judge(const RawConversation& conversation) const override {
    const bool named =
        std::ranges::find(options_.types, conversation.event) != options_.types.end();
    return options_.types.empty() || named ? kKeep : Drop(kOtherEvent);
  }

 private:
  Options options_;
};

Result<StageObject> Make(const Options& options) { return std::make_unique<Events>(options); }

}  // namespace

StageInfo EventsStage() {
  return Describe<Options>({
      .name = "events",
      .summary = "Drops conversations that were logged for other events than those named.",
      .keys = {{"types", &Options::types, "events that count, such as \"chat\"; none named: all"}},
      .reasons = {kOtherEvent},
      .make = &Make,
  });
}

}  // namespace parley
