// The builder walks the schema with a stack: each open list or struct is a frame that knows which
// of its children comes next. The writer hands whole row groups to Arrow column by column, so that
// a page is gone as soon as it is full.

#include "formats/parquet_writer.h"

#include <arrow/array.h>
#include <arrow/builder.h>
#include <arrow/record_batch.h>
#include <arrow/table.h>
#include <arrow/util/byte_size.h>
#include <arrow/util/key_value_metadata.h>
#include <parquet/arrow/writer.h>
#include <parquet/properties.h>

#include <exception>

#include "formats/arrow_bridge.h"

namespace parley {
namespace {

// Readers parse this name: "application version number". A fixed one keeps the bytes the same
// whichever Arrow was linked.
constexpr const char* kCreatedBy = "parley version 1.0.0";

// Values written between two looks at the page's size. Long texts make pages overshoot by as much
// as this many of them.
constexpr int64_t kValuesPerBatch = 32;

void Must(const arrow::Status& status) { Check(status.ok(), "out of memory in a block of rows"); }

using Properties = parquet::WriterProperties::Builder;

void SetStorage(const Column& column, const std::string& path, Properties& properties) {
  if (column.kind == ColumnKind::kList) {
    return SetStorage(column.children.at(0), path + ".list.element", properties);
  }
  if (column.kind == ColumnKind::kStruct) {
    for (const Column& child : column.children) {
      SetStorage(child, path + "." + child.name, properties);
    }
    return;
  }
  if (column.kind == ColumnKind::kString && column.repeats) properties.enable_dictionary(path);
  if (!column.indexed) properties.disable_statistics(path);
}

std::shared_ptr<parquet::WriterProperties> PropertiesFor(const TableSchema& schema,
                                                         const ParquetWriter::Options& options) {
  Properties properties;
  properties.version(parquet::ParquetVersion::PARQUET_2_6)
      ->created_by(kCreatedBy)
      ->compression(parquet::Compression::ZSTD)
      ->compression_level(options.zstd_level)
      ->disable_dictionary()
      ->enable_write_page_index()
      ->write_batch_size(kValuesPerBatch)
      ->max_row_group_length(int64_t{1} << 40)  // A block is a row group, however long.
      ->data_pagesize(options.page_bytes);
  for (const Column& column : schema) SetStorage(column, column.name, properties);
  return properties.build();
}

}  // namespace

ColumnBlock::ColumnBlock() = default;
ColumnBlock::ColumnBlock(ColumnBlock&&) noexcept = default;
ColumnBlock& ColumnBlock::operator=(ColumnBlock&&) noexcept = default;
ColumnBlock::~ColumnBlock() = default;

int64_t ColumnBlock::rows() const { return batch_ ? batch_->num_rows() : 0; }

int64_t ColumnBlock::memory_bytes() const {
  return batch_ ? arrow::util::ReferencedBufferSize(*batch_).ValueOr(0) : 0;
}

struct BlockBuilder::State {
  struct Node {
    ColumnKind kind;
    arrow::ArrayBuilder* builder;
    std::vector<Node> children;
  };
  struct Frame {
    const Node* node;  // Null: the row itself.
    size_t next = 0;
  };

  std::shared_ptr<arrow::Schema> schema;
  std::vector<std::shared_ptr<arrow::ArrayBuilder>> builders;
  std::vector<Node> columns;
  std::vector<Frame> frames;  // Of the open lists and structs, innermost last.
  size_t next_column = 0;
  int64_t rows = 0;
  int64_t text_bytes = 0;

  static Node NodeFor(const Column& column, arrow::ArrayBuilder* builder) {
    Node node{.kind = column.kind, .builder = builder, .children = {}};
    for (size_t i = 0; i < column.children.size(); ++i) {
      arrow::ArrayBuilder* child =
          column.kind == ColumnKind::kList
              ? static_cast<arrow::ListBuilder*>(builder)->value_builder()
              : static_cast<arrow::StructBuilder*>(builder)->field_builder(static_cast<int>(i));
      node.children.push_back(NodeFor(column.children[i], child));
    }
    return node;
  }

  // The node that the coming value belongs to.
  const Node& Coming() {
    if (frames.empty()) return columns[next_column];
    const Frame& frame = frames.back();
    if (frame.node->kind == ColumnKind::kList) return frame.node->children[0];
    Check(frame.next < frame.node->children.size(), "a value too many for a struct");
    return frame.node->children[frame.next];
  }

  template <class Builder>
  Builder& Take(ColumnKind kind) {
    const Node& node = Coming();
    Check(node.kind == kind, "a value of another kind than its column's");
    return *static_cast<Builder*>(node.builder);
  }

  // A value is complete: the next one belongs to what follows.
  void Step() {
    if (!frames.empty()) {
      ++frames.back().next;
    } else if (++next_column == columns.size()) {
      next_column = 0;
      ++rows;
    }
  }
};

BlockBuilder::BlockBuilder(const TableSchema& schema) : state_(std::make_unique<State>()) {
  state_->schema = ArrowSchemaOf(schema);
  for (int i = 0; i < state_->schema->num_fields(); ++i) {
    auto made = arrow::MakeBuilder(state_->schema->field(i)->type());
    Check(made.ok(), "a column of a kind that Arrow cannot build");
    state_->builders.push_back(std::move(*made));
    state_->columns.push_back(State::NodeFor(schema[i], state_->builders.back().get()));
  }
}
BlockBuilder::BlockBuilder(BlockBuilder&&) noexcept = default;
BlockBuilder::~BlockBuilder() = default;

BlockBuilder& BlockBuilder::String(std::string_view value) {
  Must(state_->Take<arrow::StringBuilder>(ColumnKind::kString).Append(value));
  state_->text_bytes += static_cast<int64_t>(value.size());
  state_->Step();
  return *this;
}

BlockBuilder& BlockBuilder::Int(int64_t value) {
  Must(state_->Take<arrow::Int64Builder>(ColumnKind::kInt64).Append(value));
  state_->Step();
  return *this;
}

BlockBuilder& BlockBuilder::Double(double value) {
  Must(state_->Take<arrow::DoubleBuilder>(ColumnKind::kDouble).Append(value));
  state_->Step();
  return *this;
}

BlockBuilder& BlockBuilder::Bool(bool value) {
  Must(state_->Take<arrow::BooleanBuilder>(ColumnKind::kBool).Append(value));
  state_->Step();
  return *this;
}

BlockBuilder& BlockBuilder::Null() {
  Must(state_->Coming().builder->AppendNull());  // A struct's fields get theirs with it.
  state_->Step();
  return *this;
}

BlockBuilder& BlockBuilder::BeginList() {
  Must(state_->Take<arrow::ListBuilder>(ColumnKind::kList).Append());
  state_->frames.push_back({&state_->Coming()});
  return *this;
}

BlockBuilder& BlockBuilder::BeginStruct() {
  Must(state_->Take<arrow::StructBuilder>(ColumnKind::kStruct).Append());
  state_->frames.push_back({&state_->Coming()});
  return *this;
}

BlockBuilder& BlockBuilder::End() {
  Check(!state_->frames.empty(), "an end without its beginning");
  const State::Frame frame = state_->frames.back();
  Check(frame.node->kind == ColumnKind::kList || frame.next == frame.node->children.size(),
        "a struct with fields left out");
  state_->frames.pop_back();
  state_->Step();
  return *this;
}

int64_t BlockBuilder::rows() const { return state_->rows; }
int64_t BlockBuilder::text_bytes() const { return state_->text_bytes; }

ColumnBlock BlockBuilder::Finish() {
  Check(state_->frames.empty() && state_->next_column == 0, "a block that ends within a row");
  arrow::ArrayVector arrays;
  for (const auto& builder : state_->builders) {
    std::shared_ptr<arrow::Array> array;
    Must(builder->Finish(&array));
    arrays.push_back(std::move(array));
  }
  ColumnBlock block;
  block.batch_ = arrow::RecordBatch::Make(state_->schema, state_->rows, std::move(arrays));
  state_->rows = state_->text_bytes = 0;
  return block;
}

struct ParquetWriter::State {
  std::string path;
  std::shared_ptr<HashedOutput> output;
  std::unique_ptr<parquet::arrow::FileWriter> writer;
  WrittenTable written;

  // Runs `work`, turning what Arrow returns or throws into our error.
  template <class Work>
  Status Guard(const Work& work) {
    arrow::Status status;
    try {
      status = work();
    } catch (const std::exception& thrown) {
      status = arrow::Status::IOError(thrown.what());
    }
    if (status.ok()) return {};
    if (output->failure()) return std::unexpected(*output->failure());
    return Fail(Code::kIo, "cannot write Parquet: " + status.message(), {.file = path});
  }
};

ParquetWriter::ParquetWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}

ParquetWriter::~ParquetWriter() {
  // Arrow's writer closes itself on the way out, into a file that goes away uncommitted.
  if (state_->writer) (void)state_->Guard([&] { return state_->writer->Close(); });
}

Result<std::unique_ptr<ParquetWriter>> ParquetWriter::Create(const std::string& path,
                                                             const TableSchema& schema,
                                                             Options options) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->output = std::make_shared<HashedOutput>(TRY(OutputFile::Create(path)));
  std::vector<std::string> keys;
  std::vector<std::string> values;
  for (const auto& [key, value] : options.metadata) {
    keys.push_back(key);
    values.push_back(value);
  }
  TRY(state->Guard([&]() -> arrow::Status {
    ARROW_ASSIGN_OR_RAISE(state->writer, parquet::arrow::FileWriter::Open(
                                             *ArrowSchemaOf(schema), arrow::default_memory_pool(),
                                             state->output, PropertiesFor(schema, options)));
    if (keys.empty()) return arrow::Status::OK();
    return state->writer->AddKeyValueMetadata(arrow::key_value_metadata(keys, values));
  }));
  return std::unique_ptr<ParquetWriter>(new ParquetWriter(std::move(state)));
}

Status ParquetWriter::Append(ColumnBlock&& block) {
  const ColumnBlock taken = std::move(block);
  if (taken.rows() == 0) return {};
  TRY(state_->Guard([&]() -> arrow::Status {
    ARROW_ASSIGN_OR_RAISE(const auto table, arrow::Table::FromRecordBatches({taken.batch_}));
    return state_->writer->WriteTable(*table, table->num_rows());
  }));
  state_->written.rows += taken.rows();
  state_->written.row_groups += 1;
  state_->written.memory_bytes += taken.memory_bytes();
  return {};
}

Result<WrittenTable> ParquetWriter::Close() {
  TRY(state_->Guard([&] { return state_->writer->Close(); }));
  state_->writer.reset();
  TRY(state_->output->Commit());
  state_->written.size_bytes = state_->output->Tell().ValueOr(0);
  state_->written.sha256 = state_->output->Hex();
  return state_->written;
}

}  // namespace parley
