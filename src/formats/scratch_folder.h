// A folder for a test's files, gone at its end.

#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "parley/status.h"

namespace parley {

class ScratchFolder {
 public:
  ScratchFolder() {
    std::string path = (std::filesystem::temp_directory_path() / "parley-XXXXXX").string();
    Check(mkdtemp(path.data()) != nullptr, "no folder for a test");
    path_ = path;
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::string& path() const { return path_; }

  /// Writes a file, with the folders it stands in, and gives its path.
  std::string Write(std::string_view name, std::string_view bytes) const {
    const std::filesystem::path path = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    Check(file.flush().good(), "a test's file cannot be written");
    return path.string();
  }

 private:
  std::string path_;
};

}  // namespace parley
