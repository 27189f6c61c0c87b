#include "release/ledger.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "io/file.h"

namespace parley {
namespace {

constexpr const char* kFormKey = "parley.ledger";
constexpr const char* kReleasesKey = "parley.releases";
constexpr int64_t kFirstPlace = 18;  // The column of the first of several releases.

Column PlaceColumn(const std::string& release) {
  return {.name = "in_" + release,
          .kind = ColumnKind::kStruct,
          .children = {Column{.name = "shard", .kind = ColumnKind::kInt64},
                       Column{.name = "row", .kind = ColumnKind::kInt64},
                       Column{.name = "left_out", .repeats = true}}};
}

TableSchema LedgerSchema(const std::vector<std::string>& releases) {
  const auto number = [](const char* name) {
    return Column{.name = name, .kind = ColumnKind::kInt64};
  };
  const auto word = [](const char* name) { return Column{.name = name, .repeats = true}; };
  const auto text = [](const char* name) { return Column{.name = name}; };
  TableSchema schema = {number("sequence"),      word("file"),          number("line"),
                        number("begin_byte"),    number("size_bytes"),  number("part"),
                        text("conversation_id"), text("user"),          text("fingerprint"),
                        word("outcome"),         word("stage"),         word("reason"),
                        word("detail"),          number("merged_into"), word("release"),
                        text("release_id"),      number("shard"),       number("row")};
  for (const std::string& release : releases) schema.push_back(PlaceColumn(release));
  return schema;
}

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

void AddOptional(const std::optional<int64_t>& value, BlockBuilder& builder) {
  value ? builder.Int(*value) : builder.Null();
}

void AddPlaces(const LedgerRow& row, size_t releases, BlockBuilder& builder) {
  Check(row.places.empty() || row.places.size() == releases, "a place for no release");
  for (size_t i = 0; i < releases; ++i) {
    if (row.places.empty()) {
      builder.Null();
      continue;
    }
    builder.BeginStruct();
    AddOptional(row.places[i].shard, builder);
    AddOptional(row.places[i].row, builder);
    builder.String(row.places[i].left_out).End();
  }
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

std::vector<ReleasePlace> PlacesAt(const TableBlock& block, int64_t row, size_t releases) {
  std::vector<ReleasePlace> places;
  for (size_t i = 0; i < releases; ++i) {
    const TableValue place = block.At(kFirstPlace + static_cast<int64_t>(i), row);
    if (place.is_null()) continue;
    places.push_back({.shard = place.Field(0).OptionalInt(),
                      .row = place.Field(1).OptionalInt(),
                      .left_out = std::string(place.Field(2).StringOrEmpty())});
  }
  return places;
}

LedgerRow RowAt(const TableBlock& block, int64_t row, size_t releases) {
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
          .row = block.At(17, row).OptionalInt(),
          .places = PlacesAt(block, row, releases)};
}

}  // namespace

Standing StandingIn(const LedgerRow& row, size_t index) {
  Standing standing{row.outcome, row.stage, row.reason, row.shard, row.row};
  if (row.places.empty()) return standing;
  const ReleasePlace& place = row.places.at(index);
  if (!place.left_out.empty())
    return {.outcome = "dropped", .stage = "release", .reason = place.left_out};
  standing.shard = place.shard;
  standing.row = place.row;
  return standing;
}

LedgerWriter::LedgerWriter(const std::vector<std::string>& releases)
    : releases_(releases.size()), builder_(LedgerSchema(releases)) {}

Result<std::unique_ptr<LedgerWriter>> LedgerWriter::Create(
    const std::string& path, const std::vector<std::string>& releases) {
  auto ledger = std::unique_ptr<LedgerWriter>(new LedgerWriter(releases));
  ParquetWriter::Options options = {.metadata = {{kFormKey, std::to_string(kLedgerForm)}}};
  if (!releases.empty()) {
    options.metadata = {{kFormKey, std::to_string(kLedgerFormOfSeveral)},
                        {kReleasesKey, fmt::format("{}", fmt::join(releases, " "))}};
  }
  ledger->writer_ = TRY(ParquetWriter::Create(path, LedgerSchema(releases), std::move(options)));
  return ledger;
}

Status LedgerWriter::Append(const LedgerRow& row) {
  AddRow(row, builder_);
  AddPlaces(row, releases_, builder_);
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
  TRY(reader->CheckForm(path));
  return reader;
}

Status LedgerReader::CheckForm(const std::string& path) {
  const std::optional<std::string> form = table_->Metadata(kFormKey);
  if (!form) return Invalid("is not a ledger of Parley's", {.file = path});
  if (*form == std::to_string(kLedgerFormOfSeveral)) {
    releases_ = Words(table_->Metadata(kReleasesKey).value_or(""));
  } else if (*form != std::to_string(kLedgerForm)) {
    return Invalid(fmt::format("is a ledger of form {}; this program reads forms {} and {}: use "
                               "the version of Parley that wrote it",
                               *form, kLedgerForm, kLedgerFormOfSeveral),
                   {.file = path});
  }
  if (table_->schema() != LedgerSchema(releases_)) {
    return Invalid("a ledger with other columns than its form has", {.file = path});
  }
  return {};
}

Result<std::optional<LedgerRow>> LedgerReader::Next() {
  while (!block_ || row_ == block_->rows()) {
    block_.reset();
    if (group_ == table_->row_groups()) return std::optional<LedgerRow>();
    block_.emplace(TRY(table_->Read(group_)));
    ++group_;
    row_ = 0;
  }
  return std::optional(RowAt(*block_, row_++, releases_.size()));
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
      LedgerRow read = RowAt(block, row, releases_.size());
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
