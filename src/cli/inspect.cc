// parley inspect: what a file is.

#include "parley/inspect.h"

#include <fmt/format.h>

#include <memory>

#include "cli/commands.h"

namespace parley {

void AddInspectCommand(CLI::App& app, int& exit_code) {
  struct Flags {
    std::string file;
    InspectOptions options;
    bool json = false;
  };
  const auto flags = std::make_shared<Flags>();
  CLI::App* command = app.add_subcommand(
      "inspect", "What a file is: its format, its fields, what is in it, its first records.");
  command->add_option("FILE", flags->file, "JSONL, a JSON list or Parquet; plain, gzip or zstd")
      ->required();
  command->add_option("--format", flags->options.format, "Read it as this format, do not guess")
      ->type_name("NAME");
  command->add_option("--records", flags->options.shown_records, "How many records to show (2)")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber);
  command->add_flag("--json", flags->json, "As one JSON object");
  command->callback([flags, &exit_code] {
    const auto inspection = InspectFile(flags->file, flags->options);
    if (!inspection) {
      fmt::print(stderr, "parley inspect: {}\n", Describe(inspection.error()));
      exit_code = inspection.error().code == Code::kIo ? kExitFailed : kExitWrongUse;
      return;
    }
    fmt::print("{}", flags->json ? InspectionJson(*inspection) : InspectionText(*inspection));
  });
}

}  // namespace parley
