// The second pass: decides, per row of the scan, keep or why not. Sees fingerprints only.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "curate/scan.h"
#include "io/file.h"
#include "parley/status.h"

namespace parley {

enum class Fate : uint8_t {
  kKept,
  kScanned,       ///< Out already in scan: the row says why.
  kConversation,  ///< Out as a conversation: the row says why.
  kNewerSnapshot,
  kOptedOut,
  kNoConsent,
  kDuplicate,
  kNotSampled,
};

/// What becomes of the row with number `sequence`, counted over all pieces in order.
struct Decision {
  int64_t sequence = 0;
  int64_t merged_into =
      -1;                  ///< The survivor's sequence, for older snapshots and dropped duplicates.
  int64_t group = -1;      ///< For a kept one with duplicates: the group's number, from 0.
  int64_t group_size = 0;  ///< Members at the time of the plan.
  Fate fate = Fate::kKept;
  bool first_of_group = true;  ///< No equal one that is kept stands before it in the inputs.
  uint8_t unused[6] = {};

  bool operator<(const Decision& other) const { return sequence < other.sequence; }
};

struct PlanTotals {
  int64_t row_count = 0;
  int64_t row_bytes = 0;  ///< Of the rows' records; a battle's counts twice.
  int64_t kept_count = 0;
  int64_t user_count = 0;           ///< Distinct users of the kept.
  int64_t group_count = 0;          ///< Groups of duplicates.
  int64_t newest_micros = kNoTime;  ///< Of the kept.
};

/// Reads the decisions in the order of their sequence.
class DecisionReader {
 public:
  static Result<std::unique_ptr<DecisionReader>> Open(const std::string& path);
  Result<Decision> Next();  ///< Io if there is none left.
  const PlanTotals& totals() const { return totals_; }

 private:
  std::unique_ptr<InputBytes> file_;
  std::vector<Decision> buffer_;
  size_t position_ = 0;
  int64_t offset_ = sizeof(PlanTotals);
  PlanTotals totals_;
};

/// Decides, unless it is decided already, and leaves the decisions in `work/plan.decisions`.
Result<std::string> Plan(const RunSettings& run, const ScanResult& scan);

/// What the ledger says of a row.
struct Account {
  std::string_view outcome;  ///< "kept", "merged", "dropped", "bad".
  std::string_view why;      ///< "stage.reason"; empty for the kept. May point into `row`.
};
Account AccountFor(const ScanRow& row, const Decision& decision);

}  // namespace parley
