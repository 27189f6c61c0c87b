#include "release/ledger.h"

#include <fmt/format.h>

#include "io/file.h"

namespace parley {
namespace {

constexpr const char* kFormKey = "parley.ledger";

TableSchema LedgerSchema() {
  const auto number = [](const char* name) {
    return Column{.name = name, .kind = ColumnKind::kInt64};
  };
  const auto word = [](const char* name) { return Column{.name = name, .repeats = true}; };
  const auto text = [](const char* name) { return Column{.name = name}; };
  return {number("sequence"),      word("file"),          number("line"),
          number("begin_byte"),    number("size_bytes"),  number("part"),
          text("conversation_id"), text("user"),          text("fingerprint"),
          word("outcome"),         word("stage"),         word("reason"),
          word("detail"),          number("merged_into"), word("release"),
          text("release_id"),      number("shard"),       number("row")};
}

void AddOptional(const std::optional<int64_t>& value, BlockBuilder& builder) {
  value ? builder.Int(*value) : builder.Null();
}

void AddRow(const LedgerRow& row, BlockBuilder& builder) {
  builder.Int(row.sequence).String(row.file).Int(row.line).Int(row.begin_byte);
  builder.Int(row.size_bytes).Int(row.part).String(row.conversation_id).String(row.user);
  builder.String(row.fingerprint).String(row.outcome).String(row.stage).String(row.reason);
  builder.String(row.detail);
  AddOptional(row.merged_into, builder);
  builder.String(row.release).String(row.release_id);
  AddOptional(row.shard, builder);
  AddOptional(row.row, builder);
}

LedgerRow RowAt(const TableBlock& block, int64_t row) {
  const auto number = [&](int64_t column) { return block.At(column, row).Int(); };
  const auto text = [&](int64_t column) { return std::string(block.At(column, row).String()); };
  return {.sequence = number(0),
          .file = text(1),
          .line = number(2),
          .begin_byte = number(3),
          .size_bytes = number(4),
          .part = number(5),
          .conversation_id = text(6),
          .user = text(7),
          .fingerprint = text(8),
          .outcome = text(9),
          .stage = text(10),
          .reason = text(11),
          .detail = text(12),
          .merged_into = block.At(13, row).OptionalInt(),
          .release = text(14),
          .release_id = text(15),
          .shard = block.At(16, row).OptionalInt(),
          .row = block.At(17, row).OptionalInt()};
}

}  // namespace

LedgerWriter::LedgerWriter() : builder_(LedgerSchema()) {}

Result<std::unique_ptr<LedgerWriter>> LedgerWriter::Create(const std::string& path) {
  auto ledger = std::unique_ptr<LedgerWriter>(new LedgerWriter);
  ledger->writer_ = TRY(ParquetWriter::Create(
      path, LedgerSchema(), {.metadata = {{kFormKey, std::to_string(kLedgerForm)}}}));
  return ledger;
}

Status LedgerWriter::Append(const LedgerRow& row) {
  AddRow(row, builder_);
  if (builder_.rows() < kRowsPerGroup) return {};
  return writer_->Append(builder_.Finish());
}

Result<WrittenTable> LedgerWriter::Close() {
  TRY(writer_->Append(builder_.Finish()));
  return writer_->Close();
}

Result<std::unique_ptr<LedgerReader>> LedgerReader::Open(const std::string& path) {
  auto reader = std::unique_ptr<LedgerReader>(new LedgerReader);
  reader->table_ = TRY(ParquetTable::Open(path));
  const std::optional<std::string> form = reader->table_->Metadata(kFormKey);
  if (!form) return Invalid("is not a ledger of Parley's", {.file = path});
  if (*form != std::to_string(kLedgerForm)) {
    return Invalid(fmt::format("is a ledger of form {}; this program reads form {}: use the "
                               "version of Parley that wrote it",
                               *form, kLedgerForm),
                   {.file = path});
  }
  if (reader->table_->schema() != LedgerSchema()) {
    return Invalid("a ledger with other columns than its form has", {.file = path});
  }
  return reader;
}

Result<std::optional<LedgerRow>> LedgerReader::Next() {
  while (!block_ || row_ == block_->rows()) {
    block_.reset();
    if (group_ == table_->row_groups()) return std::optional<LedgerRow>();
    block_.emplace(TRY(table_->Read(group_)));
    ++group_;
    row_ = 0;
  }
  return std::optional(RowAt(*block_, row_++));
}

Result<bool> LedgerReader::GroupHolds(int64_t group, std::string_view id) const {
  if (!table_->MayHold(group, "conversation_id", id) && !table_->MayHold(group, "release_id", id)) {
    return false;
  }
  const TableBlock ids = TRY(table_->Read(group, {"conversation_id", "release_id"}));
  for (int64_t row = 0; row < ids.rows(); ++row) {
    if (ids.At(0, row).String() == id || ids.At(1, row).String() == id) return true;
  }
  return false;
}

Result<std::vector<LedgerRow>> LedgerReader::Find(std::string_view id) const {
  std::vector<LedgerRow> found;
  for (int64_t group = 0; group < table_->row_groups(); ++group) {
    if (!TRY(GroupHolds(group, id))) continue;
    const TableBlock block = TRY(table_->Read(group));
    for (int64_t row = 0; row < block.rows(); ++row) {
      LedgerRow read = RowAt(block, row);
      if (read.conversation_id == id || read.release_id == id) found.push_back(std::move(read));
    }
  }
  return found;
}

Result<std::vector<std::string>> LedgerFiles(const std::string& folder) {
  std::vector<std::string> files;
  for (const std::string& name : TRY(ListFolder(folder))) {
    if (name.ends_with(".parquet")) files.push_back(folder + "/" + name);
  }
  return files;
}

}  // namespace parley
