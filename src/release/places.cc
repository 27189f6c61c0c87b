#include "release/places.h"

#include <filesystem>
#include <vector>

#include "io/file.h"

namespace parley {

Result<ReleasePlaces> FindRelease(const std::string& path) {
  namespace fs = std::filesystem;
  constexpr std::string_view kManifest = "manifest.json";
  std::error_code error;
  fs::path release = fs::absolute(path, error).lexically_normal();
  if (!release.has_filename()) release = release.parent_path();
  if (!Exists((release / kManifest).string())) release /= "release";
  if (!Exists((release / kManifest).string())) {
    return Fail(Code::kNotFound, "holds no release: no manifest.json in it or in its release/",
                {.file = path});
  }
  ReleasePlaces places{.release = release.string(),
                       .release_name = release.filename().string(),
                       .beside = (release.parent_path() / "private").string()};
  if (!Exists(places.beside)) return places;
  const std::vector<std::string> held = TRY(ListFolder(places.beside));
  if (held != std::vector<std::string>{"audit"}) places.private_folder = places.beside;
  return places;
}

}  // namespace parley
