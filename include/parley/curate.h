// Raw logs in, release out.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "parley/progress.h"
#include "parley/status.h"

namespace parley {

struct CurateRequest {
  std::vector<std::string> inputs;  ///< Files, folders, globs, or "-" for standard input.
  std::string out;                  ///< The run's folder: gets `release/` and `private/`.
  std::string recipe_path = {};     ///< TOML; empty: the defaults.
  /// Recipe keys set by flags, such as {"message_length.max_code_points", "8000"}; they win.
  std::vector<std::pair<std::string, std::string>> settings = {};
  std::string key_path = {};                ///< Key for user ids; empty: made once in `private/`.
  std::string canaries_path = {};           ///< A file with lines that must not be released.
  int threads = 0;                          ///< 0: as many as the machine has.
  int64_t memory_bytes = int64_t{2} << 30;  ///< For the whole process.
  bool strict = false;                      ///< Stop at the first bad record.
  bool dry_run = false;                     ///< Stop after the plan.
};

/// One of several releases of a run.
struct ReleaseSummary {
  std::string name = {};
  std::string folder = {};  ///< Empty in a dry run, which has read no text to choose by.
  int64_t kept = 0;
  int64_t shards = 0;
  int64_t size_bytes = 0;
};

struct CurateSummary {
  bool already_done = false;  ///< The same command had finished before: nothing was done.
  bool dry_run = false;
  bool over_limit = false;    ///< A limit set in the recipe was passed.
  std::string limit_message;  ///< Which, in a sentence.
  int64_t input_files = 0;
  int64_t input_bytes = 0;
  int64_t ledger_rows = 0;                  ///< Conversations found, records and files without.
  std::map<std::string, int64_t> outcomes;  ///< kept, merged, dropped, bad.
  std::map<std::string, int64_t> reasons;   ///< "stage.reason" → rows.
  std::map<std::string, int64_t> models;    ///< Kept conversations.
  std::map<std::string, int64_t> languages;
  std::map<std::string, int64_t> redactions;  ///< By type.
  int64_t kept = 0;
  int64_t shards = 0;
  int64_t release_bytes = 0;
  std::vector<std::string> missing_card_fields;
  std::string release_folder;            ///< Empty in a dry run.
  std::vector<ReleaseSummary> releases;  ///< Several, in the recipe's order; empty: one.
};

/// Runs scan, plan and write, or what of them is left to do after a kill. `progress` may be null.
///
/// Invalid, before any work and without touching `out`: a wrong recipe, a missing model or input.
/// Conflict: `out` holds something else, or another run is at work there. Changed: an input is not
/// what it was when it was scanned. Leak: a canary, or a value that was replaced elsewhere in its
/// conversation, would stand in the release; then there is none.
Result<CurateSummary> Curate(const CurateRequest& request, Progress* progress);

/// The summary as a JSON object.
std::string SummaryToJson(const CurateSummary& summary);

/// The whole recipe as TOML with its defaults and a sentence for each key, or the given recipe and
/// settings laid over them.
Result<std::string> PrintRecipe(const std::string& recipe_path,
                                const std::vector<std::pair<std::string, std::string>>& settings);

struct RecipeKey {
  std::string name;  ///< "message_length.max_code_points"
  std::string summary;
  std::string default_text;  ///< As TOML.
};

/// Every key of the recipe, in the order of `PrintRecipe`.
std::vector<RecipeKey> RecipeKeys();

/// The story of one conversation id of a finished run, in words. NotFound if the ledger has no such
/// id.
Result<std::string> Explain(const std::string& run_folder, const std::string& conversation_id);

}  // namespace parley
