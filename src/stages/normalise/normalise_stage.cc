// Brings every text into one form before anything else looks at it. See normalise.h for what
// changes and what does not.

#include "stages/normalise/normalise.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

struct Options {};

class NormaliseEditor final : public Editor {
 public:
  void Edit(RawConversation& conversation, EditCounts& counts) const override {
    for (Message& message : conversation.messages) Normalise(message.content, counts);
  }
};

Result<StageObject> Make(const Options&) { return std::make_unique<NormaliseEditor>(); }

}  // namespace

StageInfo NormaliseStage() {
  return Describe<Options>({
      .name = "normalise",
      .summary = "Brings texts into NFC, line ends to LF, and takes control characters out.",
      .kind = StageKind::kEditor,
      .make = &Make,
  });
}

}  // namespace parley
