// What the dialects share whose records are JSON objects.

#pragma once

#include "formats/dialect.h"
#include "formats/leftover_fields.h"
#include "formats/message_json.h"
#include "text/json.h"

namespace parley {

class ObjectDialect : public Dialect {
 public:
  /// Parses the JSON and hands its object on. Invalid if it is none.
  Status Parse(const Record& record, ParsedRecord& parsed) final;

 protected:
  /// `parsed` holds one conversation, empty; `extra` is empty.
  virtual Status Read(JsonObject object, ParsedRecord& parsed) = 0;

  Draft DraftOf(ParsedRecord& parsed, size_t index) {
    return {parsed, parsed.conversations[index], extra_};
  }

  LeftoverFields extra_;

 private:
  Status ReadRecord(std::string_view json, ParsedRecord& parsed);

  JsonParser parser_;
};

}  // namespace parley
