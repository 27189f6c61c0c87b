// Between Arrow's world and ours: its files on top of ours (so that a fault injected there is felt
// here), its types as our schemas, its errors as our errors. For this folder only.

#pragma once

#include <arrow/io/interfaces.h>
#include <arrow/result.h>
#include <arrow/status.h>
#include <arrow/type.h>

#include <memory>
#include <string>

#include "formats/table_schema.h"
#include "io/digest.h"
#include "io/file.h"
#include "parley/status.h"

namespace parley {

/// An output that hashes what goes through it. Keeps the first error of the file beneath.
class HashedOutput final : public arrow::io::OutputStream {
 public:
  explicit HashedOutput(std::unique_ptr<OutputFile> file);
  arrow::Status Write(const void* data, int64_t size) override;
  using arrow::io::OutputStream::Write;
  arrow::Status Close() override;  ///< Writes nothing: `Commit` does what is left.
  arrow::Result<int64_t> Tell() const override;
  bool closed() const override { return closed_; }

  Status Commit();
  std::string Hex();
  const std::optional<Error>& failure() const { return failure_; }

 private:
  std::unique_ptr<OutputFile> file_;
  Sha256 digest_;
  std::optional<Error> failure_;
  int64_t position_ = 0;
  bool closed_ = false;
};

/// A file opened for reading at any offset. Keeps the first error of the file beneath.
class BytesInput final : public arrow::io::RandomAccessFile {
 public:
  explicit BytesInput(std::unique_ptr<InputBytes> bytes);
  arrow::Result<int64_t> GetSize() override;
  arrow::Result<int64_t> ReadAt(int64_t position, int64_t size, void* out) override;
  arrow::Result<std::shared_ptr<arrow::Buffer>> ReadAt(int64_t position, int64_t size) override;
  arrow::Result<int64_t> Read(int64_t size, void* out) override;
  arrow::Result<std::shared_ptr<arrow::Buffer>> Read(int64_t size) override;
  arrow::Status Seek(int64_t position) override;
  arrow::Result<int64_t> Tell() const override { return position_; }
  arrow::Status Close() override;
  bool closed() const override { return closed_; }

  const std::optional<Error>& failure() const { return failure_; }

 private:
  std::unique_ptr<InputBytes> bytes_;
  std::optional<Error> failure_;
  int64_t position_ = 0;
  bool closed_ = false;
};

std::shared_ptr<arrow::DataType> ArrowTypeOf(const Column& column);
std::shared_ptr<arrow::Schema> ArrowSchemaOf(const TableSchema& schema);
Column ColumnOf(const arrow::Field& field);

}  // namespace parley
