// Which conversations go into one of several releases.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parley/status.h"
#include "release/column_notes.h"
#include "release/shard_writer.h"

namespace parley {

/// The rules of an entry of [[release]]. A conversation goes in if none of them is against it; by
/// default none ever is. Names are compared with the row's columns, byte for byte.
struct SelectionOptions {
  std::string flagged = "any";  ///< "any", "none" (no message may be), "only" (one must be).
  std::vector<std::string> flagged_categories = {};  ///< Those that count; empty: all.
  bool unjudged = false;  ///< With "none": lets pass what nobody has judged, too.
  std::vector<std::string> languages = {};
  std::vector<std::string> except_languages = {};
  std::vector<std::string> models = {};
  std::vector<std::string> except_models = {};
  std::string duplicates = "all";       ///< "all", or "first": of equal ones the first read.
  std::string redacted = "any";         ///< "any", "none", "only".
  std::vector<std::string> roles = {};  ///< All its messages are of these; empty: of any.
  int64_t min_turns = 0;
  int64_t max_turns = 0;  ///< 0: no limit.
};

class Selection {
 public:
  /// Invalid, naming the key, if a word is none of its key's or a limit is under the other.
  static Result<Selection> Create(SelectionOptions options);

  /// Why `row` stays out, the first of the rules against it in the order of the options: "flagged",
  /// "not_flagged", "not_judged", "language", "model", "duplicate", "redacted", "not_redacted",
  /// "role", "turns". Empty: it goes in. Thread-safe.
  ///
  /// A message counts as judged if it has tags, or no text that anybody could judge.
  std::string_view LeavesOut(const ReleaseRow& row) const;

  const SelectionOptions& options() const { return options_; }

 private:
  explicit Selection(SelectionOptions options) : options_(std::move(options)) {}
  std::string_view ByModeration(const ReleaseRow& row) const;
  bool OtherRoles(const ReleaseRow& row) const;
  bool Flagged(const Moderation& moderation) const;

  SelectionOptions options_;
};

/// The rules that are not at their default, a sentence each, as Markdown that data cannot get out
/// of. Empty: everything goes in.
std::vector<std::string> InWords(const SelectionOptions& options, Tongue tongue);

}  // namespace parley
