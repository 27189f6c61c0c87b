#include "formats/inputs.h"

#include <fmt/format.h>
#include <glob.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "io/file.h"
#include "text/utf8.h"

namespace parley {
namespace {

namespace fs = std::filesystem;

struct Found {
  std::string path;
  std::string name;
};

bool IsHidden(std::string_view name) { return name.starts_with('.'); }

// The regular files under a folder; `name` is the folder's own, with its slash, or empty.
Status FindUnder(const std::string& folder, const std::string& name, std::vector<Found>& found) {
  for (const std::string& entry : TRY(ListFolder(folder))) {
    if (IsHidden(entry)) continue;
    const std::string path = (fs::path(folder) / entry).string();
    std::error_code error;
    const bool is_link = fs::is_symlink(path, error);
    if (fs::is_directory(path, error)) {
      if (!is_link) TRY(FindUnder(path, name + entry + "/", found));
    } else if (fs::is_regular_file(path, error)) {
      found.push_back({path, name + entry});
    }
  }
  return {};
}

bool HasWildcard(std::string_view text) {
  return text.find_first_of("*?[") != std::string_view::npos;
}

// The part of a glob in front of the first name with a wildcard, with its slash; or empty.
std::string FixedPartOf(std::string_view pattern) {
  const size_t wildcard = pattern.find_first_of("*?[");
  const size_t slash = pattern.substr(0, wildcard).rfind('/');
  return std::string(slash == std::string_view::npos ? "" : pattern.substr(0, slash + 1));
}

Result<std::vector<std::string>> MatchesOf(const std::string& pattern) {
  glob_t matches = {};
  const int result = glob(pattern.c_str(), GLOB_NOSORT, nullptr, &matches);
  std::vector<std::string> paths(matches.gl_pathv, matches.gl_pathv + matches.gl_pathc);
  globfree(&matches);
  if (result != 0 && result != GLOB_NOMATCH) {
    return Fail(Code::kIo, "cannot list what this pattern stands for", {.file = pattern});
  }
  if (paths.empty()) return Fail(Code::kNotFound, "no file matches", {.file = pattern});
  return paths;
}

Status FindGlob(const std::string& pattern, std::vector<Found>& found) {
  const std::string fixed = FixedPartOf(pattern);
  for (const std::string& path : TRY(MatchesOf(pattern))) {
    const std::string name = path.substr(fixed.size());
    std::error_code error;
    if (fs::is_directory(path, error)) {
      TRY(FindUnder(path, name + "/", found));
    } else if (fs::is_regular_file(path, error)) {
      found.push_back({path, name});
    }
  }
  return {};
}

Result<std::vector<Found>> FindOne(const std::string& input) {
  std::vector<Found> found;
  std::error_code error;
  const fs::file_status status = fs::status(input, error);
  if (fs::is_directory(status)) {
    TRY(FindUnder(input, "", found));
  } else if (fs::is_regular_file(status)) {
    found.push_back({input, fs::path(input).filename().string()});
  } else if (fs::exists(status)) {
    return Invalid("is neither a file nor a folder", {.file = input});
  } else if (HasWildcard(input)) {
    TRY(FindGlob(input, found));
  } else {
    return Fail(Code::kNotFound, "there is no such file or folder", {.file = input});
  }
  std::ranges::sort(found, {}, &Found::name);
  return found;
}

std::string ValidUtf8(const std::string& name) {
  std::string valid;
  RepairUtf8(name, valid);
  return valid;
}

}  // namespace

Result<std::vector<InputFile>> FindInputs(const std::vector<std::string>& inputs,
                                          std::string_view format) {
  std::vector<InputFile> files;
  std::set<std::string> paths;
  std::set<std::string> names;
  for (size_t i = 0; i < inputs.size(); ++i) {
    for (const Found& found : TRY(FindOne(inputs[i]))) {
      std::error_code error;
      const std::string whole = fs::canonical(found.path, error).string();
      if (!paths.insert(whole).second) continue;
      std::string name = ValidUtf8(found.name);
      while (names.contains(name)) name = fmt::format("{}/{}", i + 1, name);
      names.insert(name);
      files.push_back(TRY(LookAt(found.path, name, format)));
    }
  }
  return files;
}

}  // namespace parley
