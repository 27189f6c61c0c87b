#include "io/data_files.h"

#include <cstdlib>
#include <filesystem>
#include <vector>

#ifndef PARLEY_BUILD_DATA
#define PARLEY_BUILD_DATA ""
#endif

namespace parley {

Result<std::string> FindDataFile(std::string_view name) {
  namespace fs = std::filesystem;
  std::vector<fs::path> folders;
  if (const char* set = std::getenv("PARLEY_DATA"); set != nullptr && *set != '\0') {
    folders.emplace_back(set);
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) folders.push_back(program.parent_path().parent_path() / "share" / "parley");
  if (*PARLEY_BUILD_DATA != '\0') folders.emplace_back(PARLEY_BUILD_DATA);
  std::string looked;
  for (const fs::path& folder : folders) {
    const fs::path path = folder / name;
    if (fs::exists(path, error)) return path.string();
    looked += (looked.empty() ? "" : ", ") + folder.string();
  }
  return Fail(Code::kNotFound, "data file " + std::string(name) + " is missing; looked in " +
                                   looked + " (set PARLEY_DATA to the folder that holds it)");
}

}  // namespace parley
