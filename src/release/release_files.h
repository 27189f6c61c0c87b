// Everything in a release besides its shards.

#pragma once

#include <string>
#include <vector>

#include "parley/status.h"
#include "release/facts.h"
#include "release/manifest.h"

namespace parley {

/// Writes README.md, README_zh.md, LICENSE (if the card has its text), croissant.json,
/// report/index.html, and at last manifest.json into `folder`, whose `data/` holds the shards under
/// their final names. Gives every file of the release but the manifest. NotFound, before anything
/// is written, if the report's plotting script is missing.
Result<std::vector<ReleaseFile>> WriteReleaseFiles(const std::string& folder,
                                                   const ReleaseFacts& facts);

}  // namespace parley
