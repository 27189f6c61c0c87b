// The account of every record: what came in, and what became of it.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/parquet_table.h"
#include "formats/parquet_writer.h"
#include "parley/status.h"

namespace parley {

/// What became of a conversation in one of several releases: it stands there, or was left out.
struct ReleasePlace {
  std::optional<int64_t> shard = {};
  std::optional<int64_t> row = {};  ///< Within the shard, from 0.
  std::string left_out = {};        ///< Why it does not stand there; see `Selection`.

  bool operator==(const ReleasePlace&) const = default;
};

/// One row for each conversation found in a record, one for a record without any, one for a file
/// that yields none.
struct LedgerRow {
  int64_t sequence = 0;   ///< From 0, in the order of the inputs; `merged_into` points at it.
  std::string file = {};  ///< Name relative to INPUT.
  int64_t line = 0;       ///< From 1; 0 for a file as a whole.
  int64_t begin_byte = 0;
  int64_t size_bytes = 0;
  int64_t part = 0;                  ///< Which conversation of the record, from 0.
  std::string conversation_id = {};  ///< As in the source.
  std::string user = {};             ///< Keyed: hexadecimal HMAC; empty if the source names none.
  std::string fingerprint = {};  ///< Of the normalised texts, hexadecimal; empty if there are none.
  std::string outcome = {};      ///< "kept", "merged", "dropped", "bad" (unreadable).
  std::string stage = {};        ///< What decided; empty for the kept.
  std::string reason = {};
  std::string detail = {};                  ///< For the bad: the error in words, without content.
  std::optional<int64_t> merged_into = {};  ///< The `sequence` of the survivor.
  /// For the kept, where there is one release: its folder, "release".
  std::string release = {};
  std::string release_id = {};        ///< For the kept: conversation_id in the release.
  std::optional<int64_t> shard = {};  ///< For the kept, where there is one release.
  std::optional<int64_t> row = {};    ///< Within the shard, from 0.
  /// [releases] Where there are several, for what got as far as being released. If all of them left
  /// it out it is "dropped" by stage "release" for the reason "in_none".
  std::vector<ReleasePlace> places = {};

  bool operator==(const LedgerRow&) const = default;
};

/// The version of the ledger's form, kept in the file under the key `parley.ledger`: 1 where there
/// is one release. Form 2 has a column more for each of several releases, `in_NAME`, and their
/// names under the key `parley.releases`, separated by spaces.
inline constexpr int64_t kLedgerForm = 1;
inline constexpr int64_t kLedgerFormOfSeveral = 2;

/// A row as the release at `index` of several sees it: what another release took and this one left
/// out is here dropped by stage "release".
struct Standing {
  std::string_view outcome = {};
  std::string_view stage = {};
  std::string_view reason = {};
  std::optional<int64_t> shard = {};
  std::optional<int64_t> row = {};
};
Standing StandingIn(const LedgerRow& row, size_t index);

/// Writes one ledger file. Holds at most `kRowsPerGroup` rows in memory.
class LedgerWriter {
 public:
  static constexpr int64_t kRowsPerGroup = 65'536;

  /// `releases`: the names of several releases; empty where there is one.
  static Result<std::unique_ptr<LedgerWriter>> Create(
      const std::string& path, const std::vector<std::string>& releases = {});

  Status Append(const LedgerRow& row);
  Result<WrittenTable> Close();

 private:
  explicit LedgerWriter(const std::vector<std::string>& releases);
  size_t releases_;  // Columns for releases.
  BlockBuilder builder_;
  std::unique_ptr<ParquetWriter> writer_;
};

/// Reads one ledger file, a row group at a time.
class LedgerReader {
 public:
  /// Invalid if it is no ledger, or one of a form this program does not know.
  static Result<std::unique_ptr<LedgerReader>> Open(const std::string& path);

  /// The next row, or none at the end.
  Result<std::optional<LedgerRow>> Next();

  /// The rows whose `conversation_id` or `release_id` is `id`, in order. Passes over the row groups
  /// whose statistics rule it out, and reads of the others only these two columns first.
  Result<std::vector<LedgerRow>> Find(std::string_view id) const;

  int64_t rows() const { return table_->rows(); }

  /// The names of several releases, in the order of `LedgerRow::places`; empty where there is one.
  const std::vector<std::string>& releases() const { return releases_; }

 private:
  LedgerReader() = default;
  Status CheckForm(const std::string& path);
  Result<bool> GroupHolds(int64_t group, std::string_view id) const;

  std::unique_ptr<ParquetTable> table_;
  std::vector<std::string> releases_;
  std::optional<TableBlock> block_;
  int64_t group_ = 0;  // The next one to read.
  int64_t row_ = 0;    // Within `block_`.
};

/// The ledger's files of a run in order: all `*.parquet` in `folder`.
Result<std::vector<std::string>> LedgerFiles(const std::string& folder);

}  // namespace parley
