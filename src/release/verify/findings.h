// Where the checks of `verify` put what they find.

#pragma once

#include <string>
#include <utility>

#include "parley/verify.h"

namespace parley {

/// Keeps the first findings and counts them all. Not thread-safe: one for each part, then `Take`.
class Findings {
 public:
  void Add(std::string file, std::string message, int64_t row = -1) {
    if (report_.finding_count++ < VerifyReport::kFindingsKept) {
      report_.findings.push_back({std::move(file), row, std::move(message)});
    }
  }

  void Take(Findings&& other) {
    const int64_t count = report_.finding_count + other.report_.finding_count;
    for (VerifyFinding& finding : other.report_.findings) {
      Add(std::move(finding.file), std::move(finding.message), finding.row);
    }
    report_.finding_count = count;
  }

  /// Says of every file but those of `private/` that it lies in `folder`.
  void PutUnder(const std::string& folder) {
    for (VerifyFinding& finding : report_.findings) {
      if (!finding.file.starts_with("private")) finding.file = folder + finding.file;
    }
  }

  VerifyReport& report() { return report_; }

 private:
  VerifyReport report_;
};

}  // namespace parley
