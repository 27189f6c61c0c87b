#include "formats/element_scanner.h"

#include <bit>
#include <cstring>

namespace parley {
namespace {

constexpr uint64_t kOnes = 0x0101010101010101U;
constexpr uint64_t kHighs = 0x8080808080808080U;

// Bytes of `word` that equal `byte` have their high bit set; so may bytes above the first of them.
uint64_t BytesEqual(uint64_t word, char byte) {
  const uint64_t differing = word ^ (kOnes * static_cast<unsigned char>(byte));
  return (differing - kOnes) & ~differing & kHighs;
}

// The first quote or backslash from `at` on, or the end: eight bytes at a time.
size_t FindQuoteOrBackslash(std::string_view bytes, size_t at) {
  static_assert(std::endian::native == std::endian::little, "the first byte is the lowest");
  for (; at + 8 <= bytes.size(); at += 8) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    const uint64_t found = BytesEqual(word, '"') | BytesEqual(word, '\\');
    if (found != 0) return at + static_cast<size_t>(std::countr_zero(found)) / 8;
  }
  while (at < bytes.size() && bytes[at] != '"' && bytes[at] != '\\') ++at;
  return at;
}

bool EndsScalar(char c) {
  return std::string_view(" \t\r\n,[]{}\"").find(c) != std::string_view::npos;
}

}  // namespace

// From `at`, inside a string, to behind its closing quote; or the end of the bytes.
size_t ElementScanner::ScanString(std::string_view bytes, size_t at) {
  if (escaped_ && at < bytes.size()) {
    escaped_ = false;
    ++at;
  }
  while ((at = FindQuoteOrBackslash(bytes, at)) < bytes.size()) {
    if (bytes[at] == '"') {
      in_string_ = false;
      return at + 1;
    }
    escaped_ = at + 1 == bytes.size();
    at += 2;
  }
  return bytes.size();
}

size_t ElementScanner::Scan(std::string_view bytes) {
  size_t at = 0;
  if (!started_ && !bytes.empty()) {
    started_ = true;
    scalar_ = std::string_view("{[\"").find(bytes[0]) == std::string_view::npos;
    if (scalar_) at = 1;
  }
  if (scalar_) {
    while (at < bytes.size() && !EndsScalar(bytes[at])) ++at;
    return at < bytes.size() ? at : npos;
  }
  while (at < bytes.size()) {
    if (in_string_) {
      at = ScanString(bytes, at);
      if (!in_string_ && depth_ == 0) return at;
      continue;
    }
    switch (bytes[at++]) {
      case '"':
        in_string_ = true;
        break;
      case '{':
      case '[':
        ++depth_;
        break;
      case '}':
      case ']':
        if (--depth_ == 0) return at;
        break;
      default:
        break;
    }
  }
  return npos;
}

}  // namespace parley
