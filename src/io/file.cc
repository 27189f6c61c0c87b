#include "io/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace parley {
namespace {

constexpr size_t kBufferBytes = 1 << 20;

std::function<int(std::string_view, const std::string&)>& Hook() {
  static std::function<int(std::string_view, const std::string&)> hook;
  return hook;
}

// Above 0: the error that a test wants here.
int Fault(std::string_view call, const std::string& path) {
  return Hook() ? Hook()(call, path) : 0;
}

// How many of `size` bytes a test lets pass, given what `Fault` said.
size_t Allowed(int fault, size_t size) {
  return fault < 0 ? std::min(size, static_cast<size_t>(-fault)) : size;
}

std::unexpected<Error> SystemError(std::string_view doing, const std::string& path, int error) {
  const Code code = error == ENOENT ? Code::kNotFound : Code::kIo;
  std::string message = fmt::format("cannot {}: {}", doing, std::strerror(error));
  if (error == ENOSPC) message += "; free some space and run the same command again";
  return Fail(code, std::move(message), {.file = path});
}

std::unexpected<Error> TooLarge(const std::string& path, int64_t max_bytes) {
  return Fail(Code::kTooLarge, fmt::format("over {} bytes", max_bytes), {.file = path});
}

std::string FolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

Status SyncFolder(const std::string& folder) {
  if (const int error = Fault("fsync", folder))
    return SystemError("sync the folder", folder, error);
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return SystemError("open the folder", folder, errno);
  const int failed = fsync(descriptor) == 0 ? 0 : errno;
  close(descriptor);
  if (failed != 0) return SystemError("sync the folder", folder, failed);
  return {};
}

Status RenameOnly(const std::string& from, const std::string& to) {
  if (const int error = Fault("rename", to)) return SystemError("rename into place", to, error);
  if (rename(from.c_str(), to.c_str()) != 0) return SystemError("rename into place", to, errno);
  return {};
}

}  // namespace

void SetFaultHook(std::function<int(std::string_view, const std::string&)> hook) {
  Hook() = std::move(hook);
}

Result<std::unique_ptr<InputBytes>> InputBytes::Open(const std::string& path) {
  if (const int error = Fault("open", path)) return SystemError("open", path, error);
  auto input = std::unique_ptr<InputBytes>(new InputBytes);
  input->path_ = path;
  input->descriptor_ = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (input->descriptor_ < 0) return SystemError("open", path, errno);
  struct stat info = {};
  if (fstat(input->descriptor_, &info) != 0) return SystemError("look at", path, errno);
  if (S_ISDIR(info.st_mode)) return Fail(Code::kInvalid, "is a folder", {.file = path});
  input->size_bytes_ = info.st_size;
  input->modified_nanos_ = info.st_mtim.tv_sec * 1'000'000'000 + info.st_mtim.tv_nsec;
  return input;
}

InputBytes::~InputBytes() {
  if (descriptor_ >= 0) close(descriptor_);
}

Result<int64_t> InputBytes::ReadAt(int64_t offset, char* buffer, int64_t size) const {
  int64_t done = 0;
  while (done < size) {
    const int fault = Fault("read", path_);
    if (fault > 0) return SystemError("read", path_, fault);
    const size_t wanted = Allowed(fault, static_cast<size_t>(size - done));
    const ssize_t got = pread(descriptor_, buffer + done, wanted, offset + done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemError("read", path_, errno);
    if (got == 0) break;
    done += got;
  }
  return done;
}

Result<std::unique_ptr<OutputFile>> OutputFile::Create(const std::string& path, Outlives outlives) {
  auto file = std::unique_ptr<OutputFile>(new OutputFile);
  file->path_ = path;
  file->synced_ = outlives == Outlives::kPowerLoss;
  const std::string part = path + ".part";
  if (const int error = Fault("open", part)) return SystemError("create", part, error);
  file->descriptor_ = open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file->descriptor_ < 0) return SystemError("create", part, errno);
  return file;
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!committed_ && !path_.empty()) unlink((path_ + ".part").c_str());
}

Status OutputFile::Write(std::string_view bytes) {
  size_bytes_ += static_cast<int64_t>(bytes.size());
  if (buffer_.size() + bytes.size() < kBufferBytes) {
    buffer_.append(bytes);
    return {};
  }
  TRY(Flush());
  return Keep(WriteOut(bytes));
}

Status OutputFile::Flush() {
  if (failure_) return std::unexpected(*failure_);
  TRY(Keep(WriteOut(buffer_)));
  buffer_.clear();
  return {};
}

Status OutputFile::Keep(Status status) {
  if (!status) failure_ = status.error();
  return status;
}

Status OutputFile::WriteOut(std::string_view bytes) {
  while (!bytes.empty()) {
    const int fault = Fault("write", path_);
    if (fault > 0) return SystemError("write", path_, fault);
    const ssize_t put = write(descriptor_, bytes.data(), Allowed(fault, bytes.size()));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return SystemError("write", path_, errno);
    if (put == 0) return SystemError("write", path_, ENOSPC);
    bytes.remove_prefix(static_cast<size_t>(put));
  }
  return {};
}

Status OutputFile::Close() {
  if (synced_) {
    if (const int error = Fault("fsync", path_)) return SystemError("sync", path_, error);
    if (fsync(descriptor_) != 0) return SystemError("sync", path_, errno);
  }
  const int fault = Fault("close", path_);
  const int failed = close(descriptor_) == 0 ? fault : errno;
  descriptor_ = -1;
  if (failed != 0) return SystemError("close", path_, failed);
  return {};
}

Status OutputFile::Commit() {
  Check(!committed_, "a file is committed twice");
  TRY(Flush());
  TRY(Keep(Close()));
  const std::string part = path_ + ".part";
  TRY(Keep(synced_ ? RenamePath(part, path_) : RenameOnly(part, path_)));
  committed_ = true;
  return {};
}

Result<std::string> ReadWholeFile(const std::string& path, int64_t max_bytes) {
  const auto input = TRY(InputBytes::Open(path));
  if (input->size_bytes() > max_bytes) return TooLarge(path, max_bytes);
  std::string bytes;
  // A file of /proc says that it has no size, and any file may grow: read until there is no more.
  for (int64_t chunk = std::max<int64_t>(input->size_bytes() + 1, 4096);;) {
    const size_t before = bytes.size();
    bytes.resize(before + static_cast<size_t>(chunk));
    const int64_t got =
        TRY(input->ReadAt(static_cast<int64_t>(before), bytes.data() + before, chunk));
    bytes.resize(before + static_cast<size_t>(got));
    if (static_cast<int64_t>(bytes.size()) > max_bytes) return TooLarge(path, max_bytes);
    if (got < chunk) return bytes;
  }
}

Status WriteWholeFile(const std::string& path, std::string_view bytes) {
  const auto file = TRY(OutputFile::Create(path));
  TRY(file->Write(bytes));
  return file->Commit();
}

Status MakeFolder(const std::string& path, bool only_ours) {
  if (const int fault = Fault("mkdir", path)) return SystemError("make the folder", path, fault);
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return SystemError("make the folder", path, error.value());
  if (only_ours && chmod(path.c_str(), 0700) != 0) return SystemError("close off", path, errno);
  return {};
}

Status RemoveTree(const std::string& path) {
  std::error_code error;
  std::filesystem::remove_all(path, error);
  if (error) return SystemError("remove", path, error.value());
  return {};
}

Status RenamePath(const std::string& from, const std::string& to) {
  TRY(RenameOnly(from, to));
  if (FolderOf(from) != FolderOf(to)) TRY(SyncFolder(FolderOf(from)));
  return SyncFolder(FolderOf(to));
}

bool Exists(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(path, error);
}

Result<std::vector<std::string>> ListFolder(const std::string& path) {
  std::error_code error;
  std::vector<std::string> names;
  std::filesystem::directory_iterator entries(path, error);
  if (error) return SystemError("list", path, error.value());
  for (const auto end = std::filesystem::directory_iterator(); entries != end;) {
    names.push_back(entries->path().filename().string());
    entries.increment(error);
    if (error) return SystemError("list", path, error.value());
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace parley
