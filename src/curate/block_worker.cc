#include "curate/block_worker.h"

#include <fmt/format.h>

#include "base/civil_time.h"
#include "base/hash.h"
#include "curate/moderate.h"
#include "curate/second_search.h"
#include "curate/write.h"
#include "io/digest.h"

namespace parley {
namespace {

constexpr std::string_view kReleaseName = "release";
constexpr size_t kReleaseIdDigits = 32;
constexpr size_t kKnownLabels = 4096;

// No name of the source's making goes out unless asked for: an id may hold an address, or let the
// service's own logs be joined to the release by anyone who has seen them. Made of the texts as
// they are released and never of the raw ones: of those, a hash would tell who guessed right.
std::string ReleaseId(const ScanRow& row, const std::string& file,
                      const ReleasableConversation& conversation) {
  Sha256 digest;
  digest.Add(fmt::format("parley conversation\n{}\n{}\n{}\n{}\n", row.id, file,
                         row.fixed.begin_byte, row.fixed.part));
  for (const ReleasableConversation::Text& message : conversation.messages()) {
    digest.Add(fmt::format("{} {}\n", NameOf(message.role), message.content.size()));
    digest.Add(message.content);
  }
  return digest.Hex().substr(0, kReleaseIdDigits);
}

void Decide(LedgerRow& account, std::string_view outcome, std::string_view why) {
  const size_t dot = std::min(why.find('.'), why.size());
  account.outcome = outcome;
  account.stage = why.substr(0, dot);
  account.reason = dot == why.size() ? "" : why.substr(dot + 1);
}

LedgerRow AccountOf(const WorkBlock::Item& item, const InputFile& input) {
  const ScanRow::Fixed& fixed = item.row.fixed;
  LedgerRow account{.sequence = item.decision.sequence,
                    .file = input.name,
                    .line = item.line,
                    .begin_byte = fixed.begin_byte,
                    .size_bytes = fixed.size_bytes,
                    .part = fixed.part,
                    .conversation_id = item.row.id,
                    .detail = item.row.detail};
  if (fixed.user != Hash128{}) account.user = ToHex(fixed.user);
  if (fixed.messages != Hash128{}) account.fingerprint = ToHex(fixed.messages);
  if (item.decision.merged_into >= 0) account.merged_into = item.decision.merged_into;
  const auto [outcome, why] = AccountFor(item.row, item.decision);
  Decide(account, outcome, why);
  return account;
}

}  // namespace

BlockWorker::BlockWorker(const RunSettings& run, bool source_ids)
    : run_(run), source_ids_(source_ids) {
  for (const ReleaseEntry& entry : run.releases) {  // The recipe has checked both.
    targets_.push_back({.selection = Selection::Create(entry.selection).value(),
                        .builder = RowBlockBuilder(ProfileNamed(entry.options.profile).value())});
  }
}

Result<DoneBlock> BlockWorker::Do(const WorkBlock& block) {
  DoneBlock done;
  done.parts.resize(targets_.size());
  done.ledger.reserve(block.items.size());
  std::vector<Prepared> prepared;
  for (const WorkBlock::Item& item : block.items) {
    LedgerRow account = AccountOf(item, run_.inputs[static_cast<size_t>(item.file)]);
    if (item.decision.fate == Fate::kKept) {
      std::optional<Prepared> one = TRY(Prepare(block, item, account));
      if (one) {
        one->account = done.ledger.size();
        prepared.push_back(std::move(*one));
      }
    }
    done.input_bytes += item.row.fixed.size_bytes;
    done.ledger.push_back(std::move(account));
  }
  std::vector<RedactorInput> inputs;
  for (const Prepared& one : prepared) inputs.push_back({&one.raw, &one.annotations});
  std::vector<Redaction> redactions = run_.stages.redactor().RedactAll(inputs);
  // After the names: what their model has read of a text, moderation need not read again.
  TRY(Moderate(prepared, redactions));
  for (size_t i = 0; i < prepared.size(); ++i) {
    const size_t place = prepared[i].account;
    TRY(Release(block.items[place], prepared[i], std::move(redactions[i]), done.ledger[place],
                done));
  }
  CountOutcomes(done);
  for (size_t i = 0; i < targets_.size(); ++i) {
    RowBlockBuilder& builder = targets_[i].builder;
    BlockPart& part = done.parts[i];
    part.row_count = builder.rows();
    part.text_bytes = builder.text_bytes();
    if (part.row_count > 0) part.rows = builder.Finish();
  }
  return done;
}

void BlockWorker::CountOutcomes(DoneBlock& done) const {
  for (const LedgerRow& account : done.ledger) {
    for (size_t i = 0; i < done.parts.size(); ++i) {
      const Standing standing = StandingIn(account, i);
      done.parts[i].statistics.AddOutcome(standing.outcome, standing.stage, standing.reason);
    }
    if (run_.several()) done.whole.AddOutcome(account.outcome, account.stage, account.reason);
  }
}

Result<RawConversation*> BlockWorker::Parse(const WorkBlock& block, const WorkBlock::Item& item) {
  const InputFile& input = run_.inputs[static_cast<size_t>(item.file)];
  std::unique_ptr<Dialect>& dialect = dialects_[input.format];
  if (!dialect) dialect = TRY(MakeDialect(input.format, run_.recipe.dialect_options()));
  const Record record{
      .json = std::string_view(block.bytes).substr(item.begin, item.end - item.begin),
      .line = item.line,
      .begin_byte = item.row.fixed.begin_byte,
      .size_bytes = item.row.fixed.size_bytes};
  TRY(dialect->Parse(record, parsed_));
  const auto part = static_cast<size_t>(item.row.fixed.part);
  Check(part < parsed_.conversations.size(), "a record reads otherwise than in scan");
  return &parsed_.conversations[part];
}

Result<std::string> BlockWorker::Label(const std::string& raw) {
  if (!run_.stages.redactor().enabled()) return raw;
  const auto known = labels_.find(raw);
  if (known != labels_.end()) return known->second;
  std::string label = TRY(run_.stages.redactor().RedactLabel(raw));
  if (labels_.size() < kKnownLabels) labels_.emplace(raw, label);
  return label;
}

Status BlockWorker::LookForCanaries(const ReleaseRow& row, const LedgerRow& account) {
  if (run_.canaries == nullptr) return {};
  const auto look = [&](std::string_view text, const std::string& where) -> Status {
    const std::vector<int64_t> found = run_.canaries->FindIn(text, scratch_);
    if (found.empty()) return {};
    return Fail(Code::kLeak,
                fmt::format("{} stands in {} as released; nothing was released",
                            run_.canaries->NameOf(found.front()), where),
                {.file = account.file, .line = account.line, .byte = account.begin_byte});
  };
  const auto& messages = row.conversation->messages();
  for (size_t i = 0; i < messages.size(); ++i) {
    TRY(look(messages[i].content, fmt::format("message {}", i)));
  }
  TRY(look(row.conversation_id, "the conversation's id"));
  TRY(look(row.model, "the model's name"));
  TRY(look(row.language, "the language"));
  return look(row.consent, "the consent");
}

Status BlockWorker::Moderate(std::vector<Prepared>& prepared,
                             const std::vector<Redaction>& redactions) {
  std::vector<ModerationMessage> messages;
  for (size_t i = 0; i < prepared.size(); ++i) {
    if (!redactions[i].released) continue;
    RawConversation& raw = prepared[i].raw;
    Annotations& annotations = prepared[i].annotations;
    raw.moderation.resize(raw.messages.size());
    annotations.messages.resize(raw.messages.size());
    for (size_t m = 0; m < raw.messages.size(); ++m) {
      messages.push_back({.released = redactions[i].released->messages()[m].content,
                          .message = &raw.messages[m],
                          .language = annotations.messages[m].language,
                          .tags = &raw.moderation[m],
                          .note = &annotations.messages[m].moderation});
    }
  }
  TRY(ModerateMessages(run_.stages.moderation(), messages));
  for (size_t i = 0; i < prepared.size(); ++i) {
    if (redactions[i].released) MovePlaces(redactions[i], prepared[i].annotations);
  }
  return {};
}

Result<std::optional<BlockWorker::Prepared>> BlockWorker::Prepare(const WorkBlock& block,
                                                                  const WorkBlock::Item& item,
                                                                  LedgerRow& account) {
  Prepared prepared{.raw = std::move(*TRY(Parse(block, item)))};
  prepared.edits.repaired_utf8 = parsed_.repaired_utf8;
  run_.stages.Edit(prepared.raw, prepared.edits);
  const std::string why = TRY(run_.stages.Annotate(prepared.raw, prepared.annotations));
  if (why.empty()) return std::optional(std::move(prepared));
  Decide(account, "dropped", why);
  return std::optional<Prepared>();
}

Status BlockWorker::Release(const WorkBlock::Item& item, Prepared& prepared, Redaction redaction,
                            LedgerRow& account, DoneBlock& done) {
  if (!redaction.released) {
    Decide(account, "dropped", fmt::format("names.{}", redaction.dropped_for));
    return {};
  }
  RawConversation& raw = prepared.raw;
  Annotations& annotations = prepared.annotations;
  const ReleasableConversation& conversation = *redaction.released;
  const SecondSearch search = TRY(SearchBeforeRelease(
      raw, redaction, {.file = account.file, .line = account.line, .byte = account.begin_byte}));
  TRY(run_.stages.Count(conversation, annotations));

  ReleaseRow row;
  row.conversation_id = source_ids_ && !item.row.id.empty()
                            ? item.row.id
                            : ReleaseId(item.row, account.file, conversation);
  row.model = TRY(Label(raw.model));
  row.language = TRY(Label(annotations.language));
  row.turn = CountTurns(raw);
  row.conversation = &conversation;
  row.moderation = &raw.moderation;
  row.annotations = &annotations;
  row.unjudged_names = redaction.unjudged ? &*redaction.unjudged : nullptr;
  if (raw.time_micros) row.day = FormatDay(*raw.time_micros);
  row.user = account.user;
  row.consent = TRY(Label(raw.consent));
  if (item.decision.group >= 0) {
    row.duplicate_group = item.decision.group;
    row.duplicate_group_size = item.decision.group_size;
  }
  row.first_of_group = item.decision.first_of_group;
  TRY(LookForCanaries(row, account));
  Deal(row, prepared.edits, search, account, done);
  return {};
}

void BlockWorker::Deal(const ReleaseRow& row, const EditCounts& edits, const SecondSearch& search,
                       LedgerRow& account, DoneBlock& done) {
  const auto count = [&](Statistics& statistics) {
    statistics.AddRow(row);
    statistics.AddEdits(edits);
    statistics.searched_values += search.values;
    statistics.kept_values += search.kept;
  };
  bool taken = false;
  for (size_t i = 0; i < targets_.size(); ++i) {
    const std::string_view left_out = targets_[i].selection.LeavesOut(row);
    if (run_.several()) account.places.push_back({.left_out = std::string(left_out)});
    if (!left_out.empty()) continue;
    targets_[i].builder.Add(row);
    count(done.parts[i].statistics);
    taken = true;
  }
  if (!taken) return Decide(account, "dropped", "release.in_none");
  if (run_.several()) {
    count(done.whole);
  } else {
    account.release = kReleaseName;
  }
  account.release_id = row.conversation_id;
}

}  // namespace parley
