// What a run is: settled before any work, and what a later command is held against.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "curate/recipe.h"
#include "formats/record_reader.h"
#include "parley/curate.h"
#include "parley/status.h"

namespace parley {

/// Everything that the release's bytes depend on, and the inputs' times.
struct RunIdentity {
  std::string version;   ///< The program's.
  std::string recipe;    ///< As TOML without comments.
  std::string key_hash;  ///< SHA-256 of the key: whether it is the same, no more.
  std::map<std::string, std::string> models;  ///< Data file → SHA-256.
  std::map<std::string, std::string> files;   ///< Files that the recipe names → SHA-256.
  std::vector<InputFile> inputs;

  /// One hash of all of it.
  std::string Hash() const;
};

/// What `run.json` holds.
struct RunRecord {
  std::string identity;  ///< The hash.
  bool finished = false;
  std::string summary;  ///< JSON, once finished.
};

Status SaveRunRecord(const std::string& path, const RunRecord& record);

/// NotFound if there is none; Invalid if it is of another form.
Result<RunRecord> LoadRunRecord(const std::string& path);

/// SHA-256 of each data file the program may open, by its name.
Result<std::map<std::string, std::string>> HashDataFiles();

/// SHA-256 of each file that a recipe names (lists of words and opt-outs, a tokenizer), by its key.
/// NotFound if one is missing.
Result<std::map<std::string, std::string>> HashRecipeFiles(const Recipe& recipe);

/// What `SummaryToJson` gave.
Result<CurateSummary> SummaryFromJson(std::string_view json);

}  // namespace parley
