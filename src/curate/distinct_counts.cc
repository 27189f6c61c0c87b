#include "curate/distinct_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/hash.h"
#include "curate/plan.h"
#include "curate/write.h"
#include "io/sorted_runs.h"
#include "release/ledger.h"

namespace parley {
namespace {

constexpr int64_t kSorts = 4;  // More than the share of the memory that the sorts take.

// The different values among those that are added.
template <class T>
class DistinctCounter {
 public:
  DistinctCounter(std::string spill, int64_t budget_bytes)
      : values_(std::move(spill), budget_bytes) {}

  Status Add(const T& value) { return values_.Add(value); }

  Result<int64_t> Count() {
    TRY(values_.Finish());
    int64_t count = 0;
    std::optional<T> last;
    for (;;) {
      const std::optional<T> next = TRY(values_.Next());
      if (!next) return count;
      if (!last || *last != *next) ++count;
      last = next;
    }
  }

 private:
  SortedRuns<T> values_;
};

struct ReleaseCounters {
  DistinctCounter<Hash128> users;
  DistinctCounter<int64_t> groups;
};

Status TakeRow(const LedgerRow& row, const Decision& decision,
               std::vector<ReleaseCounters>& counters) {
  Check(row.sequence == decision.sequence, "a ledger row beside another's decision");
  for (size_t i = 0; i < row.places.size(); ++i) {
    if (!row.places[i].row) continue;
    if (!row.user.empty()) TRY(counters[i].users.Add(WideHashOf(row.user)));
    if (decision.group >= 0) TRY(counters[i].groups.Add(decision.group));
  }
  return {};
}

}  // namespace

Status CountDistinct(const RunSettings& run, const std::string& decisions_path,
                     Checkpoint& checkpoint) {
  const auto count = static_cast<int64_t>(checkpoint.releases.size());
  const int64_t share_bytes = std::max<int64_t>(run.memory_bytes / kSorts / (2 * count), 1 << 20);
  std::vector<ReleaseCounters> counters;
  for (int64_t i = 0; i < count; ++i) {
    counters.push_back(
        {.users = {fmt::format("{}/release-users.{}", run.work_folder, i), share_bytes},
         .groups = {fmt::format("{}/release-groups.{}", run.work_folder, i), share_bytes}});
  }
  const auto decisions = TRY(DecisionReader::Open(decisions_path));
  for (int64_t file = 0; file < checkpoint.ledger_files; ++file) {
    const auto ledger = TRY(LedgerReader::Open(WorkLedgerPath(run.work_folder, file)));
    for (;;) {
      const std::optional<LedgerRow> row = TRY(ledger->Next());
      if (!row) break;
      const Decision decision = TRY(decisions->Next());
      TRY(TakeRow(*row, decision, counters));
    }
  }
  for (size_t i = 0; i < counters.size(); ++i) {
    checkpoint.releases[i].statistics.users = TRY(counters[i].users.Count());
    checkpoint.releases[i].statistics.duplicate_groups = TRY(counters[i].groups.Count());
  }
  return {};
}

}  // namespace parley
