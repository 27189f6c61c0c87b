// What readers of a sample found out about a release's redaction.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace parley {

/// A share estimated from a sample, with its 95 % interval. All 0 to 1.
struct MeasuredShare {
  double share = 0;
  double low = 0;
  double high = 1;
  bool operator==(const MeasuredShare&) const = default;
};

/// One type, one language, or everything. The counts are those of the texts that were read; the
/// shares are estimates for the whole release.
struct AuditLine {
  std::string name = {};                     ///< "NAME", "English"; empty for everything.
  int64_t right = 0;                         ///< Replacements that had to be.
  int64_t wrong = 0;                         ///< Replacements that need not have been.
  int64_t missed = 0;                        ///< What stands there and should have been replaced.
  std::optional<MeasuredShare> recall = {};  ///< None where nothing was there to be found.
  std::optional<MeasuredShare> precision = {};  ///< None where nothing was replaced.
  bool operator==(const AuditLine&) const = default;
};

struct AuditEstimate {
  std::string date = {};      ///< Of the release; no clock comes into it.
  std::string sample = {};    ///< Which sample: a hash of the release's data, size and seed.
  uint64_t seed = 0;          ///< Of the draw.
  int64_t drawn = 0;          ///< Texts in the sample …
  int64_t read = 0;           ///< … and those of them that a person has judged.
  int64_t texts = 0;          ///< In the release: messages that are not empty.
  int64_t covered_texts = 0;  ///< Of these, in strata of which a text was read.
  AuditLine all = {};
  std::vector<AuditLine> types = {};      ///< By name.
  std::vector<AuditLine> languages = {};  ///< By name.
  bool operator==(const AuditEstimate&) const = default;
};

}  // namespace parley
