// parley tag: tags for any text, a line for a line.

#include "parley/tag.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "cli/commands.h"

namespace parley {
namespace {

Status WriteToOutput(std::string_view bytes) {
  // Flushed at once: behind a pipe somebody may wait for a line's answer.
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size() &&
      std::fflush(stdout) == 0) {
    return {};
  }
  return Fail(Code::kIo, fmt::format("cannot write to standard output: {}", std::strerror(errno)));
}

}  // namespace

void AddTagCommand(CLI::App& app, int& exit_code) {
  struct Flags {
    std::string file = "-";
    std::string offsets = "bytes";
    TagOptions options;
  };
  const auto flags = std::make_shared<Flags>();
  CLI::App* command = app.add_subcommand(
      "tag",
      "Tags each line of JSONL with its language, moderation, names, personal data "
      "and token counts.");
  command
      ->add_option("FILE", flags->file,
                   "JSONL of {\"id\", \"text\"} or {\"id\", \"messages\"}; - is standard input")
      ->required();
  command
      ->add_option("--with", flags->options.with,
                   "Which tags: language, moderation, names, pii, tokens (all but moderation and "
                   "names)")
      ->delimiter(',')
      ->type_name("TAGS");
  command->add_option("--offsets", flags->offsets, "What begin and end count (bytes)")
      ->check(CLI::IsMember({"bytes", "code-points"}));
  command
      ->add_option("--tokenizer", flags->options.tokenizer,
                   "Llama 2's vocabulary, where the set-up has none")
      ->type_name("FILE");
  command->add_option("--threads", flags->options.threads, "As many as the machine has, if 0")
      ->check(CLI::Range(0, 1024))
      ->type_name("N");
  command->callback([flags, &exit_code] {
    flags->options.code_point_offsets = flags->offsets == "code-points";
    const auto summary = TagFile(flags->file, flags->options, WriteToOutput);
    if (summary) return;
    fmt::print(stderr, "parley tag: {}\n", Describe(summary.error()));
    exit_code = summary.error().code == Code::kInvalid ? kExitWrongUse : kExitFailed;
  });
}

}  // namespace parley
