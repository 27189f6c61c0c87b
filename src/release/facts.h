// What there is to say of a release: card, manifest, Croissant and report are all made from this,
// so that no two of them can disagree.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "parley/audit_estimate.h"
#include "release/name_figures.h"
#include "release/profile.h"
#include "release/selection.h"
#include "release/shard_writer.h"
#include "release/statistics.h"

namespace parley {

/// What only the releaser knows: the recipe's section [card]. Empty means: not said.
struct CardInfo {
  std::string name = {};
  std::string version = {};
  std::string licence = {};       ///< A name, such as "cc-by-nc-4.0".
  std::string licence_text = {};  ///< The agreement in full; becomes LICENSE and the gate's prompt.
  std::string contact = {};       ///< Where a person asks to be taken out.
  std::string url = {};
  std::string creator = {};
  std::string citation = {};
  std::string date = {};  ///< "2024-05-01"
  std::string description = {};
};

/// The keys of [card] that are empty, in their order.
std::vector<std::string> MissingFields(const CardInfo& card);

/// An input as the manifest names it.
struct SourceInput {
  std::string name;  ///< Relative to INPUT.
  std::string format = {};
  int64_t size_bytes = 0;
  std::string sha256 = {};
};

/// A model or vocabulary that had a part in it.
struct ModelUsed {
  std::string name;
  std::string sha256 = {};
};

/// A rule that was switched on.
struct StageUsed {
  std::string name;
  std::string summary = {};
};

struct ReleaseFacts {
  CardInfo card = {};
  Profile profile = Profile::kLmsysChat1m;
  std::string release_name = {};                ///< Of several; empty: the run's only one.
  std::vector<std::string> release_names = {};  ///< Of all the run made, if several.
  SelectionOptions selection = {};              ///< What went into this one.
  Statistics statistics = {};
  std::vector<ShardInfo> shards = {};  ///< With their final names, in order.
  bool redaction_enabled = true;
  std::vector<std::string> redaction_types = {};  ///< What the redactor looked for.
  bool names_redacted = false;                    ///< Names of persons were looked for too …
  bool private_names_only = false;  ///< … and of these only those of private persons replaced.
  std::vector<std::string> name_languages = {};  ///< Codes: where the model of names counts as one.
  std::vector<NameFigure> name_figures = {};     ///< Of the model; empty: nobody measured it.
  std::vector<std::string> phone_regions = {};   ///< As the redactor's option of that name.
  std::string program_version = {};
  std::string recipe_toml = {};  ///< The whole recipe.
  std::vector<ModelUsed> models = {};
  std::vector<SourceInput> inputs = {};
  std::vector<StageUsed> stages = {};
  std::optional<AuditEstimate> audit = {};  ///< None before people have read a sample.
};

/// The card's name, or "conversations" where none is said.
std::string NameOf(const ReleaseFacts& facts);

/// The card's date, or the newest day in the data; empty if neither is known.
std::string DateOf(const ReleaseFacts& facts);

int64_t SizeBytesOf(const std::vector<ShardInfo>& shards);
int64_t NumBytesOf(const std::vector<ShardInfo>& shards);

}  // namespace parley
