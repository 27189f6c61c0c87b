#include "curate/scan_rows.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace parley {
namespace {

static_assert(std::is_trivially_copyable_v<ScanRow::Fixed>);
static_assert(std::has_unique_object_representations_v<ScanRow::Fixed>, "no bytes left unset");
static_assert(std::is_trivially_copyable_v<PieceTotals>);

constexpr int64_t kReadBytes = 1 << 18;

// Ends every whole file, so that one which a loss of power cut short is seen.
struct Footer {
  PieceTotals totals = {};
  int64_t size_bytes = 0;  // Of the rows before it.
  uint64_t hash = 0;       // Of the rows, each hashed with the one before as its seed.
  uint64_t mark = 0x5350'4c49'5445'4e44;
};
static_assert(std::is_trivially_copyable_v<Footer>);

template <class T>
std::string_view BytesOf(const T& value);

uint64_t HashOfRow(const ScanRow& row, uint64_t before) {
  uint64_t hash = HashOf(BytesOf(row.fixed), before);
  for (const std::string* text : {&row.id, &row.why, &row.why_conversation, &row.detail}) {
    if (!text->empty()) hash = HashOf(*text, hash);
  }
  return hash;
}

template <class T>
std::string_view BytesOf(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof(value)};
}

}  // namespace

Result<std::unique_ptr<ScanRowWriter>> ScanRowWriter::Create(const std::string& path) {
  auto writer = std::make_unique<ScanRowWriter>();
  writer->file_ = TRY(OutputFile::Create(path, OutputFile::Outlives::kProcess));
  return writer;
}

Status ScanRowWriter::Write(ScanRow& row) {
  row.fixed.id_bytes = static_cast<uint32_t>(row.id.size());
  row.fixed.why_bytes = static_cast<uint32_t>(row.why.size());
  row.fixed.why_conversation_bytes = static_cast<uint32_t>(row.why_conversation.size());
  row.fixed.detail_bytes = static_cast<uint32_t>(row.detail.size());
  hash_ = HashOfRow(row, hash_);
  TRY(file_->Write(BytesOf(row.fixed)));
  for (const std::string* text : {&row.id, &row.why, &row.why_conversation, &row.detail}) {
    if (!text->empty()) TRY(file_->Write(*text));
  }
  return {};
}

Status ScanRowWriter::Commit(const PieceTotals& totals) {
  TRY(file_->Write(
      BytesOf(Footer{.totals = totals, .size_bytes = file_->size_bytes(), .hash = hash_})));
  return file_->Commit();
}

Result<std::unique_ptr<ScanRowReader>> ScanRowReader::Open(const std::string& path) {
  auto reader = std::make_unique<ScanRowReader>();
  reader->file_ = TRY(InputBytes::Open(path));
  reader->end_ = reader->file_->size_bytes() - static_cast<int64_t>(sizeof(Footer));
  Footer footer;
  footer.mark = 0;
  if (reader->end_ >= 0) {
    TRY(reader->file_->ReadAt(reader->end_, reinterpret_cast<char*>(&footer), sizeof(footer)));
  }
  if (footer.mark != Footer{}.mark || footer.size_bytes != reader->end_) {
    return Fail(Code::kInvalid, "was cut short", {.file = path});
  }
  reader->totals_ = footer.totals;
  reader->expected_hash_ = footer.hash;
  return reader;
}

Status CheckScanRows(const std::string& path) {
  const auto reader = TRY(ScanRowReader::Open(path));
  uint64_t hash = 0;
  ScanRow row;
  for (;;) {
    const bool more = TRY(reader->Next(row));
    if (!more) break;
    hash = HashOfRow(row, hash);
  }
  if (hash == reader->expected_hash_) return {};
  return Fail(Code::kInvalid, "was damaged", {.file = path});
}

Result<bool> ScanRowReader::Take(char* bytes, size_t size) {
  while (size > 0) {
    if (position_ == buffer_.size()) {
      buffer_.resize(static_cast<size_t>(std::min(kReadBytes, end_ - offset_)));
      if (buffer_.empty()) return false;
      TRY(file_->ReadAt(offset_, buffer_.data(), static_cast<int64_t>(buffer_.size())));
      offset_ += static_cast<int64_t>(buffer_.size());
      position_ = 0;
    }
    const size_t taken = std::min(size, buffer_.size() - position_);
    std::memcpy(bytes, buffer_.data() + position_, taken);
    position_ += taken;
    bytes += taken;
    size -= taken;
  }
  return true;
}

Result<bool> ScanRowReader::Next(ScanRow& row) {
  const bool more = TRY(Take(reinterpret_cast<char*>(&row.fixed), sizeof(row.fixed)));
  if (!more) return false;
  const int64_t left = end_ - offset_ + static_cast<int64_t>(buffer_.size() - position_);
  if (int64_t{row.fixed.id_bytes} + row.fixed.why_bytes + row.fixed.why_conversation_bytes +
          row.fixed.detail_bytes >
      left) {
    return Fail(Code::kInvalid, "was damaged", {.file = file_->path()});
  }
  row.id.resize(row.fixed.id_bytes);
  row.why.resize(row.fixed.why_bytes);
  row.why_conversation.resize(row.fixed.why_conversation_bytes);
  row.detail.resize(row.fixed.detail_bytes);
  for (std::string* text : {&row.id, &row.why, &row.why_conversation, &row.detail}) {
    TRY(Take(text->data(), text->size()));
  }
  return true;
}

}  // namespace parley
