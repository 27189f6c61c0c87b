// Drops a conversation whose source does not say that it was given under terms that allow a
// release.

#include "stages/plan_rules.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

const std::vector<Key<ConsentOptions>>& Keys() {
  static const std::vector<Key<ConsentOptions>> keys = {
      {"versions", &ConsentOptions::versions,
       "versions of the terms that count; none named: any, but some"}};
  return keys;
}

}  // namespace

Result<ConsentOptions> ConsentOptionsFrom(const Settings& settings) {
  return OptionsFrom(Keys(), settings);
}

StageInfo ConsentStage() {
  return Describe<ConsentOptions>({
      .name = "consent",
      .summary = "Drops a conversation that was not given under the terms named.",
      .kind = StageKind::kPlan,
      .enabled = false,
      .keys = Keys(),
      .reasons = {kNoConsent},
  });
}

}  // namespace parley
