// manifest.json: what a release is made of and what it was made from.
//
// Nothing in it depends on when, where or by whom it was made: no clock, no host, no path.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"
#include "release/facts.h"

namespace parley {

/// The version of the manifest's form.
inline constexpr int64_t kManifestForm = 1;

/// A file of the release; `path` is relative to its folder, with `/`.
struct ReleaseFile {
  std::string path;
  int64_t size_bytes = 0;
  std::string sha256 = {};
  bool operator==(const ReleaseFile&) const = default;
};

/// What `verify` needs of a manifest.
struct Manifest {
  std::string release_name = {};                ///< Of several of one run; else empty.
  std::vector<std::string> release_names = {};  ///< Of all of them.
  Profile profile = Profile::kLmsysChat1m;
  bool redaction_enabled = true;
  std::vector<std::string> redaction_types = {};
  std::vector<std::string> phone_regions = {};
  std::string recipe_toml = {};
  Statistics statistics = {};
  std::vector<ShardInfo> shards = {};
  std::vector<ReleaseFile> files = {};  ///< All but the manifest itself, sorted by path.
};

std::string ManifestJson(const ReleaseFacts& facts, const std::vector<ReleaseFile>& files);

/// Invalid if it is no manifest, or of a form that this program does not know.
Result<Manifest> ReadManifest(std::string_view json);

}  // namespace parley
