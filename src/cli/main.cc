// parley: turns the conversations people have with language models into datasets to release.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "parley/version.h"

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  std::vector<std::pair<std::string, std::string>> settings;
  if (!arguments.empty() && arguments[0] == "curate") settings = parley::TakeRecipeFlags(arguments);

  CLI::App app(
      "Turns the conversations people have with language models into datasets that can be "
      "released.",
      "parley");
  app.set_version_flag("--version", std::string(parley::kVersion));
  app.require_subcommand(1);
  app.footer(
      "The main job:  parley curate LOGS --out RUN   (then: parley verify RUN)\n"
      "Exit codes: 0 done, 1 failed, 2 wrong use, 3 done but over a limit set in the recipe.");
  int exit_code = parley::kExitDone;
  parley::AddCurateCommand(app, settings, exit_code);
  parley::AddExplainCommand(app, exit_code);
  parley::AddVerifyCommand(app, exit_code);
  parley::AddAuditCommand(app, exit_code);
  parley::AddInspectCommand(app, exit_code);
  parley::AddTagCommand(app, exit_code);
  parley::AddDedupeCommand(app, exit_code);
  parley::AddModerateCommand(app, exit_code);
  std::ranges::reverse(arguments);  // CLI11 takes them from the back.
  try {
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? parley::kExitDone : parley::kExitWrongUse;
  }
  return exit_code;
}
