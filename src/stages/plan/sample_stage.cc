// Keeps a number of conversations chosen by a seed, so that a small release is fair to the large
// one.

#include "stages/plan_rules.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

const std::vector<Key<SampleOptions>>& Keys() {
  static const std::vector<Key<SampleOptions>> keys = {
      {"count", &SampleOptions::count, "conversations to keep; 0 for all"},
      {"seed", &SampleOptions::seed, "another seed chooses others"}};
  return keys;
}

Status Validate(const SampleOptions& options) {
  return options.count < 0 ? Status(Invalid("count is below 0")) : Status();
}

Result<StageObject> Make(const SampleOptions& options) {
  TRY(Validate(options));
  return StageObject{};
}

}  // namespace

Result<SampleOptions> SampleOptionsFrom(const Settings& settings) {
  const SampleOptions options = OptionsFrom(Keys(), settings);
  TRY(Validate(options));
  return options;
}

StageInfo SampleStage() {
  return Describe<SampleOptions>({
      .name = "sample",
      .summary = "Keeps a number of conversations chosen by a seed.",
      .kind = StageKind::kPlan,
      .keys = Keys(),
      .reasons = {kNotSampled},
      .make = &Make,
  });
}

}  // namespace parley
