// Says under which identifiers conversations are released.

#include <fmt/format.h>

#include "stages/plan_rules.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

const std::vector<Key<IdentifierOptions>>& Keys() {
  static const std::vector<Key<IdentifierOptions>> keys = {
      {"ids", &IdentifierOptions::ids,
       "hashed: conversation_id is a hash of the source's; source: it is the source's"}};
  return keys;
}

Status Validate(const IdentifierOptions& options) {
  if (options.ids == "hashed" || options.ids == "source") return {};
  return Invalid(fmt::format("ids: \"{}\" is neither \"hashed\" nor \"source\"", options.ids));
}

Result<StageObject> Make(const IdentifierOptions& options) {
  TRY(Validate(options));
  return StageObject{};
}

}  // namespace

Result<IdentifierOptions> IdentifierOptionsFrom(const Settings& settings) {
  IdentifierOptions options = OptionsFrom(Keys(), settings);
  TRY(Validate(options));
  return options;
}

StageInfo IdentifiersStage() {
  return Describe<IdentifierOptions>({
      .name = "identifiers",
      .summary = "Says under which identifiers conversations are released.",
      .kind = StageKind::kPlan,
      .keys = Keys(),
      .make = &Make,
  });
}

}  // namespace parley
