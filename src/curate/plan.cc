// A chain of sorts. Rows that are still in come sorted by conversation id, so that the last valid
// snapshot of each is the last of its run; those that survive come sorted by fingerprint, so that
// duplicates lie together; those come sorted by a seeded hash if a sample is asked for. Each sort
// spills when it outgrows its share of the memory, so nothing here grows with the input but the
// disk.
//
// Every row gets exactly one decision; they are sorted by the rows' numbers at the end.

#include "curate/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <unordered_set>

#include "curate/user_keys.h"
#include "io/sorted_runs.h"
#include "stages/plan_rules.h"

namespace parley {
namespace {

constexpr size_t kReadDecisions = 4096;
constexpr int64_t kSorts =
    12;  // More than the sorts alive at once, so that they leave room for the rest.

struct Hash128Hash {
  size_t operator()(const Hash128& hash) const { return hash.low; }
};
using HashSet = std::unordered_set<Hash128, Hash128Hash>;

// A row that may be kept, on its way through the sorts.
struct Candidate {
  Hash128 order;  // What the present sort goes by: id, fingerprint, or the sample's draw.
  int64_t time_micros = 0;
  int64_t sequence = -1;
  Hash128 id;
  Hash128 text;
  Hash128 user;
  int64_t group_first = -1;  // The sequence of the first of its equals, maybe its own.
  Fate fate = Fate::kKept;   // What becomes of the conversation should this be its last snapshot.
  uint8_t unused[7] = {};

  bool operator<(const Candidate& other) const {
    return std::tie(order, time_micros, sequence) <
           std::tie(other.order, other.time_micros, other.sequence);
  }
};

// Equal texts before anything is dropped or sampled; only groups of two and more.
struct GroupSize {
  int64_t first = -1;  // The sequence of the survivor.
  int64_t size = 0;
  bool operator<(const GroupSize& other) const { return first < other.first; }
};

struct GroupMember {
  int64_t group_first = -1;
  Decision decision;
  bool operator<(const GroupMember& other) const {
    return std::tie(group_first, decision.sequence) <
           std::tie(other.group_first, other.decision.sequence);
  }
};

// Entries of a file with one a line, as the opt-out lists have them.
Result<std::vector<std::string>> ReadList(const std::string& path) {
  std::vector<std::string> entries;
  if (path.empty()) return entries;
  const std::string text = TRY(ReadWholeFile(path));
  size_t begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (begin < text.size()) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string entry = text.substr(begin, end - begin);
    entry.erase(0, entry.find_first_not_of(" \t\r"));
    entry.erase(entry.find_last_not_of(" \t\r") + 1);
    if (!entry.empty() && entry.front() != '#') entries.push_back(std::move(entry));
    begin = end + 1;
  }
  return entries;
}

class Planner {
 public:
  Planner(const RunSettings& run, const ScanResult& scan)
      : run_(run),
        scan_(scan),
        share_bytes_(std::max<int64_t>(run.memory_bytes / kSorts, 1 << 20)),
        decisions_(Spill("decisions"), share_bytes_) {}

  Result<std::string> Decide() {
    TRY(ReadRules());
    SortedRuns<Candidate> by_id(Spill("by-id"), share_bytes_);
    TRY(TakeRows(by_id));
    SortedRuns<Candidate> by_text(Spill("by-text"), share_bytes_);
    TRY(ChooseSnapshots(by_id, by_text));
    SortedRuns<Candidate> by_draw(Spill("by-draw"), share_bytes_);
    TRY(FindDuplicates(by_text, by_draw));
    TRY(DrawSample(by_draw));
    TRY(NumberGroups());
    TRY(CountUsers());
    return WriteDecisions();
  }

 private:
  std::string Spill(std::string_view name) const {
    return fmt::format("{}/plan.{}", run_.work_folder, name);
  }

  Status ReadRules() {
    const Recipe& recipe = run_.recipe;
    snapshots_ = recipe.Enabled("snapshots");
    duplicates_ = recipe.Enabled("duplicates");
    duplicate_options_ = TRY(DuplicateOptionsFrom(recipe.Section("duplicates")));
    if (recipe.Enabled("sample")) sample_ = TRY(SampleOptionsFrom(recipe.Section("sample")));
    if (!recipe.Enabled("opt_out")) return {};
    const OptOutOptions opt_out = TRY(OptOutOptionsFrom(recipe.Section("opt_out")));
    for (const std::string& id : TRY(ReadList(opt_out.ids))) opted_out_ids_.insert(WideHashOf(id));
    UserKeys keys(run_.key);
    for (const std::string* path : {&opt_out.users, &opt_out.emails}) {
      for (const std::string& user : TRY(ReadList(*path))) opted_out_users_.insert(keys.Of(user));
    }
    return {};
  }

  Status Settle(int64_t sequence, Fate fate, int64_t merged_into = -1) {
    return decisions_.Add({.sequence = sequence, .merged_into = merged_into, .fate = fate});
  }

  Status TakeRows(SortedRuns<Candidate>& by_id) {
    ScanRow row;
    for (const std::string& path : scan_.row_paths) {
      const auto rows = TRY(ScanRowReader::Open(path));
      for (;;) {
        const bool more = TRY(rows->Next(row));
        if (!more) break;
        TRY(TakeRow(row, totals_.row_count++, by_id));
      }
    }
    return by_id.Finish();
  }

  Status TakeRow(const ScanRow& row, int64_t sequence, SortedRuns<Candidate>& by_id) {
    const ScanRow::Fixed& fixed = row.fixed;
    totals_.row_bytes += fixed.size_bytes;
    Fate fate = row.why_conversation.empty() ? Fate::kKept : Fate::kConversation;
    if (fixed.no_consent != 0) fate = Fate::kNoConsent;
    if (opted_out_ids_.contains(fixed.id) || opted_out_users_.contains(fixed.user)) {
      fate = Fate::kOptedOut;  // Also of a snapshot that is not valid: it speaks for the others.
    } else if (!row.why.empty()) {
      return Settle(sequence, Fate::kScanned);
    }
    const bool by_prompts = duplicate_options_.over == "user";
    return by_id.Add({.order = fixed.id,
                      .time_micros = fixed.time_micros,
                      .sequence = sequence,
                      .id = fixed.id,
                      .text = by_prompts ? fixed.prompts : fixed.messages,
                      .user = fixed.user,
                      .fate = fate});
  }

  Status ChooseSnapshots(SortedRuns<Candidate>& by_id, SortedRuns<Candidate>& by_text) {
    std::vector<int64_t> older;
    bool opted_out = false;
    std::optional<Candidate> held = TRY(by_id.Next());
    while (held) {
      const std::optional<Candidate> next = TRY(by_id.Next());
      opted_out |= held->fate == Fate::kOptedOut;
      if (snapshots_ && next && next->id == held->id) {
        older.push_back(held->sequence);
      } else {
        TRY(SettleSnapshots(older, *held, opted_out, by_text));
        older.clear();
        opted_out = false;
      }
      held = next;
    }
    return by_text.Finish();
  }

  // Whoever opts out in one snapshot does so for all of the conversation.
  Status SettleSnapshots(const std::vector<int64_t>& older, const Candidate& last, bool opted_out,
                         SortedRuns<Candidate>& by_text) {
    for (const int64_t sequence : older) {
      TRY(opted_out ? Settle(sequence, Fate::kOptedOut)
                    : Settle(sequence, Fate::kNewerSnapshot, last.sequence));
    }
    if (opted_out) return Settle(last.sequence, Fate::kOptedOut);
    if (last.fate != Fate::kKept) return Settle(last.sequence, last.fate);
    return PassOnByText(last, by_text);
  }

  static Status PassOnByText(Candidate candidate, SortedRuns<Candidate>& by_text) {
    candidate.order = candidate.text;
    return by_text.Add(candidate);
  }

  // The first of equals is the earliest, and so the survivor.
  Status FindDuplicates(SortedRuns<Candidate>& by_text, SortedRuns<Candidate>& by_draw) {
    sizes_.emplace(Spill("sizes"), share_bytes_);
    const bool drop = duplicate_options_.policy == "drop";
    GroupSize group;
    Hash128 text;
    for (;;) {
      std::optional<Candidate> next = TRY(by_text.Next());
      const bool same = next && duplicates_ && group.size > 0 && next->text == text;
      if (!same) {
        if (group.size > 1) TRY(sizes_->Add(group));
        if (!next) break;
        group = {.first = next->sequence, .size = 0};
        text = next->text;
      }
      ++group.size;
      next->group_first = group.first;
      if (same && drop) {
        TRY(Settle(next->sequence, Fate::kDuplicate, group.first));
        continue;
      }
      next->order = Draw(*next);
      TRY(by_draw.Add(*next));
    }
    TRY(sizes_->Finish());
    return by_draw.Finish();
  }

  // By the id rather than the place in the input, so that another order of files draws the same.
  Hash128 Draw(const Candidate& candidate) const {
    return Combine({static_cast<uint64_t>(sample_.seed), 0}, candidate.id);
  }

  Status DrawSample(SortedRuns<Candidate>& by_draw) {
    users_.emplace(Spill("users"), share_bytes_);
    groups_.emplace(Spill("groups"), share_bytes_);
    for (;;) {
      const std::optional<Candidate> next = TRY(by_draw.Next());
      if (!next) break;
      if (sample_.count > 0 && totals_.kept_count == sample_.count) {
        TRY(Settle(next->sequence, Fate::kNotSampled));
        continue;
      }
      TRY(Keep(*next));
    }
    TRY(groups_->Finish());
    return users_->Finish();
  }

  Status Keep(const Candidate& candidate) {
    ++totals_.kept_count;
    totals_.newest_micros = std::max(totals_.newest_micros, candidate.time_micros);
    if (candidate.user != Hash128{}) TRY(users_->Add(candidate.user));
    return groups_->Add({candidate.group_first, {.sequence = candidate.sequence}});
  }

  // Numbers follow the survivors' order in the input, and say nothing of a text.
  Status NumberGroups() {
    std::optional<GroupSize> group = TRY(sizes_->Next());
    int64_t last_group = -1;
    for (;;) {
      std::optional<GroupMember> member = TRY(groups_->Next());
      while (group && (!member || group->first < member->group_first)) {
        ++totals_.group_count;
        group = TRY(sizes_->Next());
      }
      if (!member) return decisions_.Finish();
      if (group && group->first == member->group_first) {
        member->decision.group = totals_.group_count;
        member->decision.group_size = group->size;
        member->decision.first_of_group = last_group != totals_.group_count;
        last_group = totals_.group_count;
      }
      TRY(decisions_.Add(member->decision));
    }
  }

  Status CountUsers() {
    Hash128 last;
    for (;;) {
      const std::optional<Hash128> user = TRY(users_->Next());
      if (!user) return {};
      if (*user != last) ++totals_.user_count;
      last = *user;
    }
  }

  Result<std::string> WriteDecisions() {
    std::string path = run_.work_folder + "/plan.decisions";
    const auto file = TRY(OutputFile::Create(path));
    TRY(file->Write({reinterpret_cast<const char*>(&totals_), sizeof(totals_)}));
    int64_t written = 0;
    for (;;) {
      const std::optional<Decision> decision = TRY(decisions_.Next());
      if (!decision) break;
      Check(decision->sequence == written++, "plan: a row without exactly one decision");
      TRY(file->Write({reinterpret_cast<const char*>(&*decision), sizeof(Decision)}));
    }
    Check(written == totals_.row_count, "plan: a row without a decision");
    TRY(file->Commit());
    return path;
  }

  const RunSettings& run_;
  const ScanResult& scan_;
  int64_t share_bytes_;
  bool snapshots_ = true;
  bool duplicates_ = true;
  DuplicateOptions duplicate_options_;
  SampleOptions sample_;
  HashSet opted_out_ids_;
  HashSet opted_out_users_;
  SortedRuns<Decision> decisions_;
  std::optional<SortedRuns<GroupSize>> sizes_;
  std::optional<SortedRuns<GroupMember>> groups_;
  std::optional<SortedRuns<Hash128>> users_;
  PlanTotals totals_;
};

}  // namespace

Result<std::unique_ptr<DecisionReader>> DecisionReader::Open(const std::string& path) {
  auto reader = std::make_unique<DecisionReader>();
  reader->file_ = TRY(InputBytes::Open(path));
  TRY(reader->file_->ReadAt(0, reinterpret_cast<char*>(&reader->totals_), sizeof(PlanTotals)));
  return reader;
}

Result<Decision> DecisionReader::Next() {
  if (position_ == buffer_.size()) {
    buffer_.resize(kReadDecisions);
    const int64_t got = TRY(file_->ReadAt(offset_, reinterpret_cast<char*>(buffer_.data()),
                                          static_cast<int64_t>(kReadDecisions * sizeof(Decision))));
    buffer_.resize(static_cast<size_t>(got) / sizeof(Decision));
    offset_ += got;
    position_ = 0;
    if (buffer_.empty()) return Fail(Code::kIo, "ends early; remove it", {.file = file_->path()});
  }
  return buffer_[position_++];
}

Result<std::string> Plan(const RunSettings& run, const ScanResult& scan) {
  std::string path = run.work_folder + "/plan.decisions";
  if (Exists(path)) return path;
  if (run.progress != nullptr) run.progress->Begin("plan", 0);
  path = TRY(Planner(run, scan).Decide());
  if (run.progress != nullptr) run.progress->End();
  return path;
}

Account AccountFor(const ScanRow& row, const Decision& decision) {
  switch (decision.fate) {
    case Fate::kKept:
      return {"kept", ""};
    case Fate::kScanned:
      return {row.fixed.bad != 0 ? "bad" : "dropped", row.why};
    case Fate::kConversation:
      return {"dropped", row.why_conversation};
    case Fate::kNewerSnapshot:
      return {"merged", "snapshots.newer_snapshot"};
    case Fate::kOptedOut:
      return {"dropped", "opt_out.opted_out"};
    case Fate::kNoConsent:
      return {"dropped", "consent.no_consent"};
    case Fate::kDuplicate:
      return {"merged", "duplicates.duplicate"};
    case Fate::kNotSampled:
      return {"dropped", "sample.not_sampled"};
  }
  return {};
}

}  // namespace parley
