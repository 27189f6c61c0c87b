// Finds the texts or conversations that are the same again, or nearly.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "parley/progress.h"
#include "parley/status.h"

namespace parley {

struct DedupeOptions {
  double threshold = 0.8;         ///< Jaccard similarity from which two are duplicates.
  std::string over = "user";      ///< Of a conversation: "user", "first" prompt, "conversation".
  std::string shingles = "auto";  ///< Or "words:N", "chars:N".
  std::string normalise = "case,space,punctuation,forms";  ///< Or with "digits"; or "none".
  std::string like = {};    ///< "datatrove": the duplicates that datatrove 0.10 finds; see below.
  bool exact_only = false;  ///< Equal texts alone.
  std::string pairs_path = {};   ///< Where the verified pairs go; empty: nowhere.
  std::string work_folder = {};  ///< Where spill goes; empty: the system's for such files.
  int threads = 0;               ///< 0: as many as the machine has.
  int64_t memory_bytes = int64_t{1} << 30;
};

struct DedupeSummary {
  int64_t lines = 0;
  int64_t bad_lines = 0;
  int64_t bytes = 0;         ///< Uncompressed.
  int64_t groups = 0;        ///< Of two and more.
  int64_t exact_groups = 0;  ///< Of equal texts.
  int64_t grouped = 0;       ///< Lines in groups.
  int64_t not_kept = 0;
  int64_t candidates = 0;      ///< Pairs that a hash brought together.
  int64_t large_buckets = 0;   ///< Sets of candidates too large to compare whole, and
  int64_t pairs_left_out = 0;  ///< the pairs in them that were not compared.
};

/// Reads JSONL of {"id", "text"} or {"id", "messages": [{"role", "content"}]} from `paths` (plain,
/// gzip or zstd; "-" is standard input) and gives `write` one JSON line for each line, in the same
/// order, some at a time:
///
///     {"id":7,"group":0,"size":3,"kept":false,"likeness":0.92}
///
/// `group` is null for what is like nothing else. Of a group the longest is kept, then the earliest
/// (by "time" in seconds or microseconds where a line has it), then the one with the smallest id,
/// then the first; `likeness` is the Jaccard similarity to it, and a member under the threshold,
/// which came in by way of others, is kept too. A line that cannot be read becomes {"id", "error"}.
///
/// With `like` = "datatrove" groups and who is kept are those of datatrove's MinHash with its
/// defaults for English: nothing is verified, so `likeness` is null, texts under five words are in
/// no group, and threshold, shingles and normalisation do not count. A conversation's messages are
/// put together with line breaks.
///
/// Invalid, before any work, if an option is wrong; NotFound if a path is missing. Everything is
/// the same for any number of threads and any budget. Spill goes to a folder of its own, mode 0700,
/// and is gone at the end.
Result<DedupeSummary> DedupeFiles(const std::vector<std::string>& paths,
                                  const DedupeOptions& options,
                                  const std::function<Status(std::string_view)>& write,
                                  Progress* progress);

}  // namespace parley
