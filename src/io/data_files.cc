#include "io/data_files.h"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

#ifndef PARLEY_BUILD_DATA
#define PARLEY_BUILD_DATA ""
#endif

namespace parley {
namespace {

namespace fs = std::filesystem;

// The data beside a program or library installed as PREFIX/bin/x or PREFIX/lib/x.
fs::path DataBeside(const fs::path& binary) {
  return binary.parent_path().parent_path() / "share" / "parley";
}

std::vector<fs::path> DataFolders() {
  std::vector<fs::path> folders;
  if (const char* set = std::getenv("PARLEY_DATA"); set != nullptr && *set != '\0') {
    folders.emplace_back(set);
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) folders.push_back(DataBeside(program));
  // In somebody else's program this code lies in libparley, with the data beside the library.
  Dl_info code = {};
  if (dladdr(reinterpret_cast<const void*>(&FindDataFile), &code) != 0) {
    const fs::path library = fs::canonical(code.dli_fname, error);
    if (!error && library != program) folders.push_back(DataBeside(library));
  }
  if (*PARLEY_BUILD_DATA != '\0') folders.emplace_back(PARLEY_BUILD_DATA);
  return folders;
}

}  // namespace

Result<std::string> FindDataFile(std::string_view name) {
  std::string looked;
  for (const fs::path& folder : DataFolders()) {
    const fs::path path = folder / name;
    std::error_code error;
    if (fs::exists(path, error)) return path.string();
    looked += (looked.empty() ? "" : ", ") + folder.string();
  }
  return Fail(Code::kNotFound, "data file " + std::string(name) + " is missing; looked in " +
                                   looked + " (set PARLEY_DATA to the folder that holds it)");
}

}  // namespace parley
