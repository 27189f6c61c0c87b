// One line of `parley dedupe`: its id, its time, and the texts that count.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "duplicates/units.h"
#include "parley/status.h"
#include "text/json.h"

namespace parley {

/// What of a conversation is compared. A line with a `text` is that text in any case.
enum class DedupeOver : uint8_t { kUser, kFirst, kConversation };

/// "user", "first" or "conversation". Invalid otherwise.
Result<DedupeOver> DedupeOverFrom(std::string_view name);

struct DedupeLine {
  std::string id_json = "null";     ///< As it stands in the line.
  std::string id_text = {};         ///< The same without quotes: what ids are ordered by.
  int64_t time_micros = INT64_MAX;  ///< INT64_MAX if the line has none.
  bool has_text = false;            ///< Else nothing in it counts: no message of the user.
  std::string error = {};           ///< What is wrong with the line; empty: nothing.
};

/// Reads `line` into `out`, and adds its texts to `units`, which is clear. `parser` and `units`
/// belong to the calling thread. After an error `units` may hold a part.
void ReadDedupeLine(std::string_view line, DedupeOver over, JsonParser& parser, Units& units,
                    DedupeLine& out);

/// The same with the texts themselves, one a line, appended to `text`.
void ReadDedupeLine(std::string_view line, DedupeOver over, JsonParser& parser, std::string& text,
                    DedupeLine& out);

}  // namespace parley
