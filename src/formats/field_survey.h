// Which fields records have, and of which types.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "parley/inspect.h"
#include "text/json.h"

namespace parley {

/// Counts fields over many records. Paths go four levels deep and 300 wide, so that a table with
/// data for keys cannot fill memory.
class FieldSurvey {
 public:
  void Add(JsonElement record) { Visit(record, "", 0); }

  /// In the order in which they were met.
  std::vector<InspectedField> Fields() const;
  bool left_out() const { return left_out_; }

 private:
  struct Field {
    std::string path;
    int64_t present = 0;
    std::map<std::string, int64_t> types;
    std::string parent;
  };

  void Visit(JsonElement element, const std::string& path, int depth);
  void Meet(JsonElement element, const std::string& path, const std::string& parent);

  std::vector<Field> fields_;
  std::map<std::string, size_t> places_;    // By path.
  std::map<std::string, int64_t> objects_;  // Objects met at a path: who could have a field.
  bool left_out_ = false;
};

/// The record as JSON with long texts and long lists cut, for people to look at.
std::string Shortened(JsonElement record);

}  // namespace parley
