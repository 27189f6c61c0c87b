// Says when a run that went through has still gone wrong.

#include <fmt/format.h>

#include "stages/plan_rules.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

const std::vector<Key<LimitOptions>>& Keys() {
  static const std::vector<Key<LimitOptions>> keys = {
      {"max_bad_share", &LimitOptions::max_bad_share,
       "largest share of records, 0 to 1, that may be unreadable"},
      {"max_dropped_share", &LimitOptions::max_dropped_share,
       "largest share of conversations, 0 to 1, that may be dropped"}};
  return keys;
}

Status Validate(const LimitOptions& options) {
  // Written so that NaN fails.
  for (const auto& [name, share] : {std::pair("max_bad_share", options.max_bad_share),
                                    std::pair("max_dropped_share", options.max_dropped_share)}) {
    if (!(share >= 0 && share <= 1)) return Invalid(fmt::format("{} is not from 0 to 1", name));
  }
  return {};
}

Result<StageObject> Make(const LimitOptions& options) {
  TRY(Validate(options));
  return StageObject{};
}

}  // namespace

Result<LimitOptions> LimitOptionsFrom(const Settings& settings) {
  const LimitOptions options = OptionsFrom(Keys(), settings);
  TRY(Validate(options));
  return options;
}

StageInfo LimitsStage() {
  return Describe<LimitOptions>({
      .name = "limits",
      .summary = "Ends a run with exit code 3 when too much of its input was bad or dropped.",
      .kind = StageKind::kPlan,
      .keys = Keys(),
      .make = &Make,
  });
}

}  // namespace parley
