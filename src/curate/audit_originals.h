// What stood where a sample's tags stand, from the logs that the release was made of.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"
#include "release/audit/sample.h"
#include "release/places.h"

namespace parley {

/// Fills `original` of the tags, and takes as tags what was replaced: it reads the drawn records
/// again by the ledger and redacts them again by the recipe in `manifest`. Gives a sentence on what
/// could not be shown and why, or nothing. What is wrong with an input is no error but said there:
/// the texts can be read without.
Result<std::string> AddOriginals(const ReleasePlaces& places, std::string_view manifest,
                                 const std::vector<std::string>& inputs, AuditSample& sample);

}  // namespace parley
