// Gathers what a source has and the record does not name, for `RawConversation::extra`.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "text/json.h"

namespace parley {

/// A JSON object under construction: the record's own fields by their names, and under
/// `message_fields` one object for each message that has any, with its place as `index`:
///
///     {"title": "Soup", "message_fields": [{"index": 1, "finish_reason": "stop"}]}
///
/// Nulls are left out. Messages come in order.
class LeftoverFields {
 public:
  void Add(std::string_view key, JsonElement value);
  void AddJson(std::string_view key, std::string_view json);  ///< Already JSON.
  void AddToMessage(size_t index, std::string_view key, JsonElement value);
  void AddJsonToMessage(size_t index, std::string_view key, std::string_view json);

  /// The object, or nothing if there are no fields. More fields may follow for the next
  /// conversation of the same record.
  std::string Json() const;
  void Clear();

 private:
  void OpenMessage(size_t index);

  std::string fields_;    // ,"key":value …
  std::string messages_;  // ,{"index":n,"key":value …; the last one lacks its brace.
  int64_t open_ = -1;     // The message that `messages_` ends with.
};

}  // namespace parley
