// What cannot be added up while several releases are written: how many different users and groups
// of duplicates each of them has.

#pragma once

#include <string>

#include "curate/checkpoint.h"
#include "curate/scan.h"
#include "parley/status.h"

namespace parley {

/// Sets `users` and `duplicate_groups` of each release's statistics, from the ledger in the work
/// folder and the decisions. Reads both once; what does not fit into memory spills.
///
/// A group counts where one of its conversations stands in the release.
Status CountDistinct(const RunSettings& run, const std::string& decisions_path,
                     Checkpoint& checkpoint);

}  // namespace parley
