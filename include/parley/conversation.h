// What Parley works on: conversations, before and after redaction.
//
// A `RawConversation` holds people's words as they came in. A `ReleasableConversation` holds what
// may be published. They are different types on purpose: only `Redactor` (stages/redact) makes the
// second out of the first, and only the second can be written to a release.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

enum class Role : uint8_t { kSystem, kUser, kAssistant, kTool };

/// "system", "user", "assistant", "tool".
std::string_view NameOf(Role role);

struct Message {
  Role role = Role::kUser;
  std::string content;                      ///< UTF-8.
  std::optional<int64_t> sent_micros = {};  ///< UTC.
};

inline constexpr int kModerationCategoryCount = 11;

/// The categories of OpenAI's moderation output in the order of LMSYS-Chat-1M's columns.
inline constexpr std::array<std::string_view, kModerationCategoryCount> kModerationCategories = {
    "harassment",
    "harassment/threatening",
    "hate",
    "hate/threatening",
    "self-harm",
    "self-harm/instructions",
    "self-harm/intent",
    "sexual",
    "sexual/minors",
    "violence",
    "violence/graphic"};

/// One message's moderation tags, as the source carries them.
struct Moderation {
  std::array<bool, kModerationCategoryCount> categories = {};
  std::array<double, kModerationCategoryCount> category_scores = {};
  bool flagged = false;
};

/// A conversation as its source has it. Anything in it may be personal.
struct RawConversation {
  std::string id;     ///< Empty where the source has none.
  std::string model;  ///< Empty where the source has none.
  std::vector<Message> messages;
  std::optional<int64_t> time_micros;  ///< When its newest event happened, UTC.
  std::string user;       ///< What the source knows its user by: an address, a hash, an account.
  std::string consent;    ///< The version of the terms it was given under; empty if not said.
  std::string event;      ///< What it ended with: chat, upvote, leftvote, …
  std::string linked_id;  ///< The other conversation of a battle.
  std::string language;   ///< A language the source already names; empty if it names none.
  std::vector<std::optional<Moderation>>
      moderation;         ///< [messages], or empty if the source has none.
  bool redacted = false;  ///< The source says that something was replaced already.
  std::string extra;      ///< A JSON object with every field that has no place above; or empty.
};

/// How many spans of each type were replaced, and in which messages.
struct RedactionCount {
  std::string type;  ///< "EMAIL", "PHONE", …
  int64_t count = 0;
};

/// A conversation that may be published: its texts have been through the redactor (or, in a recipe
/// that asks for it, past a redactor that was switched off, which the card and the manifest say).
class ReleasableConversation {
 public:
  struct Text {
    Role role = Role::kUser;
    std::string content;
    std::vector<RedactionCount> redactions = {};  ///< Sorted by type; only types that occur.
  };

  const std::vector<Text>& messages() const { return messages_; }
  bool redacted() const { return redacted_; }  ///< Something was replaced, now or in the source.

 private:
  friend class Redactor;
  ReleasableConversation() = default;

  std::vector<Text> messages_;
  bool redacted_ = false;
};

}  // namespace parley
