// A release's data, shard by shard.
//
// Only a `ReleasableConversation` fits a row: nothing that has not been past the redactor can be
// written here. Threads fill blocks side by side; the shard's writer puts them down in order, a row
// group each. A shard's name says how many there are, which nobody knows before the last one: the
// caller renames it then.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "formats/parquet_writer.h"
#include "parley/conversation.h"
#include "parley/status.h"
#include "release/profile.h"
#include "stages/annotations.h"

namespace parley {

/// What a row is made of. Points at what the caller holds while `Add` runs.
struct ReleaseRow {
  std::string conversation_id = {};
  std::string model = {};
  std::string language = "unknown";  ///< A name, such as "English".
  int64_t turn = 0;                  ///< Pairs of a user's and an assistant's message.
  const ReleasableConversation* conversation = nullptr;
  /// [messages], or empty or null where nothing is known: the column is then null.
  const std::vector<std::optional<Moderation>>* moderation = nullptr;
  bool first_of_group = true;  ///< No equal conversation was kept before it. In no column.

  // Only in the profile `extended`; empty texts become null there.
  const Annotations* annotations = nullptr;
  /// A code for each message in a language without a model of names; null: not looked for.
  const std::vector<std::string>* unjudged_names = nullptr;
  std::string day = {};      ///< "2023-04-24"
  std::string user = {};     ///< A keyed pseudonym.
  std::string consent = {};  ///< The version of the terms.
  std::optional<int64_t> duplicate_group = {};
  int64_t duplicate_group_size = 1;
};

using RowBlock = ColumnBlock;

/// Not thread-safe; one a thread, used again after `Finish`.
class RowBlockBuilder {
 public:
  explicit RowBlockBuilder(Profile profile);

  void Add(const ReleaseRow& row);
  int64_t rows() const { return builder_.rows(); }
  int64_t text_bytes() const { return builder_.text_bytes(); }
  RowBlock Finish() { return builder_.Finish(); }

 private:
  void AddExtended(const ReleaseRow& row);

  Profile profile_;
  BlockBuilder builder_;
};

/// A shard as it was written.
struct ShardInfo {
  std::string name = {};  ///< File name, without the folder.
  int64_t rows = 0;
  int64_t size_bytes = 0;
  int64_t num_bytes = 0;  ///< Uncompressed, as `datasets` counts.
  std::string sha256 = {};
};

class ShardWriter {
 public:
  static Result<std::unique_ptr<ShardWriter>> Create(const std::string& path, Profile profile);

  /// In the order of the release. After an error the writer is of no more use.
  Status Append(RowBlock&& block) { return writer_->Append(std::move(block)); }
  Result<ShardInfo> Close();

 private:
  ShardWriter() = default;
  std::string name_;
  std::unique_ptr<ParquetWriter> writer_;
};

/// "train-00002-of-00010.parquet"
std::string ShardName(int64_t shard, int64_t shard_count);

}  // namespace parley
