// From shards and counts to a release: names, card, manifest, report, and the one rename.

#pragma once

#include <string>

#include "curate/checkpoint.h"
#include "curate/run_folder.h"
#include "curate/run_record.h"
#include "curate/scan.h"
#include "parley/curate.h"
#include "parley/status.h"

namespace parley {

/// Completes the releases in `work/release`, moves the ledger to its place, and renames the folder
/// into its own. Each step can be done again after a kill.
Status Finish(const RunFolder& folder, const RunSettings& run, const RunIdentity& identity,
              const ScanResult& scan, Checkpoint checkpoint);

}  // namespace parley
