#include "formats/object_dialect.h"

#include "formats/json_values.h"

namespace parley {

Status ObjectDialect::Parse(const Record& record, ParsedRecord& parsed) {
  Status read = ReadRecord(record.json, parsed);
  if (!read) parsed.Reset(0);
  return read;
}

Status ObjectDialect::ReadRecord(std::string_view json, ParsedRecord& parsed) {
  const auto object = ObjectOf(TRY(parser_.Parse(json)));
  if (!object) return Invalid("a JSON object was expected", {.byte = 0});
  parsed.Reset(1);
  parsed.repaired_utf8 = parser_.repaired();
  extra_.Clear();
  return Read(*object, parsed);
}

}  // namespace parley
