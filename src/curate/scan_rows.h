// What scan leaves of each conversation: fingerprints, and why not. No text.

#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>

#include "base/hash.h"
#include "io/file.h"
#include "parley/status.h"
#include "stages/annotations.h"

namespace parley {

/// A conversation with no known time comes before all others.
inline constexpr int64_t kNoTime = std::numeric_limits<int64_t>::min();

/// One conversation found in a record, or a record or file without any. The first part is written
/// as it stands, so its layout is part of the form's version.
struct ScanRow {
  struct Fixed {
    int64_t begin_byte = 0;
    int64_t size_bytes = 0;
    int64_t line = 0;  ///< Within the piece, from 1; 0 for a file as a whole.
    int64_t time_micros = kNoTime;
    Hash128 id;           ///< Of the conversation id; zero if there is none.
    Hash128 messages;     ///< Fingerprint of all normalised texts.
    Hash128 prompts;      ///< Fingerprint of the user's.
    Hash128 user;         ///< Keyed; zero if the source names none.
    uint64_t record = 0;  ///< Of the record's bytes, to see whether the input changed.
    int64_t part = 0;
    uint8_t bad = 0;  ///< 1: unreadable; `why` says what.
    uint8_t no_consent = 0;
    uint16_t unused = 0;
    uint32_t id_bytes = 0;
    uint32_t why_bytes = 0;
    uint32_t why_conversation_bytes = 0;
    uint32_t detail_bytes = 0;
    uint32_t unused_too = 0;
  } fixed;
  std::string id;                ///< As in the source.
  std::string why;               ///< "stage.reason" if it is out already; else empty.
  std::string why_conversation;  ///< If the conversation is out should this be its last snapshot.
  std::string detail;            ///< For bad ones, in words.
};

/// What scan counted in a piece.
struct PieceTotals {
  int64_t row_count = 0;
  int64_t record_count = 0;
  int64_t line_count = 0;
  int64_t bad_count = 0;
  int64_t newest_micros = kNoTime;
  EditCounts mended;
};

/// Writes the rows of one piece; they stand only after `Commit`.
class ScanRowWriter {
 public:
  static Result<std::unique_ptr<ScanRowWriter>> Create(const std::string& path);
  Status Write(ScanRow& row);  ///< Fills in the row's lengths.
  Status Commit(const PieceTotals& totals);

 private:
  std::unique_ptr<OutputFile> file_;
  uint64_t hash_ = 0;
};

/// Invalid if not every row stands there as it was written: to ask of a file from before a kill.
Status CheckScanRows(const std::string& path);

/// Reads them back in order.
class ScanRowReader {
 public:
  /// Invalid if the file is not whole.
  static Result<std::unique_ptr<ScanRowReader>> Open(const std::string& path);
  Result<bool> Next(ScanRow& row);  ///< False at the end.
  const PieceTotals& totals() const { return totals_; }

 private:
  friend Status CheckScanRows(const std::string& path);
  Result<bool> Take(char* bytes, size_t size);

  std::unique_ptr<InputBytes> file_;
  std::string buffer_;
  size_t position_ = 0;
  int64_t offset_ = 0;
  int64_t end_ = 0;
  uint64_t expected_hash_ = 0;
  PieceTotals totals_;
};

}  // namespace parley
