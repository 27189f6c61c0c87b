// The account of every record: what came in, and what became of it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace parley {

/// One row for each conversation found in a record, one for a record without any, one for a file
/// that yields none.
struct LedgerRow {
  int64_t sequence = 0;  ///< From 0, in the order of the inputs; `merged_into` points at it.
  std::string file;      ///< Name relative to INPUT.
  int64_t line = 0;      ///< From 1; 0 for a file as a whole.
  int64_t begin_byte = 0;
  int64_t size_bytes = 0;
  int64_t part = 0;             ///< Which conversation of the record, from 0.
  std::string conversation_id;  ///< As in the source.
  std::string user;             ///< Keyed: hexadecimal HMAC; empty if the source names none.
  std::string fingerprint;      ///< Of the normalised texts, hexadecimal; empty if there are none.
  std::string outcome;          ///< "kept", "merged", "dropped", "bad" (unreadable).
  std::string stage;            ///< What decided; empty for the kept.
  std::string reason;
  std::string detail;                       ///< For the bad: the error in words, without content.
  std::optional<int64_t> merged_into = {};  ///< The `sequence` of the survivor.
  std::string release = {};                 ///< For the kept: the release's folder, "release".
  std::string release_id = {};              ///< For the kept: conversation_id in the release.
  std::optional<int64_t> shard = {};        ///< For the kept.
  std::optional<int64_t> row = {};          ///< Within the shard, from 0.
};

}  // namespace parley
