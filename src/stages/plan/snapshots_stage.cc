// Of the records with one conversation id, keeps the newest that is valid. A log has a line for
// each answer, and every line holds all that was said before.

#include "stages/plan_rules.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

struct Options {};

}  // namespace

StageInfo SnapshotsStage() {
  return Describe<Options>({
      .name = "snapshots",
      .summary = "Merges the records of one conversation into the newest that is valid.",
      .kind = StageKind::kPlan,
      .reasons = {kNewerSnapshot},
  });
}

}  // namespace parley
