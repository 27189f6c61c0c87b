#include "text/char_class.h"

#include <algorithm>

namespace parley {
namespace {

struct ClassRange {
  char32_t first;
  char32_t last;
  CharClass char_class;
};

constexpr ClassRange kRanges[] = {
#include "text/char_class_table.inc"
};

}  // namespace

CharClassTable::CharClassTable() {
  std::vector<CharClass> flat(0x110000, CharClass::kOther);
  for (const ClassRange& range : kRanges) {
    std::fill(flat.begin() + range.first, flat.begin() + range.last + 1, range.char_class);
  }
  for (size_t block = 0; block < block_of_.size(); ++block) {
    const auto begin = flat.begin() + static_cast<std::ptrdiff_t>(block * 256);
    size_t kept = 0;
    while (kept * 256 < classes_.size() &&
           !std::equal(begin, begin + 256,
                       classes_.begin() + static_cast<std::ptrdiff_t>(kept * 256))) {
      ++kept;
    }
    if (kept * 256 == classes_.size()) classes_.insert(classes_.end(), begin, begin + 256);
    block_of_[block] = static_cast<uint16_t>(kept);
  }
}

const CharClassTable& CharClasses() {
  static const CharClassTable table;
  return table;
}

}  // namespace parley
