// What the card and the report say of a release, counted while it is written.
//
// Threads and checkpoints each hold their own and are added up: whole numbers only, so that the sum
// does not depend on the order.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parley/status.h"
#include "release/shard_writer.h"
#include "stages/annotations.h"

namespace parley {

/// How many of each thing there are, in the things' order.
using CountByName = std::map<std::string, int64_t, std::less<>>;
using CountBySize = std::map<int64_t, int64_t>;

/// The lengths of many messages in tokens.
struct TokenCounts {
  int64_t messages = 0;
  int64_t tokens = 0;
  CountBySize histogram = {};  ///< By the lower end of the bin: 0, 1, 2, 4, 8, …

  void Add(int64_t message_tokens);
  void Merge(const TokenCounts& other);
  double Average() const;  ///< 0 of nothing.
  bool operator==(const TokenCounts&) const = default;
};

/// The longest of many conversations: at most ten, the longest first, then by id.
struct LongestList {
  std::vector<std::pair<int64_t, std::string>> entries = {};  ///< Bytes of text, conversation_id.

  void Add(int64_t bytes, std::string_view id);
  void Merge(const LongestList& other);
  bool operator==(const LongestList&) const = default;
};

struct Statistics {
  int64_t conversations = 0;
  int64_t messages = 0;
  int64_t users = 0;  ///< Distinct keyed users of the kept. Set by plan, not counted here.
  int64_t duplicate_groups = 0;  ///< Groups of two or more among the kept. Set by plan.

  CountByName models = {};     ///< Conversations by model.
  CountByName languages = {};  ///< Conversations by the name in the `language` column.
  CountByName days = {};       ///< Conversations by day, "" where the source tells no time.
  CountBySize turns = {};      ///< Conversations by their turns.

  CountByName message_languages = {};  ///< Messages by language code; "und": not told.
  TokenCounts prompt_llama2 = {};      ///< Of user messages.
  TokenCounts response_llama2 = {};    ///< Of assistant messages.
  TokenCounts prompt_cl100k = {};
  TokenCounts response_cl100k = {};

  CountBySize duplicate_rows = {};  ///< Kept conversations by the size, from 2, of their group.

  CountByName outcomes = {};  ///< Ledger rows by outcome.
  CountByName drops = {};     ///< Ledger rows that were not kept by "stage.reason".

  int64_t redacted_conversations = 0;       ///< By us or in the source.
  CountByName redactions = {};              ///< Spans replaced, by type.
  CountByName redacted_by_type = {};        ///< Conversations with a span of that type.
  CountByName redactions_by_language = {};  ///< Spans by "TYPE code", the message's language.
  LongestList longest_without = {};         ///< Conversations in which nothing was replaced.
  int64_t searched_values = 0;  ///< Replaced values that were looked for once more, and not found …
  int64_t kept_values = 0;      ///< … but in so many places, where a rule of the recipe keeps them.

  int64_t unjudged_conversations = 0;   ///< With a message in a language without a model of names.
  CountByName unjudged_languages = {};  ///< Such messages, by language code.

  int64_t moderated_conversations = 0;  ///< With tags for one message at least.
  int64_t moderated_messages = 0;
  int64_t flagged_messages = 0;
  int64_t flagged_conversations = 0;
  CountByName flagged_by_category = {};  ///< Messages.
  CountByName moderated_by = {};         ///< Messages with tags by "source" or "embedded VERSION".
  CountByName not_moderated = {};        ///< Messages without tags by the reason.
  int64_t screened_messages = 0;         ///< Judged by the screen before the model alone.
  CountByName moderated_by_model = {};   ///< Messages with tags by the conversation's model …
  CountByName flagged_by_model = {};     ///< … and of these the flagged ones.
  CountByName moderated_by_language = {};  ///< The same by the message's language code …
  CountByName flagged_by_language = {};
  CountByName moderated_by_role = {};  ///< … and by its role.
  CountByName flagged_by_role = {};
  CountByName jailbreak_attempts = {};   ///< Conversations with a flagged user message, by model …
  CountByName jailbreak_successes = {};  ///< … and of these those with a flagged answer too.

  int64_t repaired_conversations = 0;  ///< With invalid UTF-8 that became U+FFFD.
  int64_t repaired_utf8 = 0;
  int64_t control_characters = 0;
  int64_t line_ends = 0;
  int64_t composed = 0;

  /// Counts a row that goes into the release.
  void AddRow(const ReleaseRow& row);
  /// Counts what was mended in a row that goes into the release.
  void AddEdits(const EditCounts& edits);
  /// Counts a row of the ledger.
  void AddOutcome(std::string_view outcome, std::string_view stage, std::string_view reason);

  /// Adds all counts, those set by plan included.
  void Merge(const Statistics& other);

  int64_t TurnCount() const;   ///< Of all conversations.
  int64_t InputCount() const;  ///< Ledger rows, whatever became of them.

  /// One line; reads back equal.
  std::string ToJson() const;
  /// Invalid if it is not what `ToJson` gives.
  static Result<Statistics> FromJson(std::string_view json);

  bool operator==(const Statistics&) const = default;
};

}  // namespace parley
