// Where a text may be cut before it is merged.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "inference/piece_map.h"

namespace parley {

/// Which code points stand next to each other in some piece of a vocabulary. Where two do not, no
/// merge crosses, and a text may be cut without changing a token.
class Neighbours {
 public:
  Neighbours() : cuts_(size_t{1} << 15, 1), others_(kOtherBits / 64) {}
  void Add(char32_t left, char32_t right);

  /// May say yes for a pair that is in no piece, if one of the two is not ASCII: that costs a cut,
  /// not a wrong count.
  bool Meet(char32_t left, char32_t right) const {
    if ((left | right) < 0x80) return cuts_[left | right << 8] == 0;
    const uint64_t bit = BitOf(left, right);
    return (others_[bit >> 6] >> (bit & 63) & 1) != 0;
  }

  /// The first place from `at` on where `text` may be cut, its end at the latest; `left` stands
  /// before `at`. `text` is valid UTF-8.
  size_t NextCut(std::string_view text, size_t at, char32_t left) const;

  /// Marks all cuts in a window that begins at a cut, but for that one.
  ///
  /// Returns the last cut in bytes from `begin`: the window's end if that is the text's. Nought if
  /// there is none: then `NextCut` tells where the segment ends. O(kWindowBytes).
  size_t Mark(std::string_view text, size_t begin, PieceMarks& marks) const;

 private:
  static constexpr uint64_t kOtherBits = 1 << 17;
  static uint64_t BitOf(char32_t left, char32_t right) {
    return (uint64_t{left} << 21 | right) * 0x9E3779B97F4A7C15U >> 47;
  }
  uint64_t MarkAscii(const char* bytes, size_t count) const;

  std::vector<uint8_t> cuts_;  // [left | right << 8] of ASCII: 1 for a cut.
  std::vector<uint64_t> others_;
};

}  // namespace parley
