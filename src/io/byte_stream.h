// A file's bytes in order, decompressed on the way, in bounded memory.

#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "io/file.h"
#include "parley/status.h"

namespace parley {

enum class Compression : uint8_t { kNone, kGzip, kZstd };

/// "plain", "gzip" or "zstd".
std::string_view NameOf(Compression compression);

/// What the file's first bytes say; four are enough. Anything that is neither gzip nor zstd is
/// plain.
Compression CompressionOf(std::string_view first_bytes);

/// Not thread-safe. Offsets count uncompressed bytes. Holds one block of compressed input, and for
/// zstd its window, which may be 128 MiB at most.
class ByteStream {
 public:
  /// Reads gzip of several members and zstd of several frames as one; noughts behind a gzip are
  /// padding.
  static Result<std::unique_ptr<ByteStream>> Open(const std::string& path, Compression compression);
  virtual ~ByteStream() = default;

  /// Up to `size` bytes into `buffer`, 0 only at the end. Invalid, with the offset reached in
  /// `place.byte`, if the compressed data are damaged or end early; the bytes before that come
  /// first. Io if the system refuses.
  virtual Result<int64_t> Read(char* buffer, int64_t size) = 0;

  /// Goes ahead to `offset`. A plain file is sought in, a compressed one read over.
  virtual Status SkipTo(int64_t offset) = 0;

  /// Where the next `Read` begins.
  virtual int64_t offset() const = 0;
};

}  // namespace parley
