// The release's files that people and machines read as text.

#pragma once

#include <string>

#include "release/manifest.h"
#include "release/statistics.h"
#include "release/verify/findings.h"
#include "release/verify/secrets.h"

namespace parley {

/// The numbers and features in README.md and the shards in croissant.json against the data:
/// `counted` comes from the shards, sizes from the manifest, whose hashes were checked.
void CheckDescriptions(const std::string& folder, const Manifest& manifest,
                       const Statistics& counted, Findings& findings);

/// Looks for secrets in the file `name` as it is, and with its escapes undone.
void CheckTextFor(const std::string& folder, const std::string& name, const Secrets& secrets,
                  Findings& findings);

/// Undoes JSON's and Markdown's backslashes and HTML's named characters.
std::string WithoutEscapes(std::string_view text);

}  // namespace parley
