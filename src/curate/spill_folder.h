// Where a command puts what does not fit into memory.

#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "io/file.h"
#include "parley/status.h"

namespace parley {

/// A folder for spill, mode 0700, gone with the object.
class SpillFolder {
 public:
  /// A new one within `within`, or within the system's place for such files if that is empty.
  static Result<std::unique_ptr<SpillFolder>> Make(const std::string& within) {
    std::string path = within.empty() ? std::filesystem::temp_directory_path().string() : within;
    path += "/parley-dedupe-XXXXXX";
    if (mkdtemp(path.data()) == nullptr) {
      return Fail(Code::kIo, "cannot make a folder for spill", {.file = path});
    }
    return std::unique_ptr<SpillFolder>(new SpillFolder(path));
  }
  ~SpillFolder() { (void)RemoveTree(path_); }
  SpillFolder(const SpillFolder&) = delete;
  SpillFolder& operator=(const SpillFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  explicit SpillFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace parley
