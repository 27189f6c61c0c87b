// What a run is told to do: every stage's options, and the sections that are no stage.

#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/dialect.h"
#include "parley/curate.h"
#include "parley/status.h"
#include "release/facts.h"
#include "release/selection.h"
#include "stages/stage.h"

namespace parley {

struct InputOptions {
  std::string format = {};            ///< A dialect's name; empty: told from the content.
  int64_t max_record_megabytes = 16;  ///< A larger record is a bad one.
  std::string oasst_paths = "all";    ///< "all" or "best".
  bool system_messages = true;        ///< Whether fastchat's system prompts become messages.
};

struct ReleaseOptions {
  std::string profile = "lmsys-chat-1m";
  int64_t shard_megabytes = 512;  ///< Of text, before compression.
};

/// A release that a run makes.
struct ReleaseEntry {
  std::string name = {};  ///< Of an entry of [[release]]; empty: the only release, without one.
  ReleaseOptions options = {};
  SelectionOptions selection = {};
  CardInfo card = {};

  /// Where it lies under the run's `release/`: "" or "/safe".
  std::string subfolder() const { return name.empty() ? "" : "/" + name; }
};

struct MappedOptions {
  std::string id, model, messages, role, content, message_time, prompt, response, system, time,
      user, language, consent, event;
  std::vector<std::string> roles;  ///< "their name=ours".
};

/// A whole recipe: every key has a value.
class Recipe {
 public:
  Recipe();  ///< The defaults.

  /// Lays a TOML file over it. Invalid, with file and line, the key, and the nearest right one.
  Status Read(const std::string& path);
  /// Lays TOML text over it; `name` stands for the file in errors.
  Status ReadText(std::string_view toml, const std::string& name);

  /// Sets "section.key" (or "order") from text as a flag gives it: lists have commas. A key of
  /// [release] is set in all entries of [[release]], "release.NAME.key" in one of them.
  Status Set(std::string_view key, std::string_view text);

  /// To be called once all is set: no key may be set and then do nothing without a word.
  ///
  /// An option that is not at its default switches its stage on where the stage is off by default.
  /// Invalid, naming both keys, if the stage was switched off by hand, if [mapped] describes a
  /// source and input.format is not "mapped", if sample.seed has no count to choose, or if
  /// redact.phone_regions are given and no phone numbers are looked for.
  Status Settle();

  bool Enabled(std::string_view stage) const;
  const Settings& Section(std::string_view name) const;  ///< The section must exist.

  /// The stages in the order in which they run: those named in `order` first among their kind.
  std::vector<const StageInfo*> StagesInOrder() const;

  /// The files that the recipe names (lists of people and words, a tokenizer), by "section.key".
  std::map<std::string, std::string> Files() const;

  /// The same recipe for the eyes of strangers: of each file only its last name, and of a
  /// moderation endpoint's address nothing.
  Recipe WithoutFolders() const;

  InputOptions input() const;
  ReleaseOptions release() const;
  CardInfo card() const;

  /// What the run makes: the entries of [[release]], or one without a name if there are none. An
  /// entry's card is [card] with what its own [release.card] says laid over it; where that has no
  /// name, the entry's is added to the dataset's.
  std::vector<ReleaseEntry> releases() const;
  /// The names of the entries of [[release]].
  std::vector<std::string> release_names() const;

  DialectOptions dialect_options() const;

  /// As TOML that reads back equal; with a comment for each key if `with_comments`.
  std::string ToToml(bool with_comments) const;

 private:
  // An entry of [[release]] as it is set; of the card only what differs.
  struct Entry {
    std::string name;
    Settings settings;
    Settings card;
  };

  Status SetInEntry(std::string_view key, std::string_view text);
  Status SettleReleases() const;
  Status SettlePairs() const;

  std::map<std::string, Settings, std::less<>> sections_;
  std::vector<Entry> entries_;
  std::set<std::string, std::less<>> switched_;  // Stages whose `enabled` was set.
  std::vector<std::string> order_;
};

/// The sections that are no stage, with their keys: release, card, input, mapped.
const std::vector<StageInfo>& RecipeSections();

}  // namespace parley
