// Replaces names of persons with NAME_1, NAME_2 as part of the redaction: what is one person within
// a conversation is one number, and nothing links two conversations.

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "io/file.h"
#include "stages/filter/word_list.h"
#include "stages/redact/model_names.h"
#include "stages/redact/name_source.h"
#include "stages/stage.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

struct Options {
  std::string redact = "all";
  std::vector<std::string> allow = {};
  std::string allow_file = {};
  std::vector<std::string> deny = {};
  std::string deny_file = {};
  double threshold = NameRules{}.threshold;
  std::string drop_if = {};
  std::vector<std::string> languages = {"en", "pt", "ru", "zh", "es", "de", "fr", "ja",
                                        "ko", "it", "nl", "pl", "tr", "ar", "vi"};
};

constexpr Reason kUnsure{Redactor::kUnsure};
constexpr Reason kNoModel{Redactor::kNoModel};

Result<NameExceptions> ReadExceptions(std::string_view key, std::vector<std::string> entries,
                                      const std::string& file) {
  if (!file.empty()) {
    auto words = ParseWordList(TRY(ReadWholeFile(file)));
    if (!words) {
      words.error().place.file = file;
      return std::unexpected(words.error());
    }
    entries.insert(entries.end(), words->begin(), words->end());
  }
  auto exceptions = NameExceptions::Create(entries);
  if (!exceptions)
    exceptions.error().message = fmt::format("{}: {}", key, exceptions.error().message);
  return exceptions;
}

// Words with commas between.
Status ReadDropIf(std::string_view text, NameStep& step) {
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    const std::string_view word = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (word == kUnsure.name) {
      step.drop_unsure = true;
    } else if (word == kNoModel.name) {
      step.drop_no_model = true;
    } else {
      return Invalid(
          fmt::format("drop_if is \"{}\"; it is \"unsure\", \"no_model\", "
                      "\"unsure,no_model\" or empty",
                      word));
    }
  }
  return {};
}

Result<StageObject> Make(const Options& options) {
  auto step = std::make_unique<NameStep>();
  if (options.redact != "all" && options.redact != "private") {
    return Invalid("redact is \"" + options.redact + "\"; it is \"all\" or \"private\"");
  }
  if (!(options.threshold >= 0 && options.threshold <= 1)) {
    return Invalid("threshold is not within 0 to 1");
  }
  step->rules.private_only = options.redact == "private";
  step->rules.threshold = options.threshold;
  step->rules.allow = TRY(ReadExceptions("allow", options.allow, options.allow_file));
  step->rules.deny = TRY(ReadExceptions("deny", options.deny, options.deny_file));
  TRY(ReadDropIf(options.drop_if, *step));
  step->languages = options.languages;
  auto source = OpenNameModel();
  if (!source) {
    source.error().message +=
        "; without it no names are redacted, which must be said: --without-names, or enabled = "
        "false under [names]";
    return std::unexpected(std::move(source.error()));
  }
  step->source = std::move(*source);
  return StageObject{std::move(step)};
}

}  // namespace

StageInfo NamesStage() {
  return Describe<Options>({
      .name = "names",
      .summary = "Replaces names of persons with NAME_1, NAME_2, the same person by the same tag "
                 "within a conversation; part of the redaction, and off with it.",
      .kind = StageKind::kRedactor,
      .enabled = kNamesByDefault,
      .keys =
          {{"redact", &Options::redact,
            "\"all\" persons, or \"private\": public figures and fictional characters stay"},
           {"allow", &Options::allow,
            "names left alone where they stand by themselves, each for all languages or for one, "
            "such as \"en:Ford\""},
           {"allow_file", &Options::allow_file,
            "the same from a file: a JSON list, or one name a line"},
           {"deny", &Options::deny,
            "names replaced wherever they stand as whole words, each for all languages or for one"},
           {"deny_file", &Options::deny_file,
            "the same from a file: a JSON list, or one name a line"},
           {"threshold", &Options::threshold,
            "a mention less sure than this, 0 to 1, is left alone unless it is of a person known "
            "otherwise"},
           {"drop_if", &Options::drop_if,
            "drops what cannot be redacted with confidence: \"unsure\" if a likely name under the "
            "threshold would stay, \"no_model\" if a message is in a language that is not among "
            "languages, \"unsure,no_model\" for both, or nothing"},
           {"languages", &Options::languages,
            "codes of the languages in which the model of names was measured; in others names are "
            "replaced where they are found, and the conversation is marked"}},
      .reasons = {kUnsure, kNoModel},
      .make = &Make,
  });
}

}  // namespace parley
