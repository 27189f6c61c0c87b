// All records of a file, copied, for tests.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formats/record_reader.h"

namespace parley {

struct SeenRecord {
  std::string json;
  int64_t begin_byte = 0;
  int64_t line = 0;
  bool too_large = false;
  bool operator==(const SeenRecord&) const = default;
};

struct SeenRecords {
  std::vector<SeenRecord> records;
  int64_t lines = 0;
  std::optional<Error> error = {};  ///< What ended it early.
};

/// Reads a piece to its end, or to the error there.
inline SeenRecords ReadRecords(const InputFile& file, const InputPiece& piece,
                               RecordReader::Options options = {}) {
  SeenRecords seen;
  const auto reader = RecordReader::Open(file, piece, options);
  if (!reader) return {.records = {}, .error = reader.error()};
  for (;;) {
    const auto record = (*reader)->Next();
    if (!record) seen.error = record.error();
    if (!record || !*record) break;
    seen.records.push_back({std::string((*record)->json), (*record)->begin_byte, (*record)->line,
                            (*record)->too_large});
  }
  seen.lines = (*reader)->LinesRead();
  return seen;
}

inline SeenRecords ReadRecords(const InputFile& file, RecordReader::Options options = {}) {
  return ReadRecords(file, {.end_byte = file.size_bytes}, options);
}

}  // namespace parley
