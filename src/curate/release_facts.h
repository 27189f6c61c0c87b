// What there is to say of a release: when it is made, and again when something is added to it.

#pragma once

#include <string>
#include <string_view>

#include "curate/recipe.h"
#include "curate/run_folder.h"
#include "parley/status.h"
#include "release/facts.h"

namespace parley {

/// What follows from the recipe alone, and from the figures of the models it uses. NotFound if
/// these are missing.
Result<ReleaseFacts> FactsOf(const Recipe& recipe);

/// Everything, from a release's manifest. Invalid if it is none of this program's form, or its
/// recipe has keys that this program does not know; Conflict if the figures of the model of names
/// are of another than the release was made with.
Result<ReleaseFacts> FactsFromManifest(std::string_view manifest);

/// Writes the list of releases made in a run's folder: what an erasure goes through.
Status ListRelease(const RunFolder& folder, const CardInfo& card,
                   const std::string& manifest_sha256);

}  // namespace parley
