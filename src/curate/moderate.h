// Gives the messages of a block their moderation tags, many at once.

#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "parley/conversation.h"
#include "parley/status.h"
#include "stages/annotations.h"
#include "stages/moderation/moderation_source.h"
#include "stages/redact/redactor.h"

namespace parley {

/// A message on its way. `tags` are the source's before, and the release's after.
struct ModerationMessage {
  std::string_view released = {};  ///< As it goes out: all that an endpoint may see.
  const Message* message = nullptr;
  std::string_view language = "und";
  std::optional<Moderation>* tags = nullptr;
  ModerationNote* note = nullptr;
};

/// Keeps, fills in or takes out tags, as the step says, and notes who judged or why nobody did.
/// What has no tags afterwards has a reason. Fails only where the step's source does.
Status ModerateMessages(const ModerationStep& step, std::span<const ModerationMessage> messages);

/// Turns the places that notes tell from bytes of the raw texts into bytes of the released ones.
void MovePlaces(const Redaction& redaction, Annotations& annotations);

}  // namespace parley
