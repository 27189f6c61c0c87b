// The bytes of a stream that are at hand: grows behind, is used up in front.

#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "io/byte_stream.h"
#include "parley/status.h"

namespace parley {

/// Not thread-safe. Holds the bytes that are not used up yet, and a block.
class ByteWindow {
 public:
  explicit ByteWindow(std::unique_ptr<ByteStream> stream);

  /// Valid until the next `More` or `SkipTo`, also after `Use`.
  std::string_view unread() const { return {buffer_.get() + begin_, end_ - begin_}; }

  /// The offset of the first unread byte in the stream.
  int64_t offset() const { return offset_; }

  /// Puts more bytes behind the unread ones. False at the end of the stream.
  Result<bool> More();

  /// Takes `count` of the unread bytes away in front.
  void Use(size_t count);

  /// Makes `offset`, which lies ahead, the first unread byte.
  Status SkipTo(int64_t offset);

 private:
  void MakeRoom();

  std::unique_ptr<ByteStream> stream_;
  std::unique_ptr<char[]> buffer_;
  size_t capacity_ = 0;
  size_t begin_ = 0;
  size_t end_ = 0;
  int64_t offset_ = 0;
};

}  // namespace parley
