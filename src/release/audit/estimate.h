// From the verdicts on a sample of texts to recall and precision of the whole release.

#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "parley/audit_estimate.h"

namespace parley {

struct JudgedCounts {
  int64_t right = 0;
  int64_t wrong = 0;
  int64_t missed = 0;
};

/// A text that was read.
struct JudgedText {
  int64_t stratum = 0;
  std::string language = {};
  std::map<std::string, JudgedCounts> by_type = {};
};

/// Fills the lines and `covered_texts`. `stratum_texts` is how many texts of the release each
/// stratum has; of each those that were read are taken for a random draw.
///
/// A share is a ratio of two sums over the release, each estimated with the weight of the text's
/// stratum (Cochran, "Sampling Techniques", 1977, section 6.11: the combined ratio estimator) and
/// with the variance of its linearised form. Its interval is that of Clopper and Pearson for a
/// simple sample of the size that has the same variance (Korn and Graubard, "Confidence intervals
/// for proportions with small expected number of positive counts estimated from survey data",
/// Survey Methodology 24, 1998; without their correction for few degrees of freedom). The effective
/// size is at most what was counted; where all were hits or none, there is no variance to go by,
/// and it is that of the texts with something to count (Kish, "Survey Sampling", 1965: the square
/// of the weights' sum over the sum of their squares).
///
/// A stratum of which one text was read counts as if the text's whole deviation were the stratum's.
void EstimateShares(std::span<const int64_t> stratum_texts, std::span<const JudgedText> judged,
                    AuditEstimate& estimate);

/// One line of JSON.
std::string ToJson(const AuditEstimate& estimate);

}  // namespace parley
