// Finds conversations that say the same, and counts them or keeps one of them.

#include <fmt/format.h>

#include "stages/plan_rules.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

const std::vector<Key<DuplicateOptions>>& Keys() {
  static const std::vector<Key<DuplicateOptions>> keys = {
      {"policy", &DuplicateOptions::policy,
       "annotate: keep all and say how many there are; drop: keep one"},
      {"over", &DuplicateOptions::over,
       "conversation: all messages must be equal; user: those of the user"}};
  return keys;
}

Status Validate(const DuplicateOptions& options) {
  if (options.policy != "annotate" && options.policy != "drop") {
    return Invalid(
        fmt::format("policy: \"{}\" is neither \"annotate\" nor \"drop\"", options.policy));
  }
  if (options.over != "conversation" && options.over != "user") {
    return Invalid(
        fmt::format("over: \"{}\" is neither \"conversation\" nor \"user\"", options.over));
  }
  return {};
}

Result<StageObject> Make(const DuplicateOptions& options) {
  TRY(Validate(options));
  return StageObject{};
}

}  // namespace

Result<DuplicateOptions> DuplicateOptionsFrom(const Settings& settings) {
  DuplicateOptions options = OptionsFrom(Keys(), settings);
  TRY(Validate(options));
  return options;
}

StageInfo DuplicatesStage() {
  return Describe<DuplicateOptions>({
      .name = "duplicates",
      .summary = "Finds conversations that say the same, spacing aside.",
      .kind = StageKind::kPlan,
      .keys = Keys(),
      .reasons = {kDuplicate},
      .make = &Make,
  });
}

}  // namespace parley
