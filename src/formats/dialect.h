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

struct ParsedRecord {
  std::vector<RawConversation> conversations;  ///< A battle holds two.
  Reason reason;  ///< Why there is none, when it is not an error: "not_a_conversation", …
  int64_t repaired_utf8 = 0;  ///< Invalid sequences and lone surrogates that became U+FFFD.

  void Clear();
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
  std::unique_ptr<Dialect> (*make)(const DialectOptions& options);
};

/// Every dialect, in the order in which ties are settled.
const std::vector<DialectInfo>& DialectCatalogue();

/// NotFound, naming the nearest, if there is none of that name.
Result<std::unique_ptr<Dialect>> MakeDialect(std::string_view name, const DialectOptions& options);

}  // namespace parley
