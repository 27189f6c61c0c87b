// One chat message as JSON: {"role", "content", …}, the form that most logs share.

#pragma once

#include <string>
#include <string_view>

#include "conversation/verdict.h"
#include "formats/dialect.h"
#include "formats/leftover_fields.h"
#include "text/json.h"

namespace parley {

inline constexpr Reason kNoMessages{"no_messages"};
inline constexpr Reason kUnknownRole{"unknown_role"};
inline constexpr Reason kNotAConversation{"not_a_conversation"};

/// A conversation of `parsed` being filled, and the fields that it has no place for.
struct Draft {
  ParsedRecord& parsed;
  RawConversation& conversation;
  LeftoverFields& extra;

  size_t next_index() const { return conversation.messages.size(); }
};

/// Appends to `text` what a message's `content` says: a string as it is, nothing for null, the text
/// parts of a list one below the other, and any other value as JSON. Parts that are no text
/// (pictures, sounds, files) go to `parts` of the message `index` in `extra`.
void AppendContent(JsonElement content, size_t index, std::string& text, LeftoverFields& extra);

/// Puts a model's calls of tools below its text, as compact JSON on a line of their own: a call is
/// what the model said, so it stays in the conversation.
void AppendCalls(std::string_view calls_json, std::string& text);

/// Appends the message in `element`. Knows `role`, `content`, `tool_calls`, `function_call` and
/// `timestamp`; every other field goes to the message's fields in `extra`. The reason is empty, or
/// `unknown_role` if there is none that is known; then nothing is appended.
Reason AppendMessage(JsonElement element, Draft draft);

/// Appends every message of a list that can be read. The reason is the first one met, or
/// `no_messages` if `element` is no list or an empty one.
Reason AppendMessages(JsonElement element, Draft draft);

/// The newest moment of the conversation's messages, if any has one.
std::optional<int64_t> NewestMessageMoment(const RawConversation& conversation);

}  // namespace parley
