// Files as bytes without meaning: every call to the system that can fail goes through here, so that
// a test can make each of them fail in turn.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
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
/// the program dies or the object goes, its bytes lie in `path` + ".part". A failure is final:
/// after one, nothing more is written and `Commit` fails too, so that no file with a hole appears.
class OutputFile {
 public:
  /// What a committed file outlives. `kProcess` spares the syncs, for what can be made again: after
  /// a loss of power such a file may stand there short or empty, so its reader has to see that.
  enum class Outlives : uint8_t { kPowerLoss, kProcess };

  static Result<std::unique_ptr<OutputFile>> Create(const std::string& path,
                                                    Outlives outlives = Outlives::kPowerLoss);
  ~OutputFile();  ///< Takes the part away if it was not committed.
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  Status Write(std::string_view bytes);  ///< Buffered.
  Status
  Commit();  ///< Flush, fsync, rename, fsync of the folder; without the syncs for `kProcess`.
  int64_t size_bytes() const { return size_bytes_; }

 private:
  OutputFile() = default;
  Status Flush();
  Status WriteOut(std::string_view bytes);
  Status Close();
  Status Keep(Status status);  // Remembers a failure.
  std::string path_;
  std::string buffer_;
  int descriptor_ = -1;
  int64_t size_bytes_ = 0;
  bool synced_ = true;
  bool committed_ = false;
  std::optional<Error> failure_;  // The first; every later call gives it again.
};

/// TooLarge if there are more than `max_bytes`.
Result<std::string> ReadWholeFile(const std::string& path, int64_t max_bytes = 1 << 30);
Status WriteWholeFile(const std::string& path, std::string_view bytes);  ///< By OutputFile.
Status MakeFolder(const std::string& path,
                  bool only_ours = false);   ///< And its parents; 0700 if ours.
Status RemoveTree(const std::string& path);  ///< Nothing there is fine.
Status RenamePath(const std::string& from, const std::string& to);  ///< And fsync of the folders.
bool Exists(const std::string& path);
Result<std::vector<std::string>> ListFolder(
    const std::string& path);  ///< Names, sorted; not . and ..

/// For tests: called before each system call that may fail with the call's name ("open", "read",
/// "write", "fsync", "close", "rename", "mkdir"); a return above 0 is taken as that errno. Below 0,
/// on "read" and "write", only so many bytes pass in this call. One hook for the program; none may
/// be set while other threads are at work.
void SetFaultHook(std::function<int(std::string_view call, const std::string& path)> hook);

}  // namespace parley
