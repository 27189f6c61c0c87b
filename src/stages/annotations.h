// What the stages find out about a conversation on its way through the write pass.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace parley {

/// What `normalise` mended, in code points or bytes as named.
struct EditCounts {
  int64_t repaired_utf8 = 0;       ///< Invalid sequences and lone surrogates that became U+FFFD.
  int64_t control_characters = 0;  ///< Taken out.
  int64_t line_ends = 0;           ///< CR LF, CR, VT, FF and NEL that became LF.
  int64_t composed = 0;            ///< Texts that were not in NFC.

  bool operator==(const EditCounts&) const = default;
};

/// How a message came by its moderation tags, or why it has none.
struct ModerationNote {
  std::string by = {};       ///< "source", "embedded" or "endpoint"; empty: nobody judged it.
  std::string version = {};  ///< Of the model; empty where nobody says.
  /// The passage with the highest score, in bytes of the text; both nought where none is told.
  int64_t begin = 0;
  int64_t end = 0;
  bool screened = false;    ///< The screen alone judged it.
  std::string reason = {};  ///< Why there are no tags, in a word or two; empty where there are.
  std::string other = {};   ///< A JSON object: categories that the eleven do not have; or empty.
};

struct MessageNotes {
  std::string language = "und";    ///< ISO 639-1 where there is one, else 639-3; "und": not told.
  double language_confidence = 0;  ///< 0 to 1.
  std::optional<int64_t> llama2_tokens = {};  ///< Null where no such tokenizer is at hand.
  std::optional<int64_t> cl100k_tokens = {};
  ModerationNote moderation = {};
};

struct Annotations {
  std::string language = "unknown";    ///< A name such as "English": of the first user message.
  std::vector<MessageNotes> messages;  ///< [messages]
};

}  // namespace parley
