// parley moderate: the embedded moderation for other programs, on this machine.

#include "parley/moderate.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "cli/commands.h"

namespace parley {
namespace {

struct Flags {
  ServeModerationOptions options;
  bool serve = false;
};

int Run(const Flags& flags) {
  if (!flags.serve) {
    fmt::print(
        stderr,
        "parley moderate: give --serve; for files there is `parley tag --with moderation`\n");
    return kExitWrongUse;
  }
  const Status served = ServeModeration(flags.options, [](int port) {
    fmt::print("Answers on http://127.0.0.1:{}/v1/moderations; Ctrl-C ends it.\n", port);
    std::fflush(stdout);
  });
  if (served) return kExitDone;
  fmt::print(stderr, "parley moderate: {}\n", Describe(served.error()));
  return served.error().code == Code::kConflict ? kExitFailed : kExitWrongUse;
}

}  // namespace

void AddModerateCommand(CLI::App& app, int& exit_code) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* command = app.add_subcommand(
      "moderate", "Answers /v1/moderations on this machine, for any client of OpenAI's API.");
  command->add_flag("--serve", flags->serve, "Listen on 127.0.0.1 until stopped");
  command->add_option("--port", flags->options.port, "0: one that is free")
      ->capture_default_str()
      ->check(CLI::Range(0, 65535));
  command->add_option("--connections", flags->options.connections, "Clients at a time")
      ->capture_default_str()
      ->check(CLI::Range(1, 1024));
  command->footer(
      "  parley moderate --serve --port 8642\n"
      "  client = OpenAI(base_url=\"http://127.0.0.1:8642/v1\", api_key=\"none\")\n"
      "  client.moderations.create(input=\"…\")");
  command->callback([flags, &exit_code] { exit_code = Run(*flags); });
}

}  // namespace parley
