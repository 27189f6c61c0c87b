// Cuts a stream into blocks of whole lines, to be worked on side by side.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/byte_stream.h"
#include "parley/status.h"

namespace parley {

/// Some lines, one behind the other. Movable: the lines are offsets.
class LineBlock {
 public:
  size_t size() const { return lines_.size(); }
  /// A line without its LF or CRLF; empty if it was too long.
  std::string_view line(size_t index) const {
    return std::string_view(bytes_).substr(lines_[index].begin, lines_[index].size);
  }
  bool too_long(size_t index) const { return lines_[index].too_long; }
  /// Where a line begins in the stream; means nothing for one that was too long.
  int64_t begin_byte(size_t index) const {
    return begin_byte_ + static_cast<int64_t>(lines_[index].begin);
  }

 private:
  friend class LineBlocks;
  struct Line {
    size_t begin = 0;
    size_t size = 0;
    bool too_long = false;
  };
  std::string bytes_;
  std::vector<Line> lines_;
  int64_t begin_byte_ = 0;
};

/// Not thread-safe. A last line without its LF counts. Holds one block and a line's beginning.
class LineBlocks {
 public:
  struct Options {
    int64_t block_bytes = 256 << 10;    ///< About what is read at once.
    int64_t max_line_bytes = 64 << 20;  ///< A longer line is passed over and marked.
  };

  LineBlocks(std::unique_ptr<ByteStream> stream, Options options)
      : stream_(std::move(stream)), options_(options) {}

  /// The next lines, at least one; none at the end. As soon as a read gives a line's end the lines
  /// up to it are given, so that a pipe's lines come through as they are written.
  Result<LineBlock> Next();

  int64_t bytes_read() const { return stream_->offset(); }

 private:
  Result<bool> ReadMore(std::string& bytes);

  std::unique_ptr<ByteStream> stream_;
  Options options_;
  std::string rest_;      // The beginning of a line.
  bool passing_ = false;  // The line is too long: what comes of it is dropped.
};

}  // namespace parley
