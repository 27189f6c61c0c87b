// A second look at a release, with nothing taken on trust.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "parley/progress.h"
#include "parley/status.h"

namespace parley {

struct VerifyRequest {
  std::string path;                ///< A run's folder, or the release in it.
  std::string canaries_path = {};  ///< A file with lines that must not stand in the release.
  int threads = 0;                 ///< 0: as many as the machine has.
};

/// Something that is not as it should be. Never holds the value in question.
struct VerifyFinding {
  std::string file;  ///< Relative to the run or the release; empty if it is about the whole.
  int64_t row = -1;  ///< From 0, where it is about a row.
  std::string message;
};

struct VerifyReport {
  static constexpr int64_t kFindingsKept = 1000;

  std::vector<VerifyFinding> findings;   ///< The first `kFindingsKept`, in order.
  int64_t finding_count = 0;             ///< All of them.
  std::vector<std::string> not_checked;  ///< In sentences: what could not be looked at, and why.
  int64_t files = 0;
  int64_t rows = 0;
  int64_t ledger_rows = 0;
  int64_t secrets = 0;  ///< Keys, users, opt-outs and canaries that were looked for.

  bool sound() const { return finding_count == 0; }
};

/// Checks a release: that its files are those of the manifest, byte for byte, and no others; that
/// every shard has the profile's columns, that ids are unique and the numbers in manifest, card and
/// Croissant are those of the data; that the patterns find nothing more, if redaction was on; that
/// no canary stands in it. With the run's `private/` beside it: that the ledger adds up and its
/// kept rows are the release's, and that neither the key, nor a user of the ledger (outside the
/// column that is for them), nor a line of an opt-out list stands in the release.
///
/// NotFound if there is no release at `path`. What is wrong in the release is no error but a
/// finding. `progress` may be null.
Result<VerifyReport> Verify(const VerifyRequest& request, Progress* progress);

}  // namespace parley
