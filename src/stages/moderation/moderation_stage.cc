// Gives each message its moderation tags: those of the source where it has them, and else those of
// the model that ships with the program or of an endpoint.

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "stages/moderation/moderation_source.h"
#include "stages/stage.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

constexpr std::array<std::string_view, 4> kBackends = {"embedded", "endpoint", "carry", "none"};

struct Options {
  std::string backend = std::string(kModerationByDefault);
  bool carry = true;
};

Result<StageObject> Make(const Options& options) {
  if (std::ranges::find(kBackends, options.backend) == kBackends.end()) {
    return Invalid("backend is \"" + options.backend +
                   "\"; it is \"embedded\", \"endpoint\", \"carry\" or \"none\"");
  }
  if (!options.carry && (options.backend == "carry" || options.backend == "none")) {
    return Invalid("carry is false, and backend \"" + options.backend + "\" judges nothing anew");
  }
  if (options.backend == "endpoint") {
    return Invalid("backend is \"endpoint\", for which this version has no client yet");
  }
  auto step = std::make_unique<ModerationStep>(
      ModerationStep{.backend = options.backend, .carry = options.carry});
  if (options.backend == "embedded") {
    auto source = OpenEmbeddedModeration();
    if (!source) {
      source.error().message +=
          "; without it no message is tagged, which must be said: moderation.backend = \"carry\" "
          "keeps the tags of the source, \"none\" leaves all out";
      return std::unexpected(std::move(source.error()));
    }
    step->source = std::move(*source);
  }
  return StageObject{std::move(step)};
}

}  // namespace

StageInfo ModerationStage() {
  return Describe<Options>({
      .name = "moderation",
      .summary = "Tags each message with the eleven categories of OpenAI's moderation.",
      .kind = StageKind::kModerator,
      .keys = {{"backend", &Options::backend,
                "who judges: \"embedded\" (the model that ships with the program), \"endpoint\" (a "
                "server of /v1/moderations), \"carry\" (nobody: only tags of the source go out) or "
                "\"none\" (no tags at all)"},
               {"carry", &Options::carry,
                "whether tags of the source stay, and only what has none is judged"}},
      .make = &Make,
  });
}

}  // namespace parley
