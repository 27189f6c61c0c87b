// JSON in and out. The only file that includes simdjson; readers use its elements through the names
// below.

#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

using JsonElement = simdjson::dom::element;
using JsonObject = simdjson::dom::object;
using JsonArray = simdjson::dom::array;
using JsonType = simdjson::dom::element_type;

/// Parses documents one after another in the same memory. Not thread-safe.
///
/// Invalid UTF-8 and lone surrogates become U+FFFD and are counted (simdjson refuses both), so that
/// a record with one bad byte is not lost. A BOM at the front is passed over. Of duplicate keys a
/// lookup finds the first.
class JsonParser {
 public:
  /// The document's root; valid until the next call. Invalid, with the byte at fault in
  /// `place.byte` (0 where there is not one), if `text` is no JSON, is nested deeper than 1,024, or
  /// is empty.
  Result<JsonElement> Parse(std::string_view text);

  /// What the last call replaced.
  int64_t repaired() const { return repaired_; }

 private:
  simdjson::dom::parser parser_;
  std::string mended_;
  int64_t repaired_ = 0;
};

/// The string at `key`, if it is there and a string.
std::string_view StringAt(JsonObject object, std::string_view key, std::string_view otherwise = {});

/// Appends `text` as a JSON string with its quotes. Leaves non-ASCII as it is; escapes what JSON
/// must.
void AppendJsonString(std::string& out, std::string_view text);

/// The element as compact JSON.
std::string ToJson(JsonElement element);

/// Appends the element as compact JSON. A number keeps its kind: 1.0 stays "1.0".
void AppendJson(std::string& out, JsonElement element);

/// Appends the decimal text of a number: an id of 17 is "17". False if it is no number.
bool AppendNumber(std::string& out, JsonElement element);

/// Writes a document piece by piece; puts in commas, and line breaks where `indent` is above 0.
///
///     JsonWriter json;
///     json.BeginObject().Key("rows").Int(3).Key("files").BeginArray().String("a").End().End();
class JsonWriter {
 public:
  explicit JsonWriter(int indent = 0) : indent_(indent) {}
  JsonWriter& BeginObject();
  JsonWriter& BeginArray();
  JsonWriter& End();  ///< Of the innermost object or array.
  JsonWriter& Key(std::string_view key);
  JsonWriter& String(std::string_view value);
  JsonWriter& Int(int64_t value);
  JsonWriter& Double(
      double value);  ///< The shortest form that reads back equal; null if not finite.
  JsonWriter& Bool(bool value);
  JsonWriter& Null();
  JsonWriter& Raw(std::string_view json);  ///< Already JSON.

  const std::string& text() const { return text_; }

 private:
  void Separate();
  void NewLine();

  int indent_;
  std::string text_;
  std::vector<char> closers_;
  bool first_ = true;
  bool after_key_ = false;
};

}  // namespace parley
