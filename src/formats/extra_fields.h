// The fields of a source that the record does not name, kept as one JSON object.

#pragma once

#include <string>
#include <string_view>

#include "text/json.h"

namespace parley {

/// Writes `{"key":value,…}` behind what stands in a string. Nothing stands there if nothing was
/// added. A key added twice stands twice; readers of JSON take the later.
class ExtraFields {
 public:
  explicit ExtraFields(std::string& out) : out_(out), begin_(out.size()) {}

  void Add(std::string_view key, JsonElement value) { AppendJson(Key(key), value); }
  void AddRaw(std::string_view key, std::string_view json) { Key(key) += json; }
  void AddText(std::string_view key, std::string_view text) { AppendJsonString(Key(key), text); }

  /// Closes the object.
  void End() {
    if (out_.size() > begin_) out_ += '}';
  }

 private:
  std::string& Key(std::string_view key) {
    out_ += out_.size() == begin_ ? '{' : ',';
    AppendJsonString(out_, key);
    out_ += ':';
    return out_;
  }

  std::string& out_;
  size_t begin_;
};

}  // namespace parley
