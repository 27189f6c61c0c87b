#include <fmt/format.h>

#include "stages/catalogue.h"

namespace parley {
namespace {

std::string_view PassOf(const StageInfo& stage) {
  switch (stage.kind) {
    case StageKind::kEditor:
      return "Edits texts in scan and again in write.";
    case StageKind::kFilter:
      return stage.per_conversation ? "Judges a conversation by its newest valid record: found in "
                                      "scan, carried out by "
                                      "plan."
                                    : "Judges each record in scan.";
    case StageKind::kPlan:
      return "Carried out by plan, or by the run as a whole.";
    case StageKind::kAnnotator:
      return "Tags the original texts in write.";
    case StageKind::kModerator:
      return "Tags the original texts in write, many at once.";
    case StageKind::kRedactor:
      return "Makes texts releasable in write.";
    case StageKind::kCounter:
      return "Measures the released texts in write.";
  }
  return "";
}

struct InToml {
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(int64_t value) const { return fmt::format("{}", value); }
  std::string operator()(double value) const {
    const std::string text = fmt::format("{}", value);
    return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
  }
  std::string operator()(const std::string& value) const { return fmt::format("\"{}\"", value); }
  std::string operator()(const std::vector<std::string>& values) const {
    std::string text = "[";
    for (const std::string& value : values) {
      text += fmt::format("{}\"{}\"", text.size() > 1 ? ", " : "", value);
    }
    return text + "]";
  }
};

// Table cells must not hold a bar.
std::string Cell(std::string_view text) {
  std::string cell;
  for (const char c : text) cell += c == '|' ? "\\|" : std::string(1, c);
  return cell;
}

std::string OptionsAsMarkdown(const StageInfo& stage) {
  std::string text = "| key | default | what it sets |\n| --- | --- | --- |\n";
  text += fmt::format("| `enabled` | `{}` | whether the stage runs |\n", InToml{}(stage.enabled));
  for (const OptionInfo& option : stage.options) {
    text += fmt::format("| `{}` | `{}` | {} |\n", option.name,
                        Cell(std::visit(InToml{}, option.default_value)), Cell(option.summary));
  }
  return text + "\n";
}

std::string ReasonsAsMarkdown(const StageInfo& stage) {
  if (stage.reasons.empty()) return "";
  std::string text = "In the ledger:";
  for (const Reason& reason : stage.reasons) {
    text += fmt::format("{} `{}.{}`", &reason == stage.reasons.data() ? "" : ",", stage.name,
                        reason.name);
  }
  return text + ".\n\n";
}

}  // namespace

std::string StagesAsMarkdown() {
  std::string text =
      "# Stages\n\n"
      "Every rule of `parley curate`, in the order in which they run unless the recipe's `order` "
      "says otherwise. In a recipe a stage is a section, `[name]` with `key = value`; on the "
      "command line every key is a flag, `--name.key value`, and lists have commas. Printed from "
      "the catalogue (`src/stages/catalogue.cc`); edit it there.\n\n";
  for (const StageInfo& stage : StageCatalogue()) {
    text += fmt::format("## {}\n\n{} {}\n\n", stage.name, stage.summary, PassOf(stage));
    text += OptionsAsMarkdown(stage) + ReasonsAsMarkdown(stage);
  }
  text.pop_back();
  return text;
}

}  // namespace parley
