// What plan knows a conversation's words by, without keeping them.

#pragma once

#include <string>
#include <string_view>

#include "base/hash.h"
#include "parley/conversation.h"

namespace parley {

struct ConversationFingerprints {
  Hash128 conversation;  ///< Of all messages, in order: role and text.
  Hash128 user;          ///< Of the user's messages alone.
  bool operator==(const ConversationFingerprints&) const = default;
};

/// Fingerprints of the texts as they stand (after `normalise`, where it is on), spacing aside: each
/// run of white space counts as one space, and none at the ends. Letter case counts. Where one
/// message ends and the next begins counts too: "ab", "c" is not "a", "bc".
///
/// The same on every machine. Thread-safe; takes O(bytes), one buffer a thread.
ConversationFingerprints Fingerprint(const RawConversation& conversation);

/// Appends `text`, valid UTF-8, to `out` with each run of characters that have Unicode's property
/// White_Space made one space, and none at the ends of what it appends.
void AppendCollapsed(std::string_view text, std::string& out);

}  // namespace parley
