// Which of 64 neighbouring bytes are of a kind, as bits of a word: bit i is byte i.

#pragma once

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <cstddef>
#include <cstdint>

namespace parley {

#if defined(__SSE2__)

/// 64 bytes in registers, to be asked about.
class ByteBlock {
 public:
  explicit ByteBlock(const char* bytes) {
    for (size_t i = 0; i < 4; ++i) {
      parts_[i] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * i));
    }
  }
  uint64_t AtLeast0x80() const {
    return Mask([](__m128i part) { return part; });
  }
  /// UTF-8's second and later bytes, 0x80 to 0xBF.
  uint64_t Continuations() const {
    return Mask([](__m128i part) { return _mm_cmplt_epi8(part, Fill(0xC0)); });
  }
  uint64_t EqualTo(char c) const {
    return Mask([c](__m128i part) { return _mm_cmpeq_epi8(part, Fill(c)); });
  }
  uint64_t InRange(char first, char last) const {
    return Mask([=](__m128i part) { return Within(part, first, last); });
  }
  uint64_t AsciiLetters() const {
    return Mask([](__m128i part) { return Within(_mm_or_si128(part, Fill(0x20)), 'a', 'z'); });
  }

 private:
  static __m128i Fill(int byte) { return _mm_set1_epi8(static_cast<char>(byte)); }
  static __m128i Within(__m128i part, char first, char last) {
    const __m128i above = _mm_sub_epi8(part, Fill(first));
    return _mm_cmpeq_epi8(_mm_min_epu8(above, Fill(last - first)), above);
  }
  template <class Test>
  uint64_t Mask(const Test& test) const {
    uint64_t mask = 0;
    for (size_t i = 0; i < 4; ++i) {
      const auto bits = static_cast<uint32_t>(_mm_movemask_epi8(test(parts_[i])));
      mask |= uint64_t{bits} << (16 * i);
    }
    return mask;
  }

  __m128i parts_[4];  // std::array drops the type's alignment.
};

#else

class ByteBlock {
 public:
  explicit ByteBlock(const char* bytes) : bytes_(bytes) {}
  uint64_t AtLeast0x80() const {
    return Mask([](unsigned char c) { return c >= 0x80; });
  }
  uint64_t Continuations() const {
    return Mask([](unsigned char c) { return (c & 0xC0) == 0x80; });
  }
  uint64_t EqualTo(char wanted) const {
    return Mask([=](unsigned char c) { return c == static_cast<unsigned char>(wanted); });
  }
  uint64_t InRange(char first, char last) const {
    return Mask([=](unsigned char c) { return c >= first && c <= last; });
  }
  uint64_t AsciiLetters() const {
    return Mask([](unsigned char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
  }

 private:
  template <class Test>
  uint64_t Mask(const Test& test) const {
    uint64_t mask = 0;
    for (size_t i = 0; i < 64; ++i) {
      mask |= uint64_t{test(static_cast<unsigned char>(bytes_[i]))} << i;
    }
    return mask;
  }

  const char* bytes_;
};

#endif

}  // namespace parley
