#include "formats/arrow_bridge.h"

#include <arrow/buffer.h>

#include <utility>

namespace parley {
namespace {

arrow::Status Refusal(std::optional<Error>& kept, const Error& error) {
  if (!kept) kept = error;
  return arrow::Status::IOError(error.message);
}

std::shared_ptr<arrow::Field> ArrowFieldOf(const Column& column) {
  return arrow::field(column.name, ArrowTypeOf(column));
}

Column NestedColumn(const arrow::Field& field, ColumnKind kind) {
  Column column{.name = field.name(), .kind = kind};
  for (const auto& child : field.type()->fields()) column.children.push_back(ColumnOf(*child));
  return column;
}

}  // namespace

HashedOutput::HashedOutput(std::unique_ptr<OutputFile> file) : file_(std::move(file)) {}

arrow::Status HashedOutput::Write(const void* data, int64_t size) {
  const std::string_view bytes(static_cast<const char*>(data), static_cast<size_t>(size));
  if (const Status written = file_->Write(bytes); !written) {
    return Refusal(failure_, written.error());
  }
  digest_.Add(bytes);
  position_ += size;
  return arrow::Status::OK();
}

arrow::Status HashedOutput::Close() {
  closed_ = true;
  return arrow::Status::OK();
}

arrow::Result<int64_t> HashedOutput::Tell() const { return position_; }
Status HashedOutput::Commit() { return file_->Commit(); }
std::string HashedOutput::Hex() { return digest_.Hex(); }

BytesInput::BytesInput(std::unique_ptr<InputBytes> bytes) : bytes_(std::move(bytes)) {}

arrow::Result<int64_t> BytesInput::GetSize() { return bytes_->size_bytes(); }

arrow::Result<int64_t> BytesInput::ReadAt(int64_t position, int64_t size, void* out) {
  const Result<int64_t> got = bytes_->ReadAt(position, static_cast<char*>(out), size);
  if (!got) return Refusal(failure_, got.error());
  return *got;
}

arrow::Result<std::shared_ptr<arrow::Buffer>> BytesInput::ReadAt(int64_t position, int64_t size) {
  ARROW_ASSIGN_OR_RAISE(auto buffer, arrow::AllocateResizableBuffer(size));
  ARROW_ASSIGN_OR_RAISE(const int64_t got, ReadAt(position, size, buffer->mutable_data()));
  ARROW_RETURN_NOT_OK(buffer->Resize(got));
  return std::shared_ptr<arrow::Buffer>(std::move(buffer));
}

arrow::Result<int64_t> BytesInput::Read(int64_t size, void* out) {
  ARROW_ASSIGN_OR_RAISE(const int64_t got, ReadAt(position_, size, out));
  position_ += got;
  return got;
}

arrow::Result<std::shared_ptr<arrow::Buffer>> BytesInput::Read(int64_t size) {
  ARROW_ASSIGN_OR_RAISE(auto buffer, ReadAt(position_, size));
  position_ += buffer->size();
  return buffer;
}

arrow::Status BytesInput::Seek(int64_t position) {
  position_ = position;
  return arrow::Status::OK();
}

arrow::Status BytesInput::Close() {
  closed_ = true;
  return arrow::Status::OK();
}

std::shared_ptr<arrow::DataType> ArrowTypeOf(const Column& column) {
  switch (column.kind) {
    case ColumnKind::kString:
      return arrow::utf8();
    case ColumnKind::kInt64:
      return arrow::int64();
    case ColumnKind::kDouble:
      return arrow::float64();
    case ColumnKind::kBool:
      return arrow::boolean();
    case ColumnKind::kList:
      return arrow::list(arrow::field("element", ArrowTypeOf(column.children.at(0))));
    case ColumnKind::kStruct: {
      arrow::FieldVector fields;
      for (const Column& child : column.children) fields.push_back(ArrowFieldOf(child));
      return arrow::struct_(fields);
    }
    case ColumnKind::kOther:
      break;
  }
  Check(false, "a column of no kind we write");
  return nullptr;
}

std::shared_ptr<arrow::Schema> ArrowSchemaOf(const TableSchema& schema) {
  arrow::FieldVector fields;
  for (const Column& column : schema) fields.push_back(ArrowFieldOf(column));
  return arrow::schema(std::move(fields));
}

Column ColumnOf(const arrow::Field& field) {
  switch (field.type()->id()) {
    case arrow::Type::STRING:
      return {.name = field.name(), .kind = ColumnKind::kString};
    case arrow::Type::INT64:
      return {.name = field.name(), .kind = ColumnKind::kInt64};
    case arrow::Type::DOUBLE:
      return {.name = field.name(), .kind = ColumnKind::kDouble};
    case arrow::Type::BOOL:
      return {.name = field.name(), .kind = ColumnKind::kBool};
    case arrow::Type::LIST:
      return NestedColumn(field, ColumnKind::kList);
    case arrow::Type::STRUCT:
      return NestedColumn(field, ColumnKind::kStruct);
    default:
      return {.name = field.name(), .kind = ColumnKind::kOther};
  }
}

}  // namespace parley
