// Moderation for other programs, on this machine.

#pragma once

#include <functional>

#include "parley/status.h"

namespace parley {

struct ServeModerationOptions {
  int port = 8642;       ///< Of 127.0.0.1; 0: one that is free.
  int connections = 64;  ///< Clients at a time; who comes then waits.
};

/// Answers POST /v1/moderations as OpenAI's API does, with the model that ships with the program,
/// on 127.0.0.1 alone; calls `ready` with the port once it listens. Does not return unless it
/// cannot begin: NotFound or Invalid if the model is missing or damaged, Conflict if the port is
/// taken.
///
/// `input` is a text, a list of texts, or a list of parts {"type": "text", "text"} that are judged
/// as one; an image is refused.
Status ServeModeration(const ServeModerationOptions& options,
                       const std::function<void(int port)>& ready);

}  // namespace parley
