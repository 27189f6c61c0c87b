// What there is to say of a release: when it is made, and again when something is added to it.

#pragma once

#include <string>
#include <string_view>

#include "curate/recipe.h"
#include "curate/run_folder.h"
#include "parley/status.h"
#include "release/facts.h"

namespace parley {

/// What follows for one of its releases from the recipe alone, and from the figures of the models
/// it uses. NotFound if these are missing.
Result<ReleaseFacts> FactsOf(const Recipe& recipe, const ReleaseEntry& entry);

/// Everything, from a release's manifest. Invalid if it is none of this program's form, or its
/// recipe has keys that this program does not know; Conflict if the figures of the model of names
/// are of another than the release was made with.
Result<ReleaseFacts> FactsFromManifest(std::string_view manifest);

/// Writes the list of the releases of a run: what an erasure goes through. They lie in
/// `release_folder`, which is or will be the run's `release/`.
Status ListReleases(const RunFolder& folder, const std::string& release_folder);

}  // namespace parley
