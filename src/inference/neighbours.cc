#include "inference/neighbours.h"

#include <algorithm>
#include <bit>

#include "text/utf8.h"

namespace parley {

void Neighbours::Add(char32_t left, char32_t right) {
  if ((left | right) < 0x80) {
    cuts_[left | right << 8] = 0;
  } else {
    const uint64_t bit = BitOf(left, right);
    others_[bit >> 6] |= uint64_t{1} << (bit & 63);
  }
}

size_t Neighbours::NextCut(std::string_view text, size_t at, char32_t left) const {
  while (at < text.size()) {
    const size_t here = at;
    const char32_t right = NextCodePoint(text, at);
    if (!Meet(left, right)) return here;
    left = right;
  }
  return text.size();
}

// The cuts before each of `count` bytes, which are ASCII as the byte before them is: a table
// look-up a byte and no branch.
uint64_t Neighbours::MarkAscii(const char* bytes, size_t count) const {
  uint64_t marks = 0;
  const char* before = bytes - 1;
  for (size_t i = 0; i < count; ++i) {
    const auto left = static_cast<unsigned char>(before[i]);
    const auto right = static_cast<unsigned char>(bytes[i]);
    marks |= uint64_t{cuts_[static_cast<size_t>(left | right << 8)]} << i;
  }
  return marks;
}

size_t Neighbours::Mark(std::string_view text, size_t begin, PieceMarks& marks) const {
  const size_t size = std::min(text.size() - begin, kWindowBytes);
  size_t next = begin;
  char32_t left = NextCodePoint(text, next);
  size_t last_cut = 0;
  for (size_t w = 0; 64 * w < size; ++w) {
    const size_t word_begin = begin + 64 * w;
    const size_t word_end = std::min(word_begin + 64, begin + size);
    uint64_t word = 0;
    if (left < 0x80 && next <= word_begin + 1 &&
        IsAscii(text.substr(word_begin, word_end - word_begin))) {
      const size_t skipped = next - word_begin;  // The window's first byte has none before it.
      word = MarkAscii(text.data() + next, word_end - next) << skipped;
      next = word_end;
      left = static_cast<unsigned char>(text[word_end - 1]);
    } else {
      while (next < word_end) {
        const size_t here = next;
        const char32_t right = NextCodePoint(text, next);
        if (!Meet(left, right)) word |= uint64_t{1} << (here - word_begin);
        left = right;
      }
    }
    marks[w] = word;
    if (word != 0) last_cut = 64 * w + 63 - static_cast<size_t>(std::countl_zero(word));
  }
  return begin + size == text.size() ? size : last_cut;
}

}  // namespace parley
