// Drops a conversation whose source does not say that it was given under terms that allow a
// release.

#include <algorithm>

#include "stages/plan_rules.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

const std::vector<Key<ConsentOptions>>& Keys() {
  static const std::vector<Key<ConsentOptions>> keys = {
      {"versions", &ConsentOptions::versions,
       "versions of the terms that count, or any; none named: not asked for"}};
  return keys;
}

}  // namespace

Result<ConsentOptions> ConsentOptionsFrom(const Settings& settings) {
  return OptionsFrom(Keys(), settings);
}

bool IsConsentEnough(const ConsentOptions& options, std::string_view consent) {
  return options.versions.empty() ||
         std::ranges::any_of(options.versions, [&](const std::string& version) {
           return !consent.empty() && (version == "any" || version == consent);
         });
}

StageInfo ConsentStage() {
  return Describe<ConsentOptions>({
      .name = "consent",
      .summary = "Drops a conversation that was not given under the terms named.",
      .kind = StageKind::kPlan,
      .keys = Keys(),
      .reasons = {kNoConsent},
  });
}

}  // namespace parley
