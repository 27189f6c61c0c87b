#include "formats/parquet_table.h"

#include <arrow/array.h>
#include <arrow/record_batch.h>
#include <arrow/table.h>
#include <arrow/util/key_value_metadata.h>
#include <parquet/arrow/reader.h>
#include <parquet/file_reader.h>
#include <parquet/metadata.h>
#include <parquet/statistics.h>

#include <exception>

#include "formats/arrow_bridge.h"

namespace parley {
namespace {

template <class Array>
const Array& As(const arrow::Array* array, arrow::Type::type type) {
  Check(array->type_id() == type, "a value asked for what it is not");
  return *static_cast<const Array*>(array);
}

}  // namespace

bool TableValue::is_null() const { return array_->IsNull(index_); }

std::string_view TableValue::String() const {
  return As<arrow::StringArray>(array_, arrow::Type::STRING).GetView(index_);
}

int64_t TableValue::Int() const {
  return As<arrow::Int64Array>(array_, arrow::Type::INT64).Value(index_);
}

double TableValue::Double() const {
  return As<arrow::DoubleArray>(array_, arrow::Type::DOUBLE).Value(index_);
}

bool TableValue::Bool() const {
  return As<arrow::BooleanArray>(array_, arrow::Type::BOOL).Value(index_);
}

std::optional<int64_t> TableValue::OptionalInt() const {
  return is_null() ? std::nullopt : std::optional(Int());
}

std::string_view TableValue::StringOrEmpty() const {
  return is_null() ? std::string_view() : String();
}

int64_t TableValue::size() const {
  const auto& list = As<arrow::ListArray>(array_, arrow::Type::LIST);
  return is_null() ? 0 : list.value_length(index_);
}

TableValue TableValue::Element(int64_t i) const {
  const auto& list = As<arrow::ListArray>(array_, arrow::Type::LIST);
  return {list.values().get(), list.value_offset(index_) + i};
}

TableValue TableValue::Field(int64_t i) const {
  const auto& group = As<arrow::StructArray>(array_, arrow::Type::STRUCT);
  // The array keeps its fields alive, so the raw pointer outlives this call.
  return {group.field(static_cast<int>(i)).get(), index_};
}

TableBlock::TableBlock(std::shared_ptr<arrow::RecordBatch> batch) : batch_(std::move(batch)) {}
TableBlock::TableBlock(TableBlock&&) noexcept = default;
TableBlock::~TableBlock() = default;
int64_t TableBlock::rows() const { return batch_->num_rows(); }

TableValue TableBlock::At(int64_t column, int64_t row) const {
  return {batch_->column(static_cast<int>(column)).get(), row};
}

struct ParquetTable::State {
  std::string path;
  std::shared_ptr<BytesInput> input;
  std::unique_ptr<parquet::arrow::FileReader> reader;
  std::shared_ptr<parquet::FileMetaData> metadata;
  TableSchema schema;

  template <class Work>
  Status Guard(const Work& work) const {
    arrow::Status status;
    try {
      status = work();
    } catch (const std::exception& thrown) {
      status = arrow::Status::Invalid(thrown.what());
    }
    if (status.ok()) return {};
    if (input->failure()) return std::unexpected(*input->failure());
    return Invalid("not readable as Parquet: " + status.message(), {.file = path});
  }

  // The leaves of the top-level column `index`.
  void AddLeaves(int index, std::vector<int>& leaves) const {
    const auto* root = metadata->schema()->group_node();
    for (int leaf = 0; leaf < metadata->num_columns(); ++leaf) {
      if (root->FieldIndex(*metadata->schema()->GetColumnRoot(leaf)) == index) {
        leaves.push_back(leaf);
      }
    }
  }
};

ParquetTable::ParquetTable(std::unique_ptr<State> state) : state_(std::move(state)) {}
ParquetTable::~ParquetTable() = default;

Result<std::unique_ptr<ParquetTable>> ParquetTable::Open(const std::string& path) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->input = std::make_shared<BytesInput>(TRY(InputBytes::Open(path)));
  TRY(state->Guard([&]() -> arrow::Status {
    parquet::arrow::FileReaderBuilder builder;
    ARROW_RETURN_NOT_OK(builder.Open(state->input));
    ARROW_RETURN_NOT_OK(builder.Build(&state->reader));
    state->metadata = state->reader->parquet_reader()->metadata();
    std::shared_ptr<arrow::Schema> schema;
    ARROW_RETURN_NOT_OK(state->reader->GetSchema(&schema));
    for (const auto& field : schema->fields()) state->schema.push_back(ColumnOf(*field));
    return arrow::Status::OK();
  }));
  return std::unique_ptr<ParquetTable>(new ParquetTable(std::move(state)));
}

const TableSchema& ParquetTable::schema() const { return state_->schema; }
int64_t ParquetTable::rows() const { return state_->metadata->num_rows(); }
int64_t ParquetTable::row_groups() const { return state_->metadata->num_row_groups(); }

int64_t ParquetTable::rows_in(int64_t row_group) const {
  return state_->metadata->RowGroup(static_cast<int>(row_group))->num_rows();
}

std::optional<std::string> ParquetTable::Metadata(std::string_view key) const {
  const auto& pairs = state_->metadata->key_value_metadata();
  const int found = pairs ? pairs->FindKey(key) : -1;
  if (found < 0) return std::nullopt;
  return pairs->value(found);
}

std::optional<int64_t> ParquetTable::ColumnIndex(std::string_view name) const {
  for (size_t i = 0; i < state_->schema.size(); ++i) {
    if (state_->schema[i].name == name) return static_cast<int64_t>(i);
  }
  return std::nullopt;
}

bool ParquetTable::MayHold(int64_t row_group, std::string_view column,
                           std::string_view value) const {
  const auto index = ColumnIndex(column);
  if (!index) return false;
  std::vector<int> leaves;
  state_->AddLeaves(static_cast<int>(*index), leaves);
  const auto group = state_->metadata->RowGroup(static_cast<int>(row_group));
  const auto statistics = group->ColumnChunk(leaves.at(0))->statistics();
  if (!statistics || !statistics->HasMinMax()) return true;
  return value >= statistics->EncodeMin() && value <= statistics->EncodeMax();
}

Result<TableBlock> ParquetTable::Read(int64_t row_group,
                                      const std::vector<std::string>& columns) const {
  std::vector<int> leaves;
  for (const std::string& name : columns) {
    const auto index = ColumnIndex(name);
    if (!index) return Invalid("has no column \"" + name + "\"", {.file = state_->path});
    state_->AddLeaves(static_cast<int>(*index), leaves);
  }
  std::shared_ptr<arrow::RecordBatch> batch;
  TRY(state_->Guard([&]() -> arrow::Status {
    const int group = static_cast<int>(row_group);
    std::shared_ptr<arrow::Table> table;
    if (columns.empty()) {
      ARROW_ASSIGN_OR_RAISE(table, state_->reader->ReadRowGroup(group));
    } else {
      ARROW_ASSIGN_OR_RAISE(table, state_->reader->ReadRowGroup(group, leaves));
    }
    ARROW_ASSIGN_OR_RAISE(batch, table->CombineChunksToBatch());
    if (columns.empty()) return arrow::Status::OK();
    std::vector<int> order;  // Arrow gives the columns as they stand in the file.
    for (const std::string& name : columns) order.push_back(batch->schema()->GetFieldIndex(name));
    ARROW_ASSIGN_OR_RAISE(batch, batch->SelectColumns(order));
    return arrow::Status::OK();
  }));
  return TableBlock(std::move(batch));
}

}  // namespace parley
