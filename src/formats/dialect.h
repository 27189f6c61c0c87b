// From a record to the conversations in it.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "conversation/verdict.h"
#include "formats/record_reader.h"
#include "parley/conversation.h"
#include "parley/status.h"

namespace parley {

/// What a dialect makes of a record. Give the same one to every `Parse`: the memory of its strings
/// and messages is used again.
struct ParsedRecord {
  std::vector<RawConversation> conversations;  ///< A battle holds two.
  /// [conversations] What is wrong with one for good, whatever the recipe says; empty where nothing
  /// is. The ledger has it as stage "read". Such a conversation holds what could be read.
  ///   no_id         it has none, or one that is neither text nor a number
  ///   no_model      the model is missing or no string
  ///   no_messages   there is not one message
  ///   not_string    a message's content is no text (except a last null: see `fastchat`)
  ///   unknown_role  a message's role is none that the dialect knows
  std::vector<Reason> reasons;
  Reason reason;  ///< Why there is none, when it is not an error: "not_a_conversation", …
  int64_t repaired_utf8 = 0;  ///< Invalid sequences and lone surrogates that became U+FFFD.

  /// Makes it hold `count` conversations, everything in them empty, and no reason.
  void Reset(size_t count);

  /// Appends a message to one of `conversations`, in the memory of an earlier record's.
  Message& AddMessage(RawConversation& conversation, Role role, std::string_view content);

 private:
  std::vector<std::string> spare_;  // Contents of the last record, for their memory.
};

/// Knows the fields of one kind of log. Holds a parser: not thread-safe; one a thread.
class Dialect {
 public:
  virtual ~Dialect() = default;

  /// Fills `parsed` from `record`. Invalid, with the byte within the record in `place.byte`, if the
  /// record is no JSON or lacks what makes it one of its kind; the message names no content.
  virtual Status Parse(const Record& record, ParsedRecord& parsed) = 0;
};

/// What a recipe may set for dialects.
struct DialectOptions {
  /// For `fastchat`: a system message that is not empty becomes the first message. Off, only what
  /// user and assistant said counts, as in FastChat's own scripts.
  bool fastchat_system_message = true;
  std::string oasst_paths = "all";  ///< "all" root-to-leaf paths, or only the "best"-ranked one.
  /// For `mapped`: JSON pointers by the field's name (id, model, messages, role, content, time,
  /// user), and the role names of the source by ours ("human" → "user").
  std::vector<std::pair<std::string, std::string>> mapped_fields = {};
  std::vector<std::pair<std::string, std::string>> mapped_roles = {};
};

struct DialectInfo {
  std::string_view name;     ///< "fastchat"
  std::string_view summary;  ///< One sentence.
  /// How sure it is, 0 to 1, that a record with this JSON text is one of its own.
  double (*recognise)(std::string_view record_json);
  bool whole_file = false;  ///< A file is one session: its record is the array of its lines.
  std::unique_ptr<Dialect> (*make)(const DialectOptions& options);
};

/// Every dialect, in the order in which ties are settled.
const std::vector<DialectInfo>& DialectCatalogue();

/// NotFound, naming the nearest, if there is none of that name.
Result<std::unique_ptr<Dialect>> MakeDialect(std::string_view name, const DialectOptions& options);

}  // namespace parley
