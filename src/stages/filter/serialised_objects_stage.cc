// Drops a conversation in which a program's object was written out where its text should stand: the
// mistake of a logger, not words that anybody said.

#include "stages/filter/serialised_objects.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

struct Options {};

constexpr Reason kJavaScriptObject{"javascript_object"};
constexpr Reason kPythonObject{"python_object"};
constexpr Reason kMessageObject{"message_object"};

class SerialisedObjects final : public Filter {
 public:
  Result<Verdict> Judge(const RawConversation& conversation) const override {
    for (const Message& message : conversation.messages) {
      if (message.role == Role::kTool) continue;  // A tool may well answer in objects.
      switch (SerialisedAs(message.content)) {
        case Serialisation::kNone:
          break;
        case Serialisation::kJavaScript:
          return Drop(kJavaScriptObject);
        case Serialisation::kPython:
          return Drop(kPythonObject);
        case Serialisation::kMessage:
          return Drop(kMessageObject);
      }
    }
    return kKeep;
  }
};

Result<StageObject> Make(const Options&) { return std::make_unique<SerialisedObjects>(); }

}  // namespace

StageInfo SerialisedObjectsStage() {
  return Describe<Options>({
      .name = "serialised_objects",
      .summary = "Drops a conversation with a message that is a program's object written out.",
      .reasons = {kJavaScriptObject, kPythonObject, kMessageObject},
      .make = &Make,
  });
}

}  // namespace parley
