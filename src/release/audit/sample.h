// A stratified sample of a release's texts, for people to read.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parley/audit_sample.h"
#include "parley/status.h"
#include "release/manifest.h"

namespace parley {

/// A group of texts that are alike in what matters to the redaction.
struct AuditStratum {
  std::string language = {};  ///< "English"; "" stands for all languages that are not frequent.
  bool tagged = false;        ///< A tag stands in the text.
  int length = 0;             ///< 0: under 200 code points, 1: under 2,000, 2: more.
  int64_t texts = 0;          ///< In the release.
  bool operator==(const AuditStratum&) const = default;
};

struct AuditSample {
  std::string name = {};  ///< A hash of the shards' hashes, of size and of seed.
  int64_t size = 0;       ///< As asked for.
  uint64_t seed = 0;
  std::vector<AuditStratum> strata = {};
  std::vector<AuditText> texts = {};  ///< In the order to read them in: every stratum early.
};

/// How many texts to draw from strata of `counts` texts: one from each, the largest first, then by
/// the square root of their sizes, so that small ones are seen too (Bankier, "Power allocations",
/// The American Statistician 42, 1988). Sums up to `size`, or to all.
std::vector<int64_t> Allocate(const std::vector<int64_t>& counts, int64_t size);

/// Draws `size` messages of the release in `folder`, at random within each stratum. Reads all
/// shards once and the drawn rows' groups again. A larger size draws the same texts and more, as
/// long as the strata are the same.
Result<AuditSample> DrawSample(const std::string& folder, const Manifest& manifest, int64_t size,
                               uint64_t seed);

/// What `DrawSample` would call its sample.
std::string SampleName(const Manifest& manifest, int64_t size, uint64_t seed);

std::string ToJson(const AuditSample& sample);
/// Invalid if it is not what `ToJson` gives.
Result<AuditSample> SampleFromJson(std::string_view json);

}  // namespace parley
