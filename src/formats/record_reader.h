// From a file's bytes to its records, without knowing what the records mean.
//
// A record is what a source holds in one place: a line of JSONL, an element of a JSON array, a row
// of Parquet (shown as JSON text), or a whole session file. Records are numbered by `begin_byte`,
// which only grows within a file: the offset in the uncompressed bytes, or the row's number in
// Parquet.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/byte_stream.h"
#include "parley/status.h"

namespace parley {

enum class Container : uint8_t { kJsonLines, kJsonArray, kParquet, kSession };

/// An input, looked at once.
struct InputFile {
  std::string path;  ///< To open it by.
  std::string name;  ///< Relative to the INPUT it was found under; goes into the ledger.
  int64_t size_bytes = 0;
  int64_t modified_nanos = 0;
  Compression compression = Compression::kNone;
  Container container = Container::kJsonLines;
  std::string format = {};  ///< A dialect's name, such as "fastchat"; empty: no reader knows it.
  std::string unknown_reason = {};  ///< Why `format` is empty, in words.
};

/// A part of an input that can be read by itself: [begin_byte, end_byte) of a plain JSONL file or a
/// range of Parquet rows; every other file is one piece from 0 to its size. A record belongs to the
/// piece it begins in.
struct InputPiece {
  int64_t file = 0;  ///< Index into the inputs.
  int64_t begin_byte = 0;
  int64_t end_byte = 0;
};

struct Record {
  std::string_view json = {};  ///< Its text, without the line end; valid until the next call.
  /// Within the piece, from 1; the element's or row's number within the file elsewhere. 0 for lines
  /// and elements behind a `SkipTo`, which does not count what it passes over.
  int64_t line = 0;
  int64_t begin_byte = 0;
  int64_t size_bytes = 0;  ///< In the file, without the line end (0 for a Parquet row).
  bool too_large = false;  ///< Over `max_record_bytes`: `json` is empty.
};

/// Reads the records of one piece in order. Not thread-safe; one a thread.
///
/// Lines end in LF or CRLF; empty ones and those of spaces and tabs alone are no records, and a BOM
/// in front of a file belongs to none. Holds one record and a block, for Parquet one batch of rows.
class RecordReader {
 public:
  struct Options {
    int64_t max_record_bytes = 16 << 20;  ///< A larger record is passed over and marked.
  };

  /// NotFound or Io if the file cannot be opened or its header is broken.
  static Result<std::unique_ptr<RecordReader>> Open(const InputFile& file, const InputPiece& piece,
                                                    Options options);
  virtual ~RecordReader() = default;

  /// The next record, or none at the end. An error with a place if the rest cannot be read (a gzip
  /// that ends early, an array cut off); what came before stands. A record whose end is cut off
  /// comes as the text that is there, and the error behind it. An error stays: every later call
  /// gives it again.
  virtual Result<std::optional<Record>> Next() = 0;

  /// Makes `Next` give the record that begins at `begin_byte`, which lies ahead of the last one
  /// given. Seeks where the file allows it, reads over the rest where not.
  virtual Status SkipTo(int64_t begin_byte) = 0;

  /// Lines (elements, rows) read so far, blank ones too: after the last record, all of the piece,
  /// so that the lines of the next piece can be numbered from the start of the file.
  virtual int64_t LinesRead() const = 0;
};

/// Looks at a regular file's first bytes and first records and says what it is. A `format` that is
/// not empty overrides the guess of the dialect, but makes no log out of a file in whose first
/// records there is no JSON object. A file no reader knows is no error: its `format` is empty and
/// `unknown_reason` says why. NotFound if there is no dialect named `format`.
Result<InputFile> LookAt(const std::string& path, const std::string& name, std::string_view format);

/// The pieces of a file, of about `piece_bytes` where it can be cut.
std::vector<InputPiece> CutIntoPieces(const InputFile& file, int64_t file_index,
                                      int64_t piece_bytes);

}  // namespace parley
