// The ledger against the release it accounts for.

#pragma once

#include <string>
#include <vector>

#include "base/hash.h"
#include "release/manifest.h"
#include "release/places.h"
#include "release/verify/findings.h"

namespace parley {

/// Checks the ledger beside the release: every row has an outcome, they add up to the manifest's
/// counts, survivors exist, and the kept rows are the release's rows, one for one. Of several
/// releases it looks at the column of this one. `ids` are the hashes of
/// the conversation ids, [shards][rows]. Returns how many rows there are.
int64_t CheckLedger(const ReleasePlaces& places, const Manifest& manifest,
                    const std::vector<std::vector<Hash128>>& ids, Findings& findings);

}  // namespace parley
