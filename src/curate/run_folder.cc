#include "curate/run_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "io/digest.h"
#include "io/file.h"

namespace parley {
namespace {

constexpr int64_t kMinKeyBytes = 16;
constexpr int64_t kMadeKeyBytes = 32;

}  // namespace

RunFolder::RunFolder(std::string out) : out_(std::move(out)) {
  while (out_.size() > 1 && out_.ends_with('/')) out_.pop_back();
}

RunFolder::RunFolder(RunFolder&& other) noexcept
    : out_(std::move(other.out_)), lock_(std::exchange(other.lock_, -1)) {}

RunFolder::~RunFolder() {
  if (lock_ >= 0) close(lock_);
}

Status RunFolder::CheckUsable() const {
  if (!Exists(out_)) return {};
  if (!std::filesystem::is_directory(out_)) {
    return Fail(Code::kConflict, "--out is a file; give a folder that is new or a run's own",
                {.file = out_});
  }
  for (const std::string& name : TRY(ListFolder(out_))) {
    if (name == "release" && Exists(run_file())) continue;
    const bool private_is_ours =
        name == "private" && (Exists(priv() + "/lock") || TRY(ListFolder(priv())).empty());
    if (private_is_ours) continue;
    return Fail(
        Code::kConflict,
        fmt::format("the folder holds \"{}\", which no run put there; give another --out", name),
        {.file = out_});
  }
  return {};
}

Status RunFolder::Claim() {
  TRY(MakeFolder(out_));
  TRY(MakeFolder(priv(), true));
  const std::string path = priv() + "/lock";
  lock_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ < 0) {
    return Fail(Code::kIo, fmt::format("cannot create the lock: {}", std::strerror(errno)),
                {.file = path});
  }
  if (flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    return Fail(Code::kConflict, "another run is at work in this folder; wait for it to end",
                {.file = out_});
  }
  TRY(MakeFolder(ledger()));
  return MakeFolder(work());
}

Result<std::string> ObtainKey(const RunFolder& folder, const std::string& path) {
  if (path.empty() && !Exists(folder.key_file())) {
    const std::string made = TRY(SecureRandomBytes(kMadeKeyBytes));
    TRY(WriteWholeFile(folder.key_file(), HexOf(made) + "\n"));
    if (chmod(folder.key_file().c_str(), 0600) != 0) {
      return Fail(Code::kIo, "cannot close the key off to others", {.file = folder.key_file()});
    }
  }
  const std::string& source = path.empty() ? folder.key_file() : path;
  std::string key = TRY(ReadWholeFile(source, 1 << 16));
  while (!key.empty() && (key.back() == '\n' || key.back() == '\r')) key.pop_back();
  if (static_cast<int64_t>(key.size()) < kMinKeyBytes) {
    return Invalid(
        fmt::format("a key has at least {} bytes; `openssl rand -hex 32` makes one", kMinKeyBytes),
        {.file = source});
  }
  return key;
}

}  // namespace parley
