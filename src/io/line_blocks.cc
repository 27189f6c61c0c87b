#include "io/line_blocks.h"

#include <utility>

namespace parley {

// Appends what the next read gives. False at the end.
Result<bool> LineBlocks::ReadMore(std::string& bytes) {
  const size_t had = bytes.size();
  bytes.resize(had + static_cast<size_t>(options_.block_bytes));
  const auto got = stream_->Read(bytes.data() + had, options_.block_bytes);
  bytes.resize(had + (got ? static_cast<size_t>(*got) : 0));
  if (!got) return std::unexpected(got.error());
  return *got > 0;
}

Result<LineBlock> LineBlocks::Next() {
  LineBlock block;
  std::string& bytes = block.bytes_;
  bytes = std::exchange(rest_, {});
  bool ended = false;
  size_t end = std::string::npos;  // Of the last whole line.
  while (!ended && end == std::string::npos) {
    const size_t had = bytes.size();
    ended = !TRY(ReadMore(bytes));
    end = bytes.rfind('\n');
    if (end != std::string::npos && end < had) end = std::string::npos;
    if (end == std::string::npos && std::ssize(bytes) > options_.max_line_bytes) passing_ = true;
    if (end == std::string::npos && passing_) bytes.clear();
  }
  if (end != std::string::npos) {
    rest_ = bytes.substr(end + 1);
    bytes.resize(end + 1);
  }
  block.begin_byte_ = stream_->offset() - std::ssize(rest_) - std::ssize(bytes);
  size_t begin = 0;
  while (begin < bytes.size() || passing_) {
    const size_t found = bytes.find('\n', begin);
    const size_t next = found == std::string::npos ? bytes.size() : found + 1;
    size_t size = (found == std::string::npos ? bytes.size() : found) - begin;
    if (size > 0 && bytes[begin + size - 1] == '\r') --size;
    const bool too_long = std::exchange(passing_, false);
    block.lines_.push_back({begin, too_long ? 0 : size, too_long});
    begin = next;
  }
  return block;
}

}  // namespace parley
