// Deals out the write pass's work: scan rows with their decisions, and the bytes of the kept ones.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "curate/plan.h"
#include "curate/scan.h"
#include "curate/scan_rows.h"
#include "formats/record_reader.h"
#include "parley/status.h"

namespace parley {

/// Neighbouring rows. What belongs to a block depends on the rows alone, never on threads or
/// memory.
struct WorkBlock {
  struct Item {
    ScanRow row = {};
    Decision decision = {};
    int64_t file = 0;  ///< Index into the inputs.
    int64_t line = 0;  ///< Within the file, from 1.
    size_t begin = 0;  ///< Of the kept record's text in `bytes`.
    size_t end = 0;
  };
  int64_t number = 0;
  std::vector<Item> items = {};
  std::string bytes = {};
};

/// Reads the inputs once more, in order, passing over what is not kept. Not thread-safe.
class BlockSource {
 public:
  static constexpr size_t kBlockBytes = 4 << 20;
  static constexpr size_t kBlockRows = 8192;

  static Result<std::unique_ptr<BlockSource>> Create(const RunSettings& run, const ScanResult& scan,
                                                     const std::string& decisions_path);

  /// Passes over the rows before `sequence`.
  Status SkipTo(int64_t sequence);

  /// The next block, or none at the end. Changed if a record is not what scan saw.
  Result<std::optional<WorkBlock>> Next();

  const PlanTotals& totals() const { return decisions_->totals(); }

 private:
  BlockSource(const RunSettings& run, const ScanResult& scan) : run_(run), scan_(scan) {}

  Result<bool> NextItem(WorkBlock::Item& item);
  Status ReadRecord(WorkBlock& block, WorkBlock::Item& item);
  Status OpenFile(int64_t file);

  const RunSettings& run_;
  const ScanResult& scan_;
  std::unique_ptr<DecisionReader> decisions_;
  std::unique_ptr<ScanRowReader> rows_;
  size_t piece_ = 0;
  int64_t lines_before_ = 0;  // In the file, before the present piece.
  int64_t block_count_ = 0;
  int64_t open_file_ = -1;
  std::unique_ptr<RecordReader> records_;
  int64_t last_begin_ = -1;  // The record last read: a battle's second conversation needs it again.
  std::string last_json_;
};

}  // namespace parley
