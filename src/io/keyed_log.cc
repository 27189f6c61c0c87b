// A record is a head of key, size and hash, then the value. The hash is of key and value, so that
// neither zeros nor half a record pass for a whole one.

#include "io/keyed_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace parley {
namespace {

constexpr int64_t kMaxValueBytes = 16 << 20;

struct Head {
  Hash128 key;
  uint64_t size_bytes = 0;
  uint64_t hash = 0;
};
static_assert(sizeof(Head) == 32);

uint64_t RecordHash(const Hash128& key, std::string_view value) {
  return HashOf(value, key.low ^ (key.high + 1));
}

// As many bytes as there are, up to `size`.
int64_t ReadAt(int descriptor, int64_t offset, char* buffer, int64_t size) {
  int64_t got = 0;
  while (got < size) {
    const ssize_t some =
        pread(descriptor, buffer + got, static_cast<size_t>(size - got), offset + got);
    if (some < 0 && errno == EINTR) continue;
    if (some <= 0) break;
    got += some;
  }
  return got;
}

std::unexpected<Error> SystemFailure(const char* what, const std::string& path) {
  return Fail(Code::kIo, std::string("cannot ") + what + ": " + std::strerror(errno),
              {.file = path});
}

}  // namespace

Result<std::unique_ptr<KeyedLog>> KeyedLog::Open(const std::string& path) {
  auto log = std::unique_ptr<KeyedLog>(new KeyedLog);
  log->path_ = path;
  log->descriptor_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (log->descriptor_ < 0) return SystemFailure("open", path);
  TRY(log->Load());
  return log;
}

KeyedLog::~KeyedLog() {
  if (descriptor_ >= 0) close(descriptor_);
}

Status KeyedLog::Load() {
  Head head;
  std::string value;
  for (;;) {
    const int64_t got =
        ReadAt(descriptor_, end_byte_, reinterpret_cast<char*>(&head), sizeof(Head));
    const auto size = static_cast<int64_t>(head.size_bytes);
    if (got < static_cast<int64_t>(sizeof(Head)) || size < 0 || size > kMaxValueBytes) break;
    value.resize(head.size_bytes);
    const int64_t begin = end_byte_ + static_cast<int64_t>(sizeof(Head));
    if (ReadAt(descriptor_, begin, value.data(), size) < size) break;
    if (RecordHash(head.key, value) != head.hash) break;
    places_.try_emplace(head.key, Place{.begin_byte = begin, .size_bytes = size});
    end_byte_ = begin + size;
  }
  if (ftruncate(descriptor_, end_byte_) != 0) return SystemFailure("cut", path_);
  return {};
}

Result<std::optional<std::string>> KeyedLog::Find(const Hash128& key) const {
  const std::scoped_lock lock(mutex_);
  const auto found = places_.find(key);
  if (found == places_.end()) return std::optional<std::string>();
  std::string value(static_cast<size_t>(found->second.size_bytes), '\0');
  const int64_t got =
      ReadAt(descriptor_, found->second.begin_byte, value.data(), found->second.size_bytes);
  if (got < found->second.size_bytes) return SystemFailure("read", path_);
  return std::optional(std::move(value));
}

Status KeyedLog::Add(const Hash128& key, std::string_view value) {
  const std::scoped_lock lock(mutex_);
  if (places_.contains(key)) return {};
  const Head head{.key = key, .size_bytes = value.size(), .hash = RecordHash(key, value)};
  std::string record(reinterpret_cast<const char*>(&head), sizeof(Head));
  record += value;
  for (size_t put = 0; put < record.size();) {
    const ssize_t some = pwrite(descriptor_, record.data() + put, record.size() - put,
                                end_byte_ + static_cast<int64_t>(put));
    if (some < 0 && errno == EINTR) continue;
    if (some <= 0) return SystemFailure("write", path_);
    put += static_cast<size_t>(some);
  }
  const int64_t begin = end_byte_ + static_cast<int64_t>(sizeof(Head));
  places_[key] = {.begin_byte = begin, .size_bytes = static_cast<int64_t>(value.size())};
  end_byte_ = begin + static_cast<int64_t>(value.size());
  return {};
}

int64_t KeyedLog::size() const {
  const std::scoped_lock lock(mutex_);
  return static_cast<int64_t>(places_.size());
}

}  // namespace parley
