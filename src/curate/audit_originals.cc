#include "curate/audit_originals.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "curate/recipe.h"
#include "curate/stage_line.h"
#include "formats/dialect.h"
#include "formats/inputs.h"
#include "formats/record_reader.h"
#include "release/audit/hints.h"
#include "release/ledger.h"
#include "text/edit_map.h"
#include "text/json.h"

namespace parley {
namespace {

using RowPlace = std::pair<int64_t, int64_t>;  // Shard and row.

// The ledger's rows of the conversations that the sample's texts are from.
Result<std::map<RowPlace, LedgerRow>> AccountsOf(const ReleasePlaces& places,
                                                 const AuditSample& sample) {
  std::set<RowPlace> wanted;
  for (const AuditText& text : sample.texts) wanted.emplace(text.shard, text.row);
  std::map<RowPlace, LedgerRow> accounts;
  for (const std::string& path : TRY(LedgerFiles(places.private_folder + "/ledger"))) {
    const auto ledger = TRY(LedgerReader::Open(path));
    const auto& names = ledger->releases();
    const auto column = std::ranges::find(names, places.entry) - names.begin();
    if (static_cast<size_t>(column) == names.size() && !names.empty()) continue;
    for (;;) {
      std::optional<LedgerRow> row = TRY(ledger->Next());
      if (!row) break;
      if (names.empty() && row->release != places.release_name) continue;
      const Standing standing = StandingIn(*row, static_cast<size_t>(column));
      if (!standing.shard || !standing.row) continue;
      const RowPlace place{*standing.shard, *standing.row};
      if (wanted.contains(place)) accounts.emplace(place, *std::move(row));
    }
  }
  return accounts;
}

Result<std::string> RecipeIn(std::string_view manifest) {
  JsonParser parser;
  const JsonElement root = TRY(parser.Parse(manifest));
  std::string_view toml;
  if (root.at_pointer("/recipe/toml").get(toml) != simdjson::SUCCESS) {
    return Invalid("the manifest holds no recipe");
  }
  return std::string(toml);
}

// The conversation that an account is of, as the redactor got it.
class SourceReader {
 public:
  SourceReader(const Recipe& recipe, const std::vector<InputFile>& inputs) : recipe_(recipe) {
    for (const InputFile& input : inputs) inputs_[input.name] = &input;
  }

  Result<RawConversation> Read(const LedgerRow& account) {
    const auto input = inputs_.find(account.file);
    if (input == inputs_.end()) return Fail(Code::kNotFound, "an input is not there");
    const InputPiece whole =
        CutIntoPieces(*input->second, 0, std::numeric_limits<int64_t>::max()).at(0);
    const auto records = TRY(
        RecordReader::Open(*input->second, whole,
                           {.max_record_bytes = recipe_.input().max_record_megabytes * 1'000'000}));
    TRY(records->SkipTo(account.begin_byte));
    const std::optional<Record> record = TRY(records->Next());
    if (!record) return Fail(Code::kChanged, "an input is shorter than it was");
    const auto dialect = TRY(MakeDialect(input->second->format, recipe_.dialect_options()));
    ParsedRecord parsed;
    TRY(dialect->Parse(*record, parsed));
    const auto part = static_cast<size_t>(account.part);
    if (part >= parsed.conversations.size()) return Fail(Code::kChanged, "a record is another");
    return std::move(parsed.conversations[part]);
  }

 private:
  const Recipe& recipe_;
  std::map<std::string, const InputFile*> inputs_;
};

// What was replaced in a message, by the places of the tags in the released text.
std::vector<AuditTag> TagsOf(const std::string& raw, const std::vector<TaggedSpan>& spans) {
  std::vector<Edit> edits;
  for (const TaggedSpan& span : spans) edits.push_back({span.begin, span.end, span.tag});
  const EditMap map(std::move(edits));
  std::vector<AuditTag> tags;
  for (const TaggedSpan& span : spans) {
    const Span edited = map.ToEdited(Span{span.begin, span.end});
    tags.push_back({.begin = edited.begin,
                    .end = edited.end,
                    .type = span.type,
                    .original = raw.substr(static_cast<size_t>(span.begin),
                                           static_cast<size_t>(span.end - span.begin))});
  }
  return tags;
}

// False if it is redacted otherwise now: then nothing is shown rather than something wrong.
Result<bool> FillText(const StageLine& stages, RawConversation raw, AuditText& text) {
  EditCounts edits;
  stages.Edit(raw, edits);
  Annotations annotations;
  const std::string dropped = TRY(stages.Annotate(raw, annotations));
  const RedactorInput input{.conversation = &raw, .annotations = &annotations};
  const std::vector<Redaction> redacted = stages.redactor().RedactAll({&input, 1});
  const auto message = static_cast<size_t>(text.message);
  if (!dropped.empty() || !redacted[0].released ||
      message >= redacted[0].released->messages().size() ||
      redacted[0].released->messages()[message].content != text.text) {
    return false;
  }
  std::vector<AuditTag> tags = TagsOf(raw.messages[message].content, redacted[0].spans[message]);
  // Tags that the source had already stay, with nothing to show for them.
  for (AuditTag& standing : text.tags) {
    const bool ours = std::ranges::any_of(tags, [&](const AuditTag& tag) {
      return tag.begin < standing.end && standing.begin < tag.end;
    });
    if (!ours) tags.push_back({standing.begin, standing.end, standing.type, ""});
  }
  std::ranges::sort(tags, {}, &AuditTag::begin);
  text.tags = std::move(tags);
  return true;
}

}  // namespace

Result<std::string> AddOriginals(const ReleasePlaces& places, std::string_view manifest,
                                 const std::vector<std::string>& inputs, AuditSample& sample) {
  if (places.private_folder.empty()) {
    return std::string("There is no ledger beside the release, so what was replaced is not shown.");
  }
  Recipe recipe;
  const std::string toml = TRY(RecipeIn(manifest));
  TRY(recipe.ReadText(toml, "the manifest's recipe"));
  const auto stages = StageLine::Create(recipe);
  if (!stages) {
    return fmt::format("What was replaced is not shown: {}", Describe(stages.error()));
  }
  const std::vector<InputFile> files = TRY(FindInputs(inputs, recipe.input().format));
  const std::map<RowPlace, LedgerRow> accounts = TRY(AccountsOf(places, sample));
  SourceReader reader(recipe, files);
  int64_t without = 0;
  for (AuditText& text : sample.texts) {
    const auto account = accounts.find({text.shard, text.row});
    if (account == accounts.end()) {
      ++without;
      continue;
    }
    Result<RawConversation> raw = reader.Read(account->second);
    const bool filled = raw && TRY(FillText(*stages, std::move(*raw), text));
    if (!filled) ++without;
  }
  AddHints(sample.texts);
  if (without == 0) return std::string();
  return fmt::format(
      "Of {} of {} texts what was replaced is not shown: their records are not in the inputs "
      "given, "
      "or are redacted otherwise now.",
      without, sample.texts.size());
}

}  // namespace parley
