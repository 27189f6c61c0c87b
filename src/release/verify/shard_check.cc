#include "release/verify/shard_check.h"

#include <fmt/format.h>

#include <set>

#include "formats/parquet_table.h"
#include "release/profile.h"

namespace parley {
namespace {

// Places of the columns, the same in both profiles as far as they go.
enum Place : int64_t {
  kId,
  kModel,
  kConversation,
  kTurn,
  kLanguage,
  kModeration,
  kRedacted,  // Both profiles.
  kDay,
  kUser,
  kConsent,
  kLanguages,
  kTokens,
  kRedactions,
  kGroup,
  kGroupSize
};

constexpr size_t kKnownLabels = 4096;

class RowCheck {
 public:
  RowCheck(std::string file, Profile profile, const Secrets& secrets, const PiiDetector* detector,
           ShardCheck& check)
      : file_(std::move(file)),
        schema_(SchemaOf(profile)),
        profile_(profile),
        secrets_(secrets),
        detector_(detector),
        check_(check) {}

  void Look(const TableBlock& block, int64_t row, int64_t row_in_shard) {
    row_ = row_in_shard;
    check_.ids.push_back(WideHashOf(block.At(kId, row).StringOrEmpty()));
    if (block.At(kId, row).StringOrEmpty().empty()) Add("a row without conversation_id");
    CountAgain(block, row);
    for (int64_t column = 0; column < static_cast<int64_t>(schema_.size()); ++column) {
      LookForSecrets(schema_[static_cast<size_t>(column)], block.At(column, row), column == kUser);
    }
    if (detector_ == nullptr) return;
    LookForPersonal(block, row);
    for (int64_t column = 0; column < static_cast<int64_t>(schema_.size()); ++column) {
      if (column == kConversation) continue;
      const Column& described = schema_[static_cast<size_t>(column)];
      LookAtLabels(described, block.At(column, row), described.name);
    }
  }

 private:
  void Add(std::string message) { check_.findings.Add(file_, std::move(message), row_); }

  void CountAgain(const TableBlock& block, int64_t row) {
    Statistics& counted = check_.counted;
    const TableValue messages = block.At(kConversation, row);
    counted.conversations += 1;
    counted.messages += messages.size();
    counted.models[std::string(block.At(kModel, row).StringOrEmpty())] += 1;
    counted.languages[std::string(block.At(kLanguage, row).StringOrEmpty())] += 1;
    counted.turns[block.At(kTurn, row).OptionalInt().value_or(0)] += 1;
    const TableValue redacted = block.At(kRedacted, row);
    counted.redacted_conversations += !redacted.is_null() && redacted.Bool();
    const TableValue moderation = block.At(kModeration, row);
    counted.moderated_conversations += !moderation.is_null();
    if (!moderation.is_null() && moderation.size() != messages.size()) {
      Add("openai_moderation has not one entry a message");
    }
    CountTags(moderation);
    if (messages.size() == 0) Add("a conversation without messages");
    if (profile_ != Profile::kExtended) return;
    counted.days[std::string(block.At(kDay, row).StringOrEmpty())] += 1;
    const TableValue redactions = block.At(kRedactions, row);
    for (int64_t i = 0; i < redactions.size(); ++i) {
      const TableValue one = redactions.Element(i);
      counted.redactions[std::string(one.Field(1).String())] += one.Field(2).Int();
    }
  }

  void CountTags(TableValue moderation) {
    Statistics& counted = check_.counted;
    bool any_flagged = false;
    for (int64_t i = 0; i < moderation.size(); ++i) {
      const TableValue tags = moderation.Element(i);
      if (tags.is_null()) continue;
      counted.moderated_messages += 1;
      const TableValue categories = tags.Field(0);
      for (size_t category = 0; category < kModerationCategories.size(); ++category) {
        const auto place = static_cast<int64_t>(category);
        const TableValue score = tags.Field(1).Field(place);
        if (score.is_null() || !(score.Double() >= 0 && score.Double() <= 1)) {
          Add("a moderation score is not within 0 to 1");
        }
        if (categories.Field(place).is_null() || !categories.Field(place).Bool()) continue;
        counted.flagged_by_category[std::string(kModerationCategories[category])] += 1;
      }
      const bool flagged = !tags.Field(2).is_null() && tags.Field(2).Bool();
      counted.flagged_messages += flagged;
      any_flagged = any_flagged || flagged;
    }
    counted.flagged_conversations += any_flagged;
  }

  // Every text in the value, however deep.
  template <class Seen>
  static void ForEachText(const Column& column, TableValue value, const Seen& seen) {
    if (value.is_null()) return;
    if (column.kind == ColumnKind::kString) {
      seen(column, value.String());
    } else if (column.kind == ColumnKind::kList) {
      for (int64_t i = 0; i < value.size(); ++i) {
        ForEachText(column.children[0], value.Element(i), seen);
      }
    } else if (column.kind == ColumnKind::kStruct) {
      for (size_t i = 0; i < column.children.size(); ++i) {
        ForEachText(column.children[i], value.Field(static_cast<int64_t>(i)), seen);
      }
    }
  }

  void LookForSecrets(const Column& column, TableValue value, bool of_user) {
    ForEachText(column, value, [&](const Column& inner, std::string_view text) {
      Seek(secrets_.anywhere, text, inner.name);
      if (!of_user) Seek(secrets_.users, text, inner.name);
    });
  }

  void Seek(const NeedleSet& needles, std::string_view text, const std::string& column) {
    for (const int64_t needle : needles.FindIn(text, scratch_)) {
      Add(fmt::format("{} stands in \"{}\"", needles.NameOf(needle), column));
    }
  }

  void LookForPersonal(const TableBlock& block, int64_t row) {
    const TableValue messages = block.At(kConversation, row);
    for (int64_t i = 0; i < messages.size(); ++i) {
      const std::string_view text = messages.Element(i).Field(0).StringOrEmpty();
      std::string_view language = "und";
      if (profile_ == Profile::kExtended && i < block.At(kLanguages, row).size()) {
        language = block.At(kLanguages, row).Element(i).Field(0).StringOrEmpty();
      }
      for (const PiiSpan& span : detector_->FindPersonal(text, language)) {
        Add(fmt::format("message {} holds an unreplaced {} at bytes {} to {}", i, span.type,
                        span.begin, span.end));
      }
    }
  }

  // Names of models, languages, terms, types: the same few in row after row, so those without a
  // find are remembered.
  void LookAtLabels(const Column& column, TableValue value, const std::string& name) {
    ForEachText(column, value, [&](const Column&, std::string_view text) {
      if (clean_labels_.contains(text)) return;
      const std::vector<PiiSpan> spans = detector_->FindPersonal(text, "und");
      for (const PiiSpan& span : spans)
        Add(fmt::format("{} holds an unreplaced {}", name, span.type));
      if (clean_labels_.size() == kKnownLabels) clean_labels_.clear();
      if (spans.empty()) clean_labels_.emplace(text);
    });
  }

  std::string file_;
  const TableSchema& schema_;
  Profile profile_;
  const Secrets& secrets_;
  const PiiDetector* detector_;
  ShardCheck& check_;
  int64_t row_ = 0;
  std::string scratch_;
  std::set<std::string, std::less<>> clean_labels_;
};

// False if its rows cannot be read as the profile's.
bool CheckForm(const ParquetTable& table, const ShardInfo& shard, Profile profile,
               const std::string& file, Findings& findings) {
  const TableSchema& schema = SchemaOf(profile);
  if (table.schema() != schema) {
    findings.Add(file, fmt::format("has other columns than the profile {}", NameOf(profile)));
    return false;
  }
  if (table.Metadata("huggingface") != HuggingFaceMetadata(schema)) {
    findings.Add(file, "its key \"huggingface\" does not hold the profile's features");
  }
  if (table.rows() != shard.rows) {
    findings.Add(file,
                 fmt::format("holds {} rows; the manifest says {}", table.rows(), shard.rows));
  }
  return true;
}

}  // namespace

ShardCheck CheckShard(const std::string& folder, const ShardInfo& shard, Profile profile,
                      const Secrets& secrets, const PiiDetector* detector) {
  ShardCheck check;
  const std::string file = "data/" + shard.name;
  const auto table = ParquetTable::Open(folder + "/" + file);
  if (!table) {
    check.findings.Add(file, table.error().message);
    return check;
  }
  if (!CheckForm(**table, shard, profile, file, check.findings)) return check;
  RowCheck rows(file, profile, secrets, detector, check);
  int64_t row_in_shard = 0;
  for (int64_t group = 0; group < (*table)->row_groups(); ++group) {
    const auto block = (*table)->Read(group);
    if (!block) {
      check.findings.Add(file, block.error().message);
      return check;
    }
    for (int64_t row = 0; row < block->rows(); ++row) rows.Look(*block, row, row_in_shard++);
  }
  return check;
}

}  // namespace parley
