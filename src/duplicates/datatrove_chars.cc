#include "duplicates/datatrove_chars.h"

#include <algorithm>

namespace parley {

DatatroveChars::DatatroveChars() : flags_(0x110000) {
  struct Run {
    char32_t first;
    char32_t last;
    int flags;
  };
  static constexpr Run kRuns[] = {
#include "duplicates/datatrove_chars.inc"
  };
  for (const Run& run : kRuns) {
    std::fill(flags_.begin() + run.first, flags_.begin() + run.last + 1,
              static_cast<uint16_t>(run.flags));
  }
}

const DatatroveChars& DatatroveChars::Get() {
  static const DatatroveChars chars;
  return chars;
}

}  // namespace parley
