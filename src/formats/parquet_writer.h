// Parquet out, in blocks that threads fill side by side and one writer puts down in order.
//
// A block becomes a row group. The writer keeps none of them: what it remembers of a block is its
// place and its statistics, some kilobytes. Equal blocks in equal order give equal bytes: nothing
// in the file depends on the clock, the machine or the libraries' names.
//
//     BlockBuilder builder(schema);                  // one a thread
//     builder.String("id-1").BeginList().String("a").String("b").End();
//     writer->Append(builder.Finish());

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/table_schema.h"
#include "parley/status.h"

namespace arrow {
class RecordBatch;
}

namespace parley {

/// Rows that will stand together. Filled by a `BlockBuilder`; cheap to move between threads.
class ColumnBlock {
 public:
  ColumnBlock();
  ColumnBlock(ColumnBlock&&) noexcept;
  ColumnBlock& operator=(ColumnBlock&&) noexcept;
  ~ColumnBlock();

  int64_t rows() const;
  int64_t memory_bytes() const;  ///< Uncompressed, as `datasets` counts `num_bytes`.

 private:
  friend class BlockBuilder;
  friend class ParquetWriter;
  std::shared_ptr<arrow::RecordBatch> batch_;
};

/// Takes values in the schema's order, depth first. A value of the wrong kind is a bug. Not
/// thread-safe; one a thread, used again after `Finish`.
class BlockBuilder {
 public:
  explicit BlockBuilder(const TableSchema& schema);
  BlockBuilder(BlockBuilder&&) noexcept;
  ~BlockBuilder();

  BlockBuilder& String(std::string_view value);
  BlockBuilder& Int(int64_t value);
  BlockBuilder& Double(double value);
  BlockBuilder& Bool(bool value);
  BlockBuilder& Null();  ///< Of any kind; a null struct has no fields to fill.
  BlockBuilder& BeginList();
  BlockBuilder& BeginStruct();
  BlockBuilder& End();  ///< Of the innermost list or struct.

  int64_t rows() const;        ///< Whole rows since the last `Finish`.
  int64_t text_bytes() const;  ///< Bytes of all strings since the last `Finish`.

  /// The rows so far. Between rows only.
  ColumnBlock Finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A file as it was written.
struct WrittenTable {
  int64_t rows = 0;
  int64_t row_groups = 0;
  int64_t size_bytes = 0;
  int64_t memory_bytes = 0;  ///< The blocks', summed.
  std::string sha256;        ///< 64 lower-case hexadecimal digits.
};

class ParquetWriter {
 public:
  struct Options {
    std::vector<std::pair<std::string, std::string>> metadata = {};  ///< The file's own keys.
    int zstd_level = 3;
    int64_t page_bytes = 128 << 10;  ///< About what a read of one row has to unpack.
  };

  /// Io if the file cannot be made. It stands under `path` only after `Close`.
  static Result<std::unique_ptr<ParquetWriter>> Create(const std::string& path,
                                                       const TableSchema& schema, Options options);
  ~ParquetWriter();
  ParquetWriter(const ParquetWriter&) = delete;
  ParquetWriter& operator=(const ParquetWriter&) = delete;

  /// Encodes, compresses and writes the block as a row group; a block without rows is passed over.
  /// After an error the writer is of no more use.
  Status Append(ColumnBlock&& block);

  /// Writes the footer, syncs, and moves the file into place.
  Result<WrittenTable> Close();

 private:
  struct State;
  explicit ParquetWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace parley
