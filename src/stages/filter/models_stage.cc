// Keeps conversations by their model's name, as it is after `rename_models`.

#include <algorithm>

#include "stages/stage_functions.h"

namespace parley {
namespace {

struct Options {
  std::vector<std::string> allow = {};
  std::vector<std::string> deny = {};
};

constexpr Reason kNotAllowed{"not_allowed"};
constexpr Reason kDenied{"denied"};

bool Holds(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

class Models final : public Filter {
 public:
  explicit Models(Options options) : options_(std::move(options)) {}

  Result<Verdict> Judge(const RawConversation& conversation) const override {
    if (Holds(options_.deny, conversation.model)) return Drop(kDenied);
    if (options_.allow.empty() || Holds(options_.allow, conversation.model)) return kKeep;
    return Drop(kNotAllowed);
  }

 private:
  Options options_;
};

Result<StageObject> Make(const Options& options) {
  for (const std::string& name : options.allow) {
    if (Holds(options.deny, name)) return Invalid("a model stands in both allow and deny: " + name);
  }
  return std::make_unique<Models>(options);
}

}  // namespace

StageInfo ModelsStage() {
  return Describe<Options>({
      .name = "models",
      .summary = "Drops conversations with models that are not to be released.",
      .keys = {{"allow", &Options::allow, "models to keep; none named: all"},
               {"deny", &Options::deny, "models to drop"}},
      .reasons = {kNotAllowed, kDenied},
      .make = &Make,
  });
}

}  // namespace parley
