// Moderation by any server that answers /v1/moderations as OpenAI's does.
//
// Many texts in one request, several requests at a time. What a server says only once the next try
// (429, 5xx, a cut or wrong answer) is asked for again, later and later; what it never answers has
// no tags and a reason. Answers are kept on disk by the hash of the text and of the model asked, so
// that a run that goes on asks nothing twice.
//
// Only redacted texts may be given to it: that is the caller's part.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "parley/status.h"
#include "stages/moderation/moderation_source.h"

namespace parley {

struct EndpointOptions {
  std::string url = {};    ///< Whole: "https://host/v1/moderations".
  std::string model = {};  ///< Asked for by this name; empty: the server's own.
  std::string key_variable = "OPENAI_API_KEY";  ///< The environment's variable with the key.
  int64_t batch_texts = 32;                     ///< In a request; 1 to 2,048.
  int64_t connections = 4;                      ///< Requests under way at a time; 1 to 256.
  int64_t requests_per_minute = 0;              ///< 0: as fast as it answers.
  int64_t timeout_seconds = 60;                 ///< For a request.
  int64_t attempts = 6;                         ///< For a batch, before its texts stay untagged.
  /// After so many batches in a row without any answer the run stops; it can go on later. 0: never.
  int64_t give_up_after = 8;
};

/// What a test may put in the place of the world.
struct EndpointSurroundings {
  std::function<void(int64_t millis)> sleep = {};  ///< Empty: the thread really waits.
  std::function<std::string(const std::string& variable)> environment = {};  ///< Empty: getenv.
};

/// Invalid, naming the option, if one is wrong. Asks nobody yet. A key that is set must be a plain
/// word; without one requests go out without.
Result<std::shared_ptr<const ModerationSource>> OpenEndpointModeration(
    const EndpointOptions& options, const EndpointSurroundings& surroundings = {});

}  // namespace parley
