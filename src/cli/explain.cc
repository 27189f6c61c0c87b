// parley explain: the story of one conversation.

#include <fmt/format.h>

#include <memory>

#include "cli/commands.h"
#include "parley/curate.h"

namespace parley {

void AddExplainCommand(CLI::App& app, int& exit_code) {
  struct Flags {
    std::string run;
    std::string id;
  };
  const auto flags = std::make_shared<Flags>();
  CLI::App* command =
      app.add_subcommand("explain", "The story of one conversation: what became of it, and why.");
  command->add_option("--run", flags->run, "The run's folder")->required()->type_name("RUN");
  command->add_option("ID", flags->id, "Its id in the source, or in the release")->required();
  command->callback([flags, &exit_code] {
    const auto story = Explain(flags->run, flags->id);
    if (!story) {
      fmt::print(stderr, "parley explain: {}\n", Describe(story.error()));
      exit_code = kExitFailed;
      return;
    }
    fmt::print("{}", *story);
  });
}

}  // namespace parley
