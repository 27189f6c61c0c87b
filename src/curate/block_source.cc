#include "curate/block_source.h"

#include <fmt/format.h>

#include <utility>

namespace parley {

Result<std::unique_ptr<BlockSource>> BlockSource::Create(const RunSettings& run,
                                                         const ScanResult& scan,
                                                         const std::string& decisions_path) {
  auto source = std::unique_ptr<BlockSource>(new BlockSource(run, scan));
  source->decisions_ = TRY(DecisionReader::Open(decisions_path));
  return source;
}

Status BlockSource::SkipTo(int64_t sequence) {
  WorkBlock::Item item;
  for (int64_t passed = 0; passed < sequence; ++passed) {
    const bool more = TRY(NextItem(item));
    Check(more, "the checkpoint is ahead of the rows");
  }
  return {};
}

Result<bool> BlockSource::NextItem(WorkBlock::Item& item) {
  for (;;) {
    if (!rows_) {
      if (piece_ == scan_.pieces.size()) return false;
      rows_ = TRY(ScanRowReader::Open(scan_.row_paths[piece_]));
    }
    const bool more = TRY(rows_->Next(item.row));
    if (more) break;
    const int64_t lines = scan_.totals[piece_].line_count;
    const int64_t file = scan_.pieces[piece_].file;
    ++piece_;
    const bool same_file = piece_ < scan_.pieces.size() && scan_.pieces[piece_].file == file;
    lines_before_ = same_file ? lines_before_ + lines : 0;
    rows_.reset();
  }
  item.decision = TRY(decisions_->Next());
  item.file = scan_.pieces[piece_].file;
  item.line = item.row.fixed.line == 0 ? 0 : lines_before_ + item.row.fixed.line;
  return true;
}

Status BlockSource::OpenFile(int64_t file) {
  const InputFile& input = run_.inputs[static_cast<size_t>(file)];
  const InputPiece whole = CutIntoPieces(input, file, std::numeric_limits<int64_t>::max()).at(0);
  records_ = TRY(RecordReader::Open(
      input, whole, {.max_record_bytes = run_.recipe.input().max_record_megabytes * 1'000'000}));
  open_file_ = file;
  last_begin_ = -1;
  return {};
}

Status BlockSource::ReadRecord(WorkBlock& block, WorkBlock::Item& item) {
  if (item.file != open_file_) TRY(OpenFile(item.file));
  const ScanRow::Fixed& fixed = item.row.fixed;
  if (fixed.begin_byte != last_begin_) {
    TRY(records_->SkipTo(fixed.begin_byte));
    const std::optional<Record> record = TRY(records_->Next());
    if (!record || HashOf(record->json) != fixed.record) {
      return Fail(Code::kChanged,
                  "this record changed since it was scanned; start again in a new --out",
                  {.file = run_.inputs[static_cast<size_t>(item.file)].path,
                   .line = item.line,
                   .byte = fixed.begin_byte});
    }
    last_begin_ = fixed.begin_byte;
    last_json_.assign(record->json);
  }
  item.begin = block.bytes.size();
  block.bytes += last_json_;
  item.end = block.bytes.size();
  return {};
}

Result<std::optional<WorkBlock>> BlockSource::Next() {
  WorkBlock block;
  block.number = block_count_;
  while (block.bytes.size() < kBlockBytes && block.items.size() < kBlockRows) {
    WorkBlock::Item item;
    const bool more = TRY(NextItem(item));
    if (!more) break;
    if (item.decision.fate == Fate::kKept) TRY(ReadRecord(block, item));
    block.items.push_back(std::move(item));
  }
  if (block.items.empty()) return std::optional<WorkBlock>();
  ++block_count_;
  return std::optional(std::move(block));
}

}  // namespace parley
