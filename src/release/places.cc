#include "release/places.h"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <vector>

#include "io/file.h"
#include "release/manifest.h"

namespace parley {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kManifest = "manifest.json";

bool IsRelease(const fs::path& folder) { return Exists((folder / kManifest).string()); }

// One of several says so in its manifest; what is wrong inside a manifest is not for here to say.
Result<std::string> EntryOf(const fs::path& release) {
  const auto manifest = ReadManifest(TRY(ReadWholeFile((release / kManifest).string())));
  return manifest ? manifest->release_name : "";
}

Result<ReleasePlaces> PlacesOf(const fs::path& release) {
  ReleasePlaces places{.release = release.string(),
                       .release_name = release.filename().string(),
                       .entry = TRY(EntryOf(release))};
  fs::path around = release.parent_path();
  const bool inside = !places.entry.empty() && around.filename() == "release";
  if (inside && !Exists((around / "private").string())) around = around.parent_path();
  places.beside = (around / "private").string();
  if (!Exists(places.beside)) return places;
  const std::vector<std::string> held = TRY(ListFolder(places.beside));
  if (held != std::vector<std::string>{"audit"}) places.private_folder = places.beside;
  return places;
}

Result<std::vector<ReleasePlaces>> ReleasesUnder(const fs::path& folder) {
  std::vector<ReleasePlaces> releases;
  std::error_code error;
  if (!fs::is_directory(folder, error)) return releases;
  for (const std::string& name : TRY(ListFolder(folder.string()))) {
    if (IsRelease(folder / name)) releases.push_back(TRY(PlacesOf(folder / name)));
  }
  return releases;
}

}  // namespace

Result<std::vector<ReleasePlaces>> FindReleases(const std::string& path) {
  std::error_code error;
  fs::path folder = fs::absolute(path, error).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  for (const fs::path& release : {folder, folder / "release"}) {
    if (IsRelease(release)) {
      std::vector<ReleasePlaces> one;
      one.push_back(TRY(PlacesOf(release)));
      return one;
    }
  }
  for (const fs::path& around : {folder / "release", folder}) {
    std::vector<ReleasePlaces> releases = TRY(ReleasesUnder(around));
    if (!releases.empty()) return releases;
  }
  return Fail(Code::kNotFound, "holds no release: no manifest.json in it or in its release/",
              {.file = path});
}

Result<ReleasePlaces> FindRelease(const std::string& path) {
  std::vector<ReleasePlaces> releases = TRY(FindReleases(path));
  if (releases.size() == 1) return std::move(releases.front());
  std::string names;
  for (const ReleasePlaces& places : releases) {
    names += (names.empty() ? "" : ", ") + fs::path(places.release).filename().string();
  }
  return Invalid(fmt::format("holds several releases ({}): give the folder of one", names),
                 {.file = path});
}

}  // namespace parley
