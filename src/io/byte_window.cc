#include "io/byte_window.h"

#include <algorithm>
#include <cstring>

namespace parley {
namespace {

// Half a second-level cache: what was read is still there when it is parsed.
constexpr size_t kBlockBytes = 256 << 10;
constexpr size_t kKeptCapacityBytes = 4 << 20;  // A window that met a giant gives its memory back.

}  // namespace

ByteWindow::ByteWindow(std::unique_ptr<ByteStream> stream)
    : stream_(std::move(stream)), offset_(stream_->offset()) {}

void ByteWindow::MakeRoom() {
  const size_t kept = end_ - begin_;
  const bool too_small = capacity_ < kept + kBlockBytes;
  const bool too_large = capacity_ > kKeptCapacityBytes && kept < kBlockBytes;
  if (too_small || too_large) {
    capacity_ = std::max(2 * kBlockBytes, too_small ? 2 * kept + kBlockBytes : 0);
    auto larger = std::make_unique_for_overwrite<char[]>(capacity_);
    if (kept > 0) std::memcpy(larger.get(), buffer_.get() + begin_, kept);
    buffer_ = std::move(larger);
  } else if (kept > 0) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, kept);
  }
  begin_ = 0;
  end_ = kept;
}

Result<bool> ByteWindow::More() {
  MakeRoom();
  const int64_t got = TRY(stream_->Read(buffer_.get() + end_, kBlockBytes));
  end_ += static_cast<size_t>(got);
  return got > 0;
}

void ByteWindow::Use(size_t count) {
  begin_ += count;
  offset_ += static_cast<int64_t>(count);
}

Status ByteWindow::SkipTo(int64_t offset) {
  Check(offset >= offset_, "a window cannot go back");
  if (offset - offset_ <= static_cast<int64_t>(end_ - begin_)) {
    Use(static_cast<size_t>(offset - offset_));
    return {};
  }
  begin_ = end_ = 0;
  TRY(stream_->SkipTo(offset));
  offset_ = offset;
  return {};
}

}  // namespace parley
