// What a file is: its form, its fields, and what is in it.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "parley/status.h"

namespace parley {

struct InspectOptions {
  std::string format = {};                ///< A dialect's name; empty: told from the content.
  int64_t max_bytes = int64_t{64} << 20;  ///< Records are read until so much text has been seen.
  int64_t shown_records = 2;              ///< How many of the first are shown, shortened.
};

/// A field as it was met: "conversation[].role" is one of each element of a list.
struct InspectedField {
  std::string path;
  double share = 0;  ///< Of the objects that could have it, 0 to 1: 1 if none lacks it.
  std::map<std::string, int64_t> types;  ///< "string", "integer", "null", … → how often.
};

struct Inspection {
  std::string path;
  int64_t size_bytes = 0;
  std::string format;          ///< The dialect; empty if no reader knows the file.
  std::string unknown_reason;  ///< Why not.
  std::string container;       ///< "lines", "array", "parquet", "session"
  std::string compression;     ///< "plain", "gzip", "zstd"

  int64_t records = 0;       ///< Of the whole file, if `records_are` says so.
  std::string records_are;   ///< "exact", "estimated", or "at least"
  int64_t records_read = 0;  ///< What all that follows was counted from.
  int64_t bad_records = 0;
  std::string first_error;  ///< Of a bad record, with its line; empty if there is none.
  std::string read_error;   ///< Why reading ended early; empty if it did not.

  int64_t conversations = 0;
  int64_t messages = 0;
  std::map<std::string, int64_t> models;   ///< Conversations; "" where none is named.
  std::map<std::string, int64_t> roles;    ///< Messages.
  std::map<std::string, int64_t> reasons;  ///< Why records or conversations cannot be used.
  std::string first_time;                  ///< Of the oldest conversation; empty if none says.
  std::string last_time;

  std::vector<InspectedField> fields;  ///< In the order in which they were met; 300 at most.
  bool fields_left_out = false;        ///< There were more.
  std::vector<std::string> shown;      ///< The first records as JSON, long texts and lists cut.
};

/// Looks at a file. A file that no reader knows, or one that ends early, is no error: the
/// inspection says so. NotFound or Io if it cannot be opened; NotFound, naming the nearest, if
/// `options.format` is none.
///
/// Reads `max_bytes` at most and holds one record and the counts. Beyond that, the number of
/// records of plain lines is estimated from their mean length; of compressed ones and lists the
/// number read is a lower bound; Parquet's footer knows it.
Result<Inspection> InspectFile(const std::string& path, const InspectOptions& options);

/// As a person reads it.
std::string InspectionText(const Inspection& inspection);

/// As one JSON object.
std::string InspectionJson(const Inspection& inspection);

}  // namespace parley
