// Parquet back in, value by value, for what Parley wrote itself: the ledger and a release's shards.
// (Logs that come as Parquet go through record_reader.h.)

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/table_schema.h"
#include "parley/status.h"

namespace arrow {
class Array;
class RecordBatch;
}  // namespace arrow

namespace parley {

/// A value in a block. Asking it for what it is not is a bug; so is asking after the block is gone.
class TableValue {
 public:
  TableValue(const arrow::Array* array, int64_t index) : array_(array), index_(index) {}

  bool is_null() const;
  std::string_view String() const;
  int64_t Int() const;
  double Double() const;
  bool Bool() const;
  std::optional<int64_t> OptionalInt() const;  ///< Nothing for null.
  std::string_view StringOrEmpty() const;      ///< Empty for null.

  int64_t size() const;                 ///< Of a list; 0 for null.
  TableValue Element(int64_t i) const;  ///< Of a list.
  TableValue Field(int64_t i) const;    ///< Of a struct, by position.

 private:
  const arrow::Array* array_;
  int64_t index_;
};

/// A row group, read whole.
class TableBlock {
 public:
  TableBlock(TableBlock&&) noexcept;
  ~TableBlock();
  int64_t rows() const;
  /// `column` counts the columns asked for.
  TableValue At(int64_t column, int64_t row) const;

 private:
  friend class ParquetTable;
  explicit TableBlock(std::shared_ptr<arrow::RecordBatch> batch);
  std::shared_ptr<arrow::RecordBatch> batch_;
};

class ParquetTable {
 public:
  /// NotFound if it is not there, Invalid if it is no Parquet file or its footer is broken.
  static Result<std::unique_ptr<ParquetTable>> Open(const std::string& path);
  ~ParquetTable();
  ParquetTable(const ParquetTable&) = delete;
  ParquetTable& operator=(const ParquetTable&) = delete;

  const TableSchema& schema() const;
  int64_t rows() const;
  int64_t row_groups() const;
  int64_t rows_in(int64_t row_group) const;
  std::optional<std::string> Metadata(std::string_view key) const;
  std::optional<int64_t> ColumnIndex(std::string_view name) const;

  /// False if the row group's statistics rule out that string column `column` (by name; top level)
  /// holds `value`.
  bool MayHold(int64_t row_group, std::string_view column, std::string_view value) const;

  /// All columns, or those named, in the order of `columns`. Invalid if the bytes are damaged.
  Result<TableBlock> Read(int64_t row_group, const std::vector<std::string>& columns = {}) const;

 private:
  struct State;
  explicit ParquetTable(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace parley
