// What `parley moderate --serve` answers.

#pragma once

#include "http/loopback_server.h"
#include "stages/moderation/moderation_source.h"

namespace parley {

/// Answers one request as OpenAI's API does: /v1/moderations, and /v1/models with the one model
/// there is. Wrong requests get the status and the form of error that its clients know.
/// Thread-safe.
HttpReply AnswerModeration(const ModerationSource& source, const HttpCall& call);

}  // namespace parley
