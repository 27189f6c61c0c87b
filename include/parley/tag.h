// Tags any text by the same functions that a release is made with.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

struct TagOptions {
  std::vector<std::string> with = {"language", "pii", "tokens"};
  bool code_point_offsets = false;  ///< Spans in code points of the text, not in bytes.
  int threads = 0;                  ///< 0: as many as the machine has.
  std::string tokenizer = {};       ///< Llama 2's vocabulary; empty: the one of the set-up.
};

struct TagSummary {
  int64_t lines = 0;
  int64_t bad_lines = 0;
  int64_t bytes = 0;
};

/// Reads JSONL of {"id", "text"} or {"id", "messages": [{"role", "content"}]} from `path` (plain,
/// gzip or zstd; "-" is standard input, plain) and gives `write` one JSON line for each line, in
/// the same order, some at a time:
///
///     {"id":7,"language":{"code":"en","name":"English","confidence":0.98},
///      "pii":[{"type":"EMAIL","begin":3,"end":14,"score":0.95}],"tokens":{"llama2":9,"cl100k":8}}
///
/// "moderation", if asked for, is {"categories": {name: true or false, …}, "category_scores":
/// {name: 0 to 1, …}, "flagged"}. With messages each tag is a list, one entry a message, spans
/// within it. A line that cannot be read becomes {"id", "error"}, the id where it is known; so does
/// a blank one, and one of more than 64 MiB. What `text` had of invalid UTF-8 is U+FFFD, to which
/// offsets refer, and is counted in "repaired_utf8".
///
/// Invalid, before any work, if a tag is unknown; NotFound if a model's file or `path` is missing.
/// A failing `write` ends the work with its error. Memory is bounded by the threads and the longest
/// line. The output does not depend on the number of threads.
Result<TagSummary> TagFile(const std::string& path, const TagOptions& options,
                           const std::function<Status(std::string_view)>& write);

}  // namespace parley
