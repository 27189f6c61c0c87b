// Drops a conversation with a mark that something was taken out of it before. Such marks, which an
// earlier cleaning of the logs left, say that a text is not what was written.

#include "stages/filter/phrase_finder.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

struct Options {};

constexpr Reason kAnonymized{"anonymized"};
constexpr Reason kRedacted{"redacted"};

class Anonymised final : public Filter {
 public:
  Anonymised(PhraseFinder anonymized, PhraseFinder redacted)
      : anonymized_(std::move(anonymized)), redacted_(std::move(redacted)) {}

  // Message by message, as FastChat's filter_bad_conv goes, so that the reason is the same. Its
  // change to simplified characters has no part here: the marks are ASCII, to which it maps
  // nothing.
  Result<Verdict> Judge(const RawConversation& conversation) const override {
    for (const Message& message : conversation.messages) {
      if (anonymized_.Find(message.content)) return Drop(kAnonymized);
      if (redacted_.Find(message.content)) return Drop(kRedacted);
    }
    return kKeep;
  }

 private:
  PhraseFinder anonymized_;
  PhraseFinder redacted_;
};

Result<StageObject> Make(const Options&) {
  PhraseFinder anonymized = TRY(PhraseFinder::Create({"<anonymized>"}));
  PhraseFinder redacted = TRY(PhraseFinder::Create({"<redacted>"}));
  return std::make_unique<Anonymised>(std::move(anonymized), std::move(redacted));
}

}  // namespace

StageInfo AnonymisedStage() {
  return Describe<Options>({
      .name = "anonymised",
      .summary = "Drops a conversation that holds <anonymized> or <redacted>, whatever the case.",
      .enabled = false,
      .per_conversation = true,
      .reasons = {kAnonymized, kRedacted},
      .make = &Make,
  });
}

}  // namespace parley
