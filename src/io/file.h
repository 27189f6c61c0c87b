// Files as bytes without meaning: every call to the system that can fail goes through here, so that
// a test can make each of them fail in turn.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

/// Reads at any offset. Thread-safe.
class InputBytes {
 public:
  static Result<std::unique_ptr<InputBytes>> Open(const std::string& path);
  ~InputBytes();
  InputBytes(const InputBytes&) = delete;
  InputBytes& operator=(const InputBytes&) = delete;

  /// Up to `size` bytes into `buffer`; fewer only at the end of the file.
  Result<int64_t> ReadAt(int64_t offset, char* buffer, int64_t size) const;
  int64_t size_bytes() const { return size_bytes_; }
  int64_t modified_nanos() const { return modified_nanos_; }
  const std::string& path() const { return path_; }

 private:
  InputBytes() = default;
  int descriptor_ = -1;
  int64_t size_bytes_ = 0;
  int64_t modified_nanos_ = 0;
  std::string path_;
};

/// A file being written. It stands under `path` only after `Commit`; until then, and for good if
/// the program dies or the object goes, its bytes lie in `path` + ".part".
class OutputFile {
 public:
  static Result<std::unique_ptr<OutputFile>> Create(const std::string& path);
  ~OutputFile();  ///< Takes the part away if it was not committed.
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  Status Write(std::string_view bytes);  ///< Buffered.
  Status Commit();                       ///< Flush, fsync, rename, fsync of the folder.
  int64_t size_bytes() const { return size_bytes_; }

 private:
  OutputFile() = default;
  Status Flush();
  std::string path_;
  std::string buffer_;
  int descriptor_ = -1;
  int64_t size_bytes_ = 0;
};

Result<std::string> ReadWholeFile(const std::string& path, int64_t max_bytes = 1 << 30);
Status WriteWholeFile(const std::string& path, std::string_view bytes);  ///< By OutputFile.
Status MakeFolder(const std::string& path,
                  bool only_ours = false);   ///< And its parents; 0700 if ours.
Status RemoveTree(const std::string& path);  ///< Nothing there is fine.
Status RenamePath(const std::string& from, const std::string& to);  ///< And fsync of the folder.
bool Exists(const std::string& path);
Result<std::vector<std::string>> ListFolder(
    const std::string& path);  ///< Names, sorted; not . and ..

/// For tests: called before each system call that may fail with the call's name ("open", "read",
/// "write", "fsync", "rename"); a nonzero return is taken as that errno. One hook for the program.
void SetFaultHook(std::function<int(std::string_view call, const std::string& path)> hook);

}  // namespace parley
