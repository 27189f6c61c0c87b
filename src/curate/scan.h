// The first pass: reads every input once and keeps fingerprints.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "curate/recipe.h"
#include "curate/scan_rows.h"
#include "curate/stage_line.h"
#include "formats/record_reader.h"
#include "parley/progress.h"
#include "parley/status.h"
#include "release/verify/needle_set.h"

namespace parley {

/// What a pass needs to know of the run. Lives as long as the run.
struct RunSettings {
  const Recipe& recipe;
  const StageLine& stages;
  const std::vector<InputFile>& inputs;
  std::vector<ReleaseEntry> releases;  ///< One at least; several all have names.
  std::string key;                     ///< Of the user ids.
  std::string work_folder;             ///< For spill.
  int threads = 1;
  int64_t memory_bytes = 0;
  bool strict = false;
  Progress* progress = nullptr;  ///< May be null.
  const NeedleSet* canaries =
      nullptr;  ///< What must not stand in the release; null: none are given.

  bool several() const { return !releases.front().name.empty(); }
};

struct ScanResult {
  std::vector<InputPiece> pieces;
  std::vector<std::string> row_paths;     ///< [pieces]
  std::vector<PieceTotals> totals;        ///< [pieces]
  std::vector<std::string> input_hashes;  ///< [inputs]; see `InputHash`.

  int64_t row_count() const;
};

/// Scans what is not scanned yet. Stops at the first bad record if `strict`. Changed: an input's
/// size or time is not what it was when it was looked at.
Result<ScanResult> Scan(const RunSettings& run);

/// Changed, naming the input, if a size or time is not what it was when the inputs were looked at.
Status CheckUnchanged(const std::vector<InputFile>& inputs);

/// How the manifest names the content of an input: SHA-256 of its bytes if it has 64 MiB at most,
/// else SHA-256 of the joined hexadecimal SHA-256 of its 64 MiB parts, which two threads can share.
inline constexpr int64_t kHashPartBytes = 64 << 20;

}  // namespace parley
