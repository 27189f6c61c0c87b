// The shape of a table: named columns of a few types, nested as far as need be. What a Parquet file
// is written with and read back as, without any column library in sight.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace parley {

enum class ColumnKind : uint8_t {
  kString,
  kInt64,
  kDouble,
  kBool,
  kStruct,  ///< `children` are its fields.
  kList,    ///< `children` holds one: its element, whose name does not matter.
  kOther,   ///< Met when reading a file of somebody else's; never written.
};

struct Column {
  std::string name;
  ColumnKind kind = ColumnKind::kString;
  std::vector<Column> children = {};
  bool repeats = false;  ///< A string of few distinct values: stored once in a dictionary.
  bool indexed = true;   ///< Smallest and largest value are kept; off for long texts.

  /// The same names, kinds and children, whatever the storage and the names of elements.
  bool operator==(const Column& other) const;
};

using TableSchema = std::vector<Column>;

/// "conversation list<struct<content string, role string>>": for messages and tests.
std::string Describe(const Column& column);

}  // namespace parley
