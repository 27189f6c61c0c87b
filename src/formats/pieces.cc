// How files are cut for threads: plain lines anywhere, Parquet between row groups, others not.

#include <algorithm>

#include "formats/containers.h"

namespace parley {
namespace {

// The places at which equal pieces of about `piece_bytes` begin, and the end.
std::vector<int64_t> EvenBounds(int64_t size_bytes, int64_t piece_bytes) {
  const int64_t count = std::max<int64_t>(1, size_bytes / piece_bytes);
  std::vector<int64_t> bounds;
  for (int64_t i = 0; i < count; ++i) bounds.push_back(size_bytes / count * i);
  bounds.push_back(size_bytes);
  return bounds;
}

// Leaves out bounds until each piece but the last holds at least `least_rows`.
std::vector<int64_t> Joined(const std::vector<int64_t>& bounds, int64_t least_rows) {
  std::vector<int64_t> joined = {bounds.front()};
  for (const int64_t bound : bounds) {
    if (bound - joined.back() >= least_rows) joined.push_back(bound);
  }
  if (joined.back() != bounds.back() || joined.size() == 1) joined.push_back(bounds.back());
  return joined;
}

}  // namespace

std::vector<InputPiece> CutIntoPieces(const InputFile& file, int64_t file_index,
                                      int64_t piece_bytes) {
  piece_bytes = std::max<int64_t>(1, piece_bytes);
  std::vector<int64_t> bounds = {0, file.size_bytes};
  if (file.container == Container::kParquet) {
    // A broken footer is told when the piece is opened.
    const auto groups = RowGroupBounds(file.path);
    if (groups) {
      const int64_t pieces = std::max<int64_t>(1, file.size_bytes / piece_bytes);
      bounds = Joined(*groups, std::max<int64_t>(1, groups->back() / pieces));
    }
  } else if (file.container == Container::kJsonLines && file.compression == Compression::kNone) {
    bounds = EvenBounds(file.size_bytes, piece_bytes);
  }
  std::vector<InputPiece> pieces;
  for (size_t i = 1; i < bounds.size(); ++i) {
    pieces.push_back({.file = file_index, .begin_byte = bounds[i - 1], .end_byte = bounds[i]});
  }
  return pieces;
}

}  // namespace parley
