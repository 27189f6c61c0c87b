// parley dedupe: which texts are the same again, a line for a line.

#include "parley/dedupe.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "cli/commands.h"
#include "cli/progress_line.h"

namespace parley {
namespace {

Status WriteToOutput(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size()) return {};
  return Fail(Code::kIo, fmt::format("cannot write to standard output: {}", std::strerror(errno)));
}

void Tell(const DedupeSummary& summary) {
  fmt::print(stderr, "{} lines, {}: {} in {} groups ({} groups of equal texts), {} to spare\n",
             HumanCount(summary.lines), HumanBytes(static_cast<double>(summary.bytes)),
             HumanCount(summary.grouped), HumanCount(summary.groups),
             HumanCount(summary.exact_groups), HumanCount(summary.not_kept));
  if (summary.bad_lines > 0) {
    fmt::print(stderr, "{} lines could not be read; their answers say why\n",
               HumanCount(summary.bad_lines));
  }
  if (summary.large_buckets > 0) {
    fmt::print(stderr,
               "{} sets of candidates were too large to compare whole: each text was compared with "
               "some of its set, {} pairs were not\n",
               HumanCount(summary.large_buckets), HumanCount(summary.pairs_left_out));
  }
}

}  // namespace

void AddDedupeCommand(CLI::App& app, int& exit_code) {
  struct Flags {
    std::vector<std::string> files;
    std::string memory = "1GiB";
    bool quiet = false;
    DedupeOptions options;
  };
  const auto flags = std::make_shared<Flags>();
  DedupeOptions& options = flags->options;
  CLI::App* command = app.add_subcommand(
      "dedupe", "Says of each line of JSONL which others are the same text again, or nearly.");
  command
      ->add_option(
          "FILE", flags->files,
          "JSONL of {\"id\", \"text\"} or {\"id\", \"messages\"}; plain, gzip or zstd; - is "
          "standard input")
      ->required();
  command
      ->add_option("--threshold", options.threshold,
                   "Likeness (Jaccard similarity of shingles) from which two are duplicates")
      ->check(CLI::Range(0.05, 1.0))
      ->capture_default_str();
  command
      ->add_option("--over", options.over,
                   "What of a conversation: the user's messages, the first prompt, or all")
      ->check(CLI::IsMember({"user", "first", "conversation"}))
      ->capture_default_str();
  command
      ->add_option("--shingles", options.shingles,
                   "auto, words:N or chars:N: what is compared, and how much of it at a time")
      ->type_name("RULE")
      ->capture_default_str();
  command
      ->add_option("--normalise", options.normalise,
                   "What is taken for equal: case, space, punctuation, digits, forms, or none")
      ->type_name("LIST")
      ->capture_default_str();
  CLI::Option* like =
      command
          ->add_option(
              "--like", options.like,
              "The groups of another tool, unverified: those of datatrove 0.10 for English")
          ->check(CLI::IsMember({"datatrove"}));
  command->add_flag("--exact", options.exact_only, "Equal texts alone");
  command->add_option("--pairs", options.pairs_path, "Also write every pair of duplicates found")
      ->type_name("FILE");
  command->add_option("--threads", options.threads, "As many as the machine has, if 0")
      ->check(CLI::Range(0, 1024))
      ->type_name("N");
  command->add_option("--memory", flags->memory, "Budget, such as 512MiB; the rest goes to disk")
      ->type_name("SIZE")
      ->capture_default_str();
  command->add_option("--spill", options.work_folder, "Where the rest goes; wiped at the end")
      ->type_name("FOLDER");
  for (const char* other : {"--threshold", "--shingles", "--normalise", "--exact", "--pairs"}) {
    like->excludes(command->get_option(other));
  }
  command->add_flag("--quiet", flags->quiet, "Say nothing but errors");
  command->footer(
      "One line of answer for each line, in order, on standard output:\n\n"
      "  {\"id\":\"a\",\"group\":0,\"size\":2,\"kept\":true,\"likeness\":1}\n"
      "  {\"id\":\"b\",\"group\":0,\"size\":2,\"kept\":false,\"likeness\":0.92}\n"
      "  {\"id\":\"c\",\"group\":null,\"size\":1,\"kept\":true,\"likeness\":1}\n\n"
      "group: texts that hang together by pairs at the threshold. kept: the longest of a group, "
      "and\n"
      "whatever is not like that one itself. likeness: to the one that is kept. A line that "
      "cannot\n"
      "be read is answered with {\"id\", \"error\"}.\n\n"
      "  parley dedupe prompts.jsonl > groups.jsonl\n"
      "  zstdcat logs.zst | parley dedupe - --over first --threshold 0.9\n"
      "  parley dedupe prompts.jsonl --shingles chars:5 --normalise case,space\n"
      "  jq -r 'select(.kept).id' groups.jsonl             what to keep\n\n"
      "The guide, docs/dedupe.md, says how texts are cut and compared.");
  command->callback([flags, &exit_code] {
    const auto memory = BytesFrom(flags->memory);
    if (!memory) {
      fmt::print(stderr, "parley dedupe: --memory \"{}\" is no size; write 2GiB or 512MiB\n",
                 flags->memory);
      exit_code = kExitWrongUse;
      return;
    }
    flags->options.memory_bytes = *memory;
    ProgressLine progress;
    const auto summary = DedupeFiles(flags->files, flags->options, WriteToOutput,
                                     flags->quiet ? nullptr : &progress);
    if (summary && std::fflush(stdout) == 0) {
      if (!flags->quiet) Tell(*summary);
      return;
    }
    const Error error =
        summary ? Error{Code::kIo, "cannot write to standard output"} : summary.error();
    fmt::print(stderr, "parley dedupe: {}\n", Describe(error));
    exit_code =
        error.code == Code::kInvalid || error.code == Code::kNotFound ? kExitWrongUse : kExitFailed;
  });
}

}  // namespace parley
