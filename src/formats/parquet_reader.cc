// Rows of Parquet as records of JSON text, a batch of rows at a time.

#include <arrow/record_batch.h>
#include <parquet/arrow/reader.h>
#include <parquet/exception.h>
#include <parquet/file_reader.h>
#include <parquet/metadata.h>
#include <parquet/properties.h>

#include <algorithm>

#include "formats/arrow_bridge.h"
#include "formats/containers.h"
#include "formats/row_json.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr int64_t kRowsPerBatch = 128;       // A conversation may have megabytes.
constexpr int64_t kColumnBytes = 256 << 10;  // Read of one column at a time.

// A file of Parquet, its footer read.
struct Opened {
  std::string path = {};
  std::shared_ptr<BytesInput> input = {};
  std::unique_ptr<parquet::arrow::FileReader> reader = {};
  std::vector<int64_t> bounds = {};  // Where row groups begin, and the end of all.

  // What the library says, thrown or returned, as our error.
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
};

arrow::Status ReadFooter(Opened& opened) {
  parquet::ReaderProperties properties;
  properties.enable_buffered_stream();
  properties.set_buffer_size(kColumnBytes);
  parquet::ArrowReaderProperties arrow_properties(/*use_threads=*/false);
  arrow_properties.set_batch_size(kRowsPerBatch);
  arrow_properties.set_pre_buffer(false);
  parquet::arrow::FileReaderBuilder builder;
  ARROW_RETURN_NOT_OK(builder.Open(opened.input, properties));
  builder.properties(arrow_properties);
  ARROW_RETURN_NOT_OK(builder.Build(&opened.reader));
  const auto metadata = opened.reader->parquet_reader()->metadata();
  opened.bounds = {0};
  for (int i = 0; i < metadata->num_row_groups(); ++i) {
    opened.bounds.push_back(opened.bounds.back() + metadata->RowGroup(i)->num_rows());
  }
  return arrow::Status::OK();
}

Result<Opened> OpenFile(const std::string& path) {
  Opened opened{.path = path};
  opened.input = std::make_shared<BytesInput>(TRY(InputBytes::Open(path)));
  TRY(opened.Guard([&] { return ReadFooter(opened); }));
  return opened;
}

class ParquetReader final : public RecordReader {
 public:
  ParquetReader(Opened opened, const InputPiece& piece, Options options)
      : opened_(std::move(opened)),
        options_(options),
        row_(piece.begin_byte),
        end_(std::min(piece.end_byte, opened_.bounds.back())) {}

  Result<std::optional<Record>> Next() override {
    if (failure_) return std::unexpected(*failure_);
    if (row_ >= end_) return std::nullopt;
    if (const Status filled = Fill(); !filled) {
      failure_ = filled.error();
      return std::unexpected(*failure_);
    }
    text_.clear();
    AppendRow(row_ - batch_begin_);
    Record record{.line = row_ + 1, .begin_byte = row_};
    record.too_large = static_cast<int64_t>(text_.size()) > options_.max_record_bytes;
    if (!record.too_large) record.json = text_;
    ++row_;
    ++rows_read_;
    return record;
  }

  Status SkipTo(int64_t begin_byte) override {
    Check(begin_byte >= row_, "a reader cannot go back");
    row_ = begin_byte;
    return {};
  }

  int64_t LinesRead() const override { return rows_read_; }

 private:
  // Makes `batch_` hold `row_`.
  Status Fill() {
    const int64_t group = GroupOf(row_);
    // Where the row lies in a later group, what is between is not even decompressed.
    if (batches_ == nullptr || group > GroupOf(batch_end_)) TRY(OpenFrom(group));
    while (batch_end_ <= row_) TRY(ReadBatch());
    return {};
  }

  int64_t GroupOf(int64_t row) const {
    return std::ranges::upper_bound(opened_.bounds, row) - opened_.bounds.begin() - 1;
  }

  Status OpenFrom(int64_t group) {
    std::vector<int> groups;
    const auto count = static_cast<int64_t>(opened_.bounds.size()) - 1;
    for (int64_t i = group; i < count && opened_.bounds[static_cast<size_t>(i)] < end_; ++i) {
      groups.push_back(static_cast<int>(i));
    }
    batch_ = nullptr;
    batch_begin_ = batch_end_ = opened_.bounds[static_cast<size_t>(group)];
    return opened_.Guard([&]() -> arrow::Status {
      ARROW_ASSIGN_OR_RAISE(batches_, opened_.reader->GetRecordBatchReader(groups));
      return arrow::Status::OK();
    });
  }

  Status ReadBatch() {
    TRY(opened_.Guard([&] { return batches_->ReadNext(&batch_); }));
    if (batch_ == nullptr) {
      return Invalid("not readable as Parquet: fewer rows than its footer says",
                     {.file = opened_.path});
    }
    batch_begin_ = batch_end_;
    batch_end_ += batch_->num_rows();
    return {};
  }

  void AppendRow(int64_t index) {
    text_ += '{';
    for (int i = 0; i < batch_->num_columns(); ++i) {
      if (i > 0) text_ += ',';
      AppendJsonString(text_, batch_->column_name(i));
      text_ += ':';
      AppendJson(text_, *batch_->column(i), index);
    }
    text_ += '}';
  }

  Opened opened_;
  Options options_;
  std::unique_ptr<arrow::RecordBatchReader> batches_;
  std::shared_ptr<arrow::RecordBatch> batch_;
  std::optional<Error> failure_;
  std::string text_;
  int64_t batch_begin_ = 0;
  int64_t batch_end_ = 0;
  int64_t row_;
  int64_t end_;
  int64_t rows_read_ = 0;
};

}  // namespace

Result<std::unique_ptr<RecordReader>> OpenParquet(const InputFile& file, const InputPiece& piece,
                                                  RecordReader::Options options) {
  return std::make_unique<ParquetReader>(TRY(OpenFile(file.path)), piece, options);
}

Result<std::vector<int64_t>> RowGroupBounds(const std::string& path) {
  return TRY(OpenFile(path)).bounds;
}

}  // namespace parley
