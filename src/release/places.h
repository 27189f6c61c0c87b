// Where a command finds the release it was pointed at, and what is private about it.

#pragma once

#include <string>

#include "parley/status.h"

namespace parley {

struct ReleasePlaces {
  std::string release = {};
  std::string release_name = {};  ///< The folder's own name, as the ledger has it.
  std::string beside = {};        ///< Where `private/` is or would be.
  /// `beside`; empty if there is none, or one that holds nothing but an audit of somebody else's
  /// release.
  std::string private_folder = {};
};

/// `path` is a run's folder or the release in it. NotFound if neither holds a manifest.json.
Result<ReleasePlaces> FindRelease(const std::string& path);

}  // namespace parley
