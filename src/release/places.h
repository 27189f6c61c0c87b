// Where a command finds the release it was pointed at, and what is private about it.

#pragma once

#include <string>
#include <vector>

#include "parley/status.h"

namespace parley {

struct ReleasePlaces {
  std::string release = {};
  std::string release_name = {};  ///< The folder's own name, as the ledger has it.
  std::string entry = {};         ///< Its name, if it is one of several of its run; else empty.
  std::string beside = {};        ///< Where `private/` is or would be.
  /// `beside`; empty if there is none, or one that holds nothing but an audit of somebody else's
  /// release.
  std::string private_folder = {};
};

/// `path` is a run's folder, the folder of its several releases, or a release. All that it holds,
/// by name. NotFound if no manifest.json is there.
Result<std::vector<ReleasePlaces>> FindReleases(const std::string& path);

/// The same where one is wanted. Invalid, with their names, if there are several.
Result<ReleasePlaces> FindRelease(const std::string& path);

}  // namespace parley
