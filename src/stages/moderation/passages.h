// Cuts a text into passages that are judged by themselves: whole sentences, neither too many nor
// too few for a window of the encoder.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace parley {

struct Passage {
  int64_t begin = 0;
  int64_t end = 0;
  bool operator==(const Passage&) const = default;
};

/// The passages of `text`, valid UTF-8, ascending and without overlaps: every byte that is no white
/// space is in one. None has more than `max_bytes`, unless one sentence alone does (at most 500
/// bytes); they are about equally long. None for white space. O(bytes).
std::vector<Passage> CutPassages(std::string_view text, int64_t max_bytes);

}  // namespace parley
