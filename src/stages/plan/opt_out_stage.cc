// Drops the conversations of people who asked for it, and single conversations by their id.

#include "stages/plan_rules.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

const std::vector<Key<OptOutOptions>>& Keys() {
  static const std::vector<Key<OptOutOptions>> keys = {
      {"ids", &OptOutOptions::ids, "file of conversation ids, one a line"},
      {"users", &OptOutOptions::users,
       "file of user identifiers as the source has them, one a line"},
      {"emails", &OptOutOptions::emails, "file of e-mail addresses, one a line"}};
  return keys;
}

}  // namespace

Result<OptOutOptions> OptOutOptionsFrom(const Settings& settings) {
  return OptionsFrom(Keys(), settings);
}

StageInfo OptOutStage() {
  return Describe<OptOutOptions>({
      .name = "opt_out",
      .summary = "Drops the conversations of people who asked for it.",
      .kind = StageKind::kPlan,
      .keys = Keys(),
      .reasons = {kOptedOut},
  });
}

}  // namespace parley
