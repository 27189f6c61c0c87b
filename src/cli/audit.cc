// parley audit: people read a sample, and what they find goes on the card.

#include "parley/audit.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string_view>

#include "cli/commands.h"
#include "cli/progress_line.h"

namespace parley {
namespace {

constexpr int64_t kLargestSample = 100'000;

struct Flags {
  AuditRequest request;
  std::vector<std::string> verdicts;
  int64_t size = 0;
  uint64_t seed = 0;
  bool print = false;
  bool quiet = false;
};

constexpr std::string_view kHelp =
    "  y            all else is right: on to the next\n"
    "  m WORDS      these words were missed: a name     m EMAIL: WORDS   of another type\n"
    "  f TAG        a tag (NAME_1) stands for nothing personal, wherever this text has it\n"
    "  u            take back the last m or f, or the verdict on the text before\n"
    "  n            on to the next without a verdict\n"
    "  q            stop; what was said is kept\n";

std::string Shown(const std::optional<MeasuredShare>& share) {
  if (!share) return "–";
  return fmt::format("{:.1f} % ({:.1f} to {:.1f})", share->share * 100, share->low * 100,
                     share->high * 100);
}

void PrintLine(std::string_view name, const AuditLine& line) {
  fmt::print("{:<14} {:>6} {:>6} {:>6}   {:<26} {}\n", name, line.right, line.wrong, line.missed,
             Shown(line.recall), Shown(line.precision));
}

void PrintEstimate(const AuditEstimate& estimate) {
  fmt::print("{} of {} texts read, of {} in the release (strata with {:.1f} % of them)\n\n",
             HumanCount(estimate.read), HumanCount(estimate.drawn), HumanCount(estimate.texts),
             estimate.texts == 0 ? 0.0
                                 : 100.0 * static_cast<double>(estimate.covered_texts) /
                                       static_cast<double>(estimate.texts));
  fmt::print("{:<14} {:>6} {:>6} {:>6}   {:<26} {}\n", "", "right", "wrong", "missed", "recall",
             "precision");
  PrintLine("everything", estimate.all);
  for (const AuditLine& type : estimate.types) PrintLine(type.name, type);
  for (const AuditLine& language : estimate.languages) PrintLine(language.name, language);
  fmt::print("\nIntervals: 95 %, Clopper and Pearson on the effective size of the sample.\n");
}

// The text with its tags, hints and missed words in colour, or in brackets where there is none.
std::string Marked(const AuditText& text, const AuditVerdict& verdict, bool colour) {
  struct Mark {
    int64_t begin, end;
    std::string before, after;
  };
  std::vector<Mark> marks;
  for (size_t i = 0; i < text.tags.size(); ++i) {
    const AuditTag& tag = text.tags[i];
    const bool wrong =
        std::ranges::find(verdict.false_tags, static_cast<int64_t>(i)) != verdict.false_tags.end();
    const std::string was = tag.original.empty() ? "" : "=" + tag.original;
    marks.push_back({tag.begin, tag.end, colour ? (wrong ? "\x1b[9;31m" : "\x1b[1;34m") : "[",
                     was + (colour  ? "\x1b[0m"
                            : wrong ? " wrong]"
                                    : "]")});
  }
  for (const AuditMiss& miss : verdict.missed) {
    marks.push_back(
        {miss.begin, miss.end, colour ? "\x1b[30;43m" : "{", colour ? "\x1b[0m" : " missed}"});
  }
  if (colour) {
    for (const AuditSpan& hint : text.hints) {
      marks.push_back({hint.begin, hint.end, "\x1b[4m", "\x1b[0m"});
    }
  }
  std::ranges::stable_sort(marks, {}, &Mark::begin);
  std::string out;
  int64_t at = 0;
  for (const Mark& mark : marks) {
    if (mark.begin < at) continue;
    const auto begin = static_cast<size_t>(mark.begin);
    out += text.text.substr(static_cast<size_t>(at), begin - static_cast<size_t>(at));
    out +=
        mark.before + text.text.substr(begin, static_cast<size_t>(mark.end) - begin) + mark.after;
    at = mark.end;
  }
  return out + text.text.substr(static_cast<size_t>(at));
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// Marks the first place of `words` that is not marked yet. False if there is none.
bool MarkMissed(std::string_view words, const AuditText& text, AuditVerdict& verdict) {
  std::string type = "NAME";
  const size_t colon = words.find(": ");
  const auto is_upper = [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; };
  if (colon != std::string_view::npos && std::ranges::all_of(words.substr(0, colon), is_upper)) {
    type = words.substr(0, colon);
    words = Trimmed(words.substr(colon + 2));
  }
  if (words.empty()) return false;
  for (size_t at = text.text.find(words); at != std::string::npos;
       at = text.text.find(words, at + 1)) {
    const auto begin = static_cast<int64_t>(at);
    const auto end = begin + static_cast<int64_t>(words.size());
    const auto overlaps = [&](const auto& span) { return span.begin < end && begin < span.end; };
    if (std::ranges::any_of(verdict.missed, overlaps)) continue;
    verdict.missed.push_back({begin, end, type});
    std::ranges::sort(verdict.missed, {}, &AuditMiss::begin);
    return true;
  }
  return false;
}

bool MarkFalse(std::string_view tag, const AuditText& text, AuditVerdict& verdict) {
  bool found = false;
  for (size_t i = 0; i < text.tags.size(); ++i) {
    const AuditTag& one = text.tags[i];
    const auto begin = static_cast<size_t>(one.begin);
    if (text.text.substr(begin, static_cast<size_t>(one.end) - begin) != tag) continue;
    found = true;
    const auto index = static_cast<int64_t>(i);
    if (std::ranges::find(verdict.false_tags, index) == verdict.false_tags.end()) {
      verdict.false_tags.push_back(index);
    }
  }
  std::ranges::sort(verdict.false_tags);
  return found;
}

// Reads the sample on a terminal.
class Reading {
 public:
  explicit Reading(Audit& audit) : audit_(audit), colour_(isatty(STDOUT_FILENO) != 0) {}

  Status Run() {
    fmt::print("{}", kHelp);
    while (at_ < audit_.texts().size() && !stopped_) {
      if (audit_.VerdictOn(at_) != nullptr) {
        ++at_;
        continue;
      }
      TRY(Ask());
    }
    return {};
  }

 private:
  Status Ask() {
    const AuditText& text = audit_.texts()[at_];
    verdict_ = {.text = text.id};
    earlier_.clear();
    Show(text);
    std::string line;
    for (;;) {
      fmt::print("y/m/f/u/n/q> ");
      std::fflush(stdout);
      if (!std::getline(std::cin, line)) {
        stopped_ = true;
        return {};
      }
      const bool next = TRY(Obey(Trimmed(line), text));
      if (next) return {};
    }
  }

  void Show(const AuditText& text) const {
    fmt::print("\n--- {} of {} · {} · {} ---\n{}\n\n", at_ + 1, audit_.texts().size(),
               text.language, text.role, Marked(text, verdict_, colour_));
  }

  // Whether it goes on to another text.
  Result<bool> Obey(std::string_view line, const AuditText& text) {
    if (line == "q") {
      stopped_ = true;
      return true;
    }
    if (line == "n") {
      ++at_;
      return true;
    }
    if (line == "y") {
      TRY(audit_.Judge(verdict_));
      judged_.push_back(at_++);
      return true;
    }
    if (line == "u") return TakeBack(text);
    AuditVerdict changed = verdict_;
    const bool done = line.starts_with("m ")   ? MarkMissed(Trimmed(line.substr(2)), text, changed)
                      : line.starts_with("f ") ? MarkFalse(Trimmed(line.substr(2)), text, changed)
                                               : false;
    if (!done) {
      fmt::print("{}", line.starts_with("m ") || line.starts_with("f ")
                           ? "That does not stand in this text.\n"
                           : kHelp);
      return false;
    }
    earlier_.push_back(verdict_);
    verdict_ = std::move(changed);
    Show(text);
    return false;
  }

  Result<bool> TakeBack(const AuditText& text) {
    if (!earlier_.empty()) {
      verdict_ = std::move(earlier_.back());
      earlier_.pop_back();
      Show(text);
      return false;
    }
    if (judged_.empty()) return false;
    at_ = judged_.back();
    judged_.pop_back();
    TRY(audit_.TakeBack(audit_.texts()[at_].id));
    return true;
  }

  Audit& audit_;
  bool colour_;
  bool stopped_ = false;
  size_t at_ = 0;
  AuditVerdict verdict_;
  std::vector<AuditVerdict> earlier_;  // Of this text.
  std::vector<size_t> judged_;         // In this sitting.
};

Status TakeAll(const std::vector<std::string>& paths, Audit& audit) {
  for (const std::string& path : paths) {
    const int64_t changed = TRY(audit.TakeVerdicts(path));
    if (changed > 0) {
      fmt::print("{}: {} texts had another verdict before; this one counts\n", path,
                 HumanCount(changed));
    }
  }
  return {};
}

Status Do(const Flags& flags) {
  ProgressLine progress;
  Audit audit = TRY(Audit::Open(flags.request, flags.quiet ? nullptr : &progress));
  if (!audit.note().empty()) fmt::print("{}\n", audit.note());
  TRY(TakeAll(flags.verdicts, audit));
  if (flags.print) TRY(Reading(audit).Run());
  const AuditEstimate estimate = audit.Estimate();
  if (!flags.print && flags.verdicts.empty()) {
    fmt::print(
        "{} texts drawn, {} read. Open this page, read, export, and give the file back with "
        "--verdicts:\n{}\n",
        HumanCount(estimate.drawn), HumanCount(estimate.read), audit.page_path());
    return {};
  }
  if (estimate.read == 0) {
    fmt::print("No text was read yet.\n");
    return {};
  }
  PrintEstimate(estimate);
  TRY(audit.Publish());
  fmt::print("The estimate stands on the card, in the report and in the manifest.\n");
  return {};
}

int Run(const Flags& flags) {
  const Status done = Do(flags);
  if (done) return kExitDone;
  fmt::print(stderr, "parley audit: {}\n", Describe(done.error()));
  const bool wrong_use =
      done.error().code == Code::kNotFound || done.error().code == Code::kInvalid;
  return wrong_use ? kExitWrongUse : kExitFailed;
}

}  // namespace

void AddAuditCommand(CLI::App& app, int& exit_code) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* command = app.add_subcommand(
      "audit",
      "Draws a sample of a release for people to read, and puts what they find on its card.");
  command->add_option("RUN", flags->request.path, "The run's folder, or its release/")->required();
  CLI::Option* size =
      command->add_option("--sample", flags->size, "Texts to draw; as before, or 200")
          ->check(CLI::Range(int64_t{1}, kLargestSample));
  CLI::Option* seed = command->add_option("--seed", flags->seed, "Of the draw; as before, or 0");
  command
      ->add_option("--inputs", flags->request.inputs,
                   "The logs the run read: then the page says what each tag stands for")
      ->type_name("INPUT");
  command->add_option("--verdicts", flags->verdicts, "Files that the page exported; they add up")
      ->type_name("FILE");
  command->add_flag("--print", flags->print, "Read here, on the terminal, instead of on the page");
  command->add_flag("--quiet", flags->quiet, "No progress");
  command->footer(
      "The sample lies in private/audit beside the release and must stay there.\n"
      "Exit codes: 0 done, 1 failed, 2 no release there or no verdicts on this sample.");
  command->callback([flags, size, seed, &exit_code] {
    if (size->count() > 0) flags->request.size = flags->size;
    if (seed->count() > 0) flags->request.seed = flags->seed;
    exit_code = Run(*flags);
  });
}

}  // namespace parley
