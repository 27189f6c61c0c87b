// Gives each message its moderation tags: those of the source where it has them, and else those of
// the model that ships with the program or of an endpoint.

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "stages/moderation/endpoint_moderation.h"
#include "stages/moderation/moderation_source.h"
#include "stages/stage.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

constexpr std::array<std::string_view, 4> kBackends = {"embedded", "endpoint", "carry", "none"};

struct Options {
  std::string backend = std::string(kModerationByDefault);
  bool carry = true;
  std::string url;
  std::string model;
  std::string key_variable = EndpointOptions().key_variable;
  int64_t batch_texts = EndpointOptions().batch_texts;
  int64_t connections = EndpointOptions().connections;
  int64_t requests_per_minute = EndpointOptions().requests_per_minute;
  int64_t timeout_seconds = EndpointOptions().timeout_seconds;
  int64_t attempts = EndpointOptions().attempts;
  int64_t give_up_after = EndpointOptions().give_up_after;
};

Result<std::shared_ptr<const ModerationSource>> OpenEndpoint(const Options& options) {
  return OpenEndpointModeration({.url = options.url,
                                 .model = options.model,
                                 .key_variable = options.key_variable,
                                 .batch_texts = options.batch_texts,
                                 .connections = options.connections,
                                 .requests_per_minute = options.requests_per_minute,
                                 .timeout_seconds = options.timeout_seconds,
                                 .attempts = options.attempts,
                                 .give_up_after = options.give_up_after});
}

Result<StageObject> Make(const Options& options) {
  if (std::ranges::find(kBackends, options.backend) == kBackends.end()) {
    return Invalid("backend is \"" + options.backend +
                   "\"; it is \"embedded\", \"endpoint\", \"carry\" or \"none\"");
  }
  if (!options.carry && (options.backend == "carry" || options.backend == "none")) {
    return Invalid("carry is false, and backend \"" + options.backend + "\" judges nothing anew");
  }
  if (options.backend != "endpoint" && !options.url.empty()) {
    return Invalid("url is set, but would do nothing: backend is \"" + options.backend + "\"");
  }
  auto step = std::make_unique<ModerationStep>(
      ModerationStep{.backend = options.backend, .carry = options.carry});
  if (options.backend == "endpoint") step->source = TRY(OpenEndpoint(options));
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
      .keys =
          {{"backend", &Options::backend,
            "who judges: \"embedded\" (the model that ships with the program), \"endpoint\" (a "
            "server of /v1/moderations), \"carry\" (nobody: only tags of the source go out) or "
            "\"none\" (no tags at all)"},
           {"carry", &Options::carry,
            "whether tags of the source stay, and only what has none is judged"},
           {"url", &Options::url,
            "for \"endpoint\": its whole address, such as https://host/v1/moderations"},
           {"model", &Options::model, "the model to ask it for; empty: its own choice"},
           {"key_variable", &Options::key_variable,
            "the variable of the environment that holds the key; the key itself is in no recipe"},
           {"batch_texts", &Options::batch_texts, "texts in a request"},
           {"connections", &Options::connections, "requests under way at a time"},
           {"requests_per_minute", &Options::requests_per_minute,
            "the most to send; 0: as fast as it answers"},
           {"timeout_seconds", &Options::timeout_seconds, "for a request"},
           {"attempts", &Options::attempts,
            "how often a batch is sent before its messages stay without tags"},
           {"give_up_after", &Options::give_up_after,
            "unanswered batches in a row that end the run, which can go on later; 0: never"}},
      .make = &Make,
  });
}

}  // namespace parley
