// parley curate: raw logs in, release out.

#include "parley/curate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <optional>

#include "cli/commands.h"
#include "cli/progress_line.h"

namespace parley {
namespace {

// Keys of the recipe that people look for under a name of their own.
constexpr std::array<std::pair<const char*, const char*>, 3> kShortFlags = {
    {{"--format", "input.format"},
     {"--oasst-paths", "input.oasst_paths"},
     {"--tokenizer", "tokens.tokenizer"}}};

struct Flags {
  CurateRequest request;
  std::array<std::string, kShortFlags.size()> short_flags;
  std::string memory = "2GiB";
  bool without_names = false;
  bool print_recipe = false;
  bool quiet = false;
  bool json = false;
};

void PrintCounts(std::string_view title, const std::map<std::string, int64_t>& counts) {
  if (counts.empty()) return;
  fmt::print("\n{}\n", title);
  for (const auto& [name, count] : counts) fmt::print("  {:>12}  {}\n", HumanCount(count), name);
}

void PrintReleases(const CurateSummary& summary) {
  for (const ReleaseSummary& release : summary.releases) {
    fmt::print("  {}: {} conversations in {} shards, {}: {}\n", release.name,
               HumanCount(release.kept), HumanCount(release.shards),
               HumanBytes(static_cast<double>(release.size_bytes)), release.folder);
  }
}

void PrintSummary(const CurateSummary& summary) {
  if (summary.already_done) {
    fmt::print("Nothing to do: this run had finished. Its release: {}\n", summary.release_folder);
    return;
  }
  fmt::print("{} input files, {}\n", HumanCount(summary.input_files),
             HumanBytes(static_cast<double>(summary.input_bytes)));
  PrintCounts("What became of the records", summary.outcomes);
  PrintCounts("Why not", summary.reasons);
  PrintCounts("Redacted", summary.redactions);
  if (!summary.missing_card_fields.empty()) {
    std::string list;
    for (const std::string& field : summary.missing_card_fields) {
      list += (list.empty() ? "" : ", ") + field;
    }
    fmt::print("\nThe card lacks: {}. Set them under [card] in a recipe.\n", list);
  }
  if (summary.dry_run) {
    fmt::print("\nA dry run: {} conversations would go on to be written.\n",
               HumanCount(summary.kept));
    if (!summary.releases.empty()) {
      fmt::print("How many of them each of the {} releases takes shows when texts are read.\n",
                 summary.releases.size());
    }
  } else {
    fmt::print("\nReleased {} conversations in {} shards, {}: {}\n", HumanCount(summary.kept),
               HumanCount(summary.shards), HumanBytes(static_cast<double>(summary.release_bytes)),
               summary.release_folder);
    PrintReleases(summary);
  }
  if (summary.over_limit) fmt::print("\nOver a limit: {}.\n", summary.limit_message);
}

int ExitCodeOf(const Error& error) {
  return error.code == Code::kInvalid || error.code == Code::kNotFound ? kExitWrongUse
                                                                       : kExitFailed;
}

int Run(Flags& flags, const std::vector<std::pair<std::string, std::string>>& settings) {
  flags.request.settings = settings;
  for (size_t i = 0; i < kShortFlags.size(); ++i) {
    if (flags.short_flags[i].empty()) continue;
    flags.request.settings.emplace_back(kShortFlags[i].second, flags.short_flags[i]);
  }
  if (flags.without_names) flags.request.settings.emplace_back("names.enabled", "false");
  if (flags.print_recipe) {
    const auto recipe = PrintRecipe(flags.request.recipe_path, flags.request.settings);
    if (!recipe) {
      fmt::print(stderr, "parley curate: {}\n", Describe(recipe.error()));
      return kExitWrongUse;
    }
    fmt::print("{}", *recipe);
    return kExitDone;
  }
  if (flags.request.inputs.empty() || flags.request.out.empty()) {
    fmt::print(stderr,
               "parley curate: give INPUT… and --out RUN; `parley curate --help` tells more\n");
    return kExitWrongUse;
  }
  const auto memory = BytesFrom(flags.memory);
  if (!memory) {
    fmt::print(stderr, "parley curate: --memory \"{}\" is no size; write 2GiB or 512MiB\n",
               flags.memory);
    return kExitWrongUse;
  }
  flags.request.memory_bytes = *memory;
  ProgressLine progress;
  const auto summary = Curate(flags.request, flags.quiet ? nullptr : &progress);
  if (!summary) {
    fmt::print(stderr, "parley curate: {}\n", Describe(summary.error()));
    return ExitCodeOf(summary.error());
  }
  if (flags.json) {
    fmt::print("{}\n", SummaryToJson(*summary));
  } else if (!flags.quiet) {
    PrintSummary(*summary);
  }
  return summary->over_limit ? kExitOverLimit : kExitDone;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> TakeRecipeFlags(
    std::vector<std::string>& arguments) {
  std::vector<std::pair<std::string, std::string>> settings;
  std::vector<std::string> rest;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    const std::string name = argument.substr(0, argument.find('='));
    const bool recipe_key =
        name.starts_with("--") && (name.find('.') != std::string::npos || name == "--order");
    if (!recipe_key) {
      rest.push_back(argument);
    } else if (name.size() < argument.size()) {
      settings.emplace_back(name.substr(2), argument.substr(name.size() + 1));
    } else {
      settings.emplace_back(name.substr(2), i + 1 < arguments.size() ? arguments[++i] : "");
    }
  }
  arguments = std::move(rest);
  return settings;
}

void AddCurateCommand(CLI::App& app, std::vector<std::pair<std::string, std::string>>& settings,
                      int& exit_code) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* command = app.add_subcommand("curate", "Raw logs in, release out: the main job.");
  command->add_option("INPUT", flags->request.inputs,
                      "Files, folders, globs, or - for standard input; plain, gzip or zstd");
  command->add_option("--out", flags->request.out, "The run's folder: gets release/ and private/")
      ->type_name("RUN");
  command->add_option("--recipe", flags->request.recipe_path, "TOML; every key is optional")
      ->type_name("FILE");
  command->add_flag("--print-recipe", flags->print_recipe,
                    "Print the whole recipe with a sentence for each key, and stop");
  command
      ->add_option("--key", flags->request.key_path,
                   "Key for the user ids; made once in private/ if not given")
      ->type_name("FILE");
  command
      ->add_option("--canaries", flags->request.canaries_path,
                   "Lines that must not stand in the release; one that does ends the run")
      ->type_name("FILE");
  command->add_option("--threads", flags->request.threads, "0: as many as the machine has");
  command->add_option("--memory", flags->memory, "Budget for the whole process, such as 2GiB")
      ->capture_default_str();
  command->add_flag("--dry-run", flags->request.dry_run,
                    "Stop after the plan and show what would be kept");
  command->add_flag("--strict", flags->request.strict, "Stop at the first bad record");
  command->add_flag("--without-names", flags->without_names,
                    "Leave names of persons in the texts: no model of names is needed");
  command->add_flag("--quiet", flags->quiet, "Say nothing but errors");
  command->add_flag("--json", flags->json, "The summary as JSON");
  command->footer(
      "Every key of the recipe is a flag too: --message_length.max_code_points 8000,\n"
      "--release.profile extended, --sample.count 1000. --print-recipe shows them all.\n\n"
      "  parley curate logs/ --out run                     the default release\n"
      "  zstdcat logs.zst | parley curate - --out run      from a pipe\n"
      "  parley curate logs/ --out run --dry-run           what would be kept, and why not\n\n"
      "A run that was stopped goes on with the same command. Bad records go to the ledger in\n"
      "RUN/private/ledger; `parley explain --run RUN ID` tells the story of one conversation.");
  command->callback([flags, &settings, &exit_code] { exit_code = Run(*flags, settings); });
}

}  // namespace parley
