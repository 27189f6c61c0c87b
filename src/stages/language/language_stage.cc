// Tags each message with its language, and the conversation with that of its first user message;
// keeps only the languages that the recipe asks for, if it asks for any.

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "stages/language/fastchat_language.h"
#include "stages/language/language_detector.h"
#include "stages/redact/redactor.h"
#include "stages/stage.h"
#include "stages/stage_functions.h"
#include "text/language_names.h"

namespace parley {
namespace {

struct Options {
  std::string detector = "parley";
  std::vector<std::string> keep = {};
  bool carry = true;
  double min_confidence = LanguageDetector::Options{}.min_confidence;
};

constexpr Reason kNotWanted{"not_wanted"};
constexpr std::string_view kUnknown = "unknown";

/// A list of codes and names, as people write them: "en", "English", "english".
bool Holds(const std::vector<std::string>& list, std::string_view code, std::string_view name) {
  const auto same = [](std::string_view left, std::string_view right) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(left, right, {}, lower, lower);
  };
  return std::ranges::any_of(list, [&](const std::string& wanted) {
    return same(wanted, name) || (!code.empty() && same(wanted, code));
  });
}

const Message* FirstUserMessage(const RawConversation& conversation) {
  for (const Message& message : conversation.messages) {
    if (message.role == Role::kUser) return &message;
  }
  return nullptr;
}

class Language final : public Annotator {
 public:
  /// Without a detector: names as FastChat gives them.
  Language(Options options, std::unique_ptr<const LanguageDetector> detector)
      : options_(std::move(options)), detector_(std::move(detector)) {}

  Result<Verdict> Annotate(const RawConversation& conversation,
                           Annotations& annotations) const override {
    annotations.messages.resize(conversation.messages.size());
    annotations.language = kUnknown;
    std::string code;
    const Message* first = FirstUserMessage(conversation);
    if (detector_ != nullptr) {
      for (size_t i = 0; i < conversation.messages.size(); ++i) {
        const Message& message = conversation.messages[i];
        LanguageGuess guess = detector_->Detect(message.content);
        if (&message == first) {
          annotations.language = guess.name;
          code = guess.code;
        }
        annotations.messages[i].language = std::move(guess.code);
        annotations.messages[i].language_confidence = guess.confidence;
      }
    }
    if (options_.carry && !conversation.language.empty()) {
      // Most sources name it; some have a code.
      annotations.language = conversation.language.size() <= 3
                                 ? LanguageNameInEnglish(conversation.language)
                                 : conversation.language;
      code.clear();
    } else if (detector_ == nullptr && first != nullptr) {
      annotations.language = FastChatLanguageName(first->content);
    }
    if (!options_.keep.empty() && !Holds(options_.keep, code, annotations.language) &&
        !HoldsNameOf(annotations.language)) {
      return Drop(kNotWanted);
    }
    return kKeep;
  }

 private:
  /// Where only the name is known, a code in the list is compared by its name.
  bool HoldsNameOf(std::string_view name) const {
    return std::ranges::any_of(options_.keep, [&](const std::string& wanted) {
      return wanted.size() <= 3 && LanguageNameInEnglish(wanted) == name;
    });
  }

  Options options_;
  std::unique_ptr<const LanguageDetector> detector_;
};

Result<StageObject> Make(const Options& options) {
  if (options.detector == "fastchat") {
    return StageObject{std::make_unique<Language>(options, nullptr)};
  }
  if (options.detector != "parley") {
    return Invalid("detector is \"" + options.detector + "\"; it is \"parley\" or \"fastchat\"");
  }
  auto detector = std::make_unique<const LanguageDetector>(
      TRY(LanguageDetector::Create({.min_confidence = options.min_confidence})));
  return StageObject{std::make_unique<Language>(options, std::move(detector))};
}

}  // namespace

StageInfo LanguageStage() {
  return Describe<Options>({
      .name = "language",
      .summary = "Tags each message with its language, and the conversation with that of its first "
                 "user message.",
      .kind = StageKind::kAnnotator,
      .keys =
          {{"detector", &Options::detector,
            "\"parley\" judges every message; \"fastchat\" gives the names that FastChat's "
            "cleaning gives, for the first user message alone"},
           {"keep", &Options::keep,
            "codes or names of the languages to keep, \"unknown\" among them if wanted; all if "
            "empty"},
           {"carry", &Options::carry,
            "takes the conversation's language from the source where it names one"},
           {"min_confidence", &Options::min_confidence,
            "answers of \"parley\" less sure than this, 0 to 1, become \"und\" and \"unknown\""}},
      .reasons = {kNotWanted},
      .make = &Make,
  });
}

}  // namespace parley
