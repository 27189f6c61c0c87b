// parley verify: is a release what it says it is, and does nothing raw stand in it?

#include "parley/verify.h"

#include <fmt/format.h>

#include <memory>

#include "cli/commands.h"
#include "cli/progress_line.h"

namespace parley {
namespace {

struct Flags {
  VerifyRequest request;
  bool quiet = false;
};

void PrintFinding(const VerifyFinding& finding) {
  std::string place = finding.file;
  if (finding.row >= 0) place += fmt::format(", row {}", finding.row);
  fmt::print("{}{}{}\n", place, place.empty() ? "" : ": ", finding.message);
}

void PrintReport(const VerifyReport& report) {
  for (const VerifyFinding& finding : report.findings) PrintFinding(finding);
  const auto listed = static_cast<int64_t>(report.findings.size());
  if (report.finding_count > listed) {
    fmt::print("… and {} findings more\n", HumanCount(report.finding_count - listed));
  }
  for (const std::string& sentence : report.not_checked) fmt::print("Not checked: {}\n", sentence);
  fmt::print("{}: {} files, {} rows, {} ledger rows, {} secrets looked for, {} findings\n",
             report.sound() ? "Sound" : "Not sound", HumanCount(report.files),
             HumanCount(report.rows), HumanCount(report.ledger_rows), HumanCount(report.secrets),
             HumanCount(report.finding_count));
}

int Run(const Flags& flags) {
  ProgressLine progress;
  const auto report = Verify(flags.request, flags.quiet ? nullptr : &progress);
  if (!report) {
    fmt::print(stderr, "parley verify: {}\n", Describe(report.error()));
    return report.error().code == Code::kNotFound ? kExitWrongUse : kExitFailed;
  }
  PrintReport(*report);
  return report->sound() ? kExitDone : kExitFailed;
}

}  // namespace

void AddVerifyCommand(CLI::App& app, int& exit_code) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* command = app.add_subcommand(
      "verify",
      "Checks a release: hashes, columns, counts, ledger, and that nothing raw is in it.");
  command->add_option("RUN", flags->request.path, "The run's folder, or its release/")->required();
  command
      ->add_option("--canaries", flags->request.canaries_path,
                   "Lines that must not stand in the release")
      ->type_name("FILE");
  command->add_option("--threads", flags->request.threads, "0: as many as the machine has");
  command->add_flag("--quiet", flags->quiet, "No progress");
  command->footer(
      "Exit codes: 0 sound, 1 not, 2 no release there. Findings name file and row, never "
      "the value.");
  command->callback([flags, &exit_code] { exit_code = Run(*flags); });
}

}  // namespace parley
