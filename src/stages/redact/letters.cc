#include "stages/redact/letters.h"

#include <algorithm>

#include "text/utf8.h"

namespace parley {
namespace {

struct Block {
  char32_t first;
  char32_t last;
  Letter kind;
};

// Ordered. What lies in no block is kNone. Combining marks belong to the word that they mark.
constexpr Block kBlocks[] = {
    {U'0', U'9', Letter::kSpaced},         {U'A', U'Z', Letter::kSpaced},
    {U'a', U'z', Letter::kSpaced},         {0xAA, 0xAA, Letter::kSpaced},
    {0xB5, 0xB5, Letter::kSpaced},         {0xBA, 0xBA, Letter::kSpaced},
    {0xC0, 0xD6, Letter::kSpaced},         {0xD8, 0xF6, Letter::kSpaced},
    {0xF8, 0x2FF, Letter::kSpaced},        {0x300, 0x36F, Letter::kSpaced},
    {0x370, 0x58F, Letter::kSpaced},       {0x590, 0x5FF, Letter::kOtherWord},
    {0x600, 0x605, Letter::kNone},         {0x60C, 0x60D, Letter::kNone},
    {0x610, 0x61A, Letter::kOtherWord},    {0x620, 0x669, Letter::kOtherWord},
    {0x66E, 0x6D3, Letter::kOtherWord},    {0x6D5, 0xDFF, Letter::kOtherWord},
    {0xE00, 0xEFF, Letter::kUnspaced},     {0xF00, 0xFFF, Letter::kOtherWord},
    {0x1000, 0x109F, Letter::kUnspaced},   {0x10A0, 0x10FF, Letter::kSpaced},
    {0x1100, 0x11FF, Letter::kUnspaced},   {0x1200, 0x139F, Letter::kOtherWord},
    {0x13A0, 0x177F, Letter::kOtherWord},  {0x1780, 0x17FF, Letter::kUnspaced},
    {0x1800, 0x1CFF, Letter::kOtherWord},  {0x1D00, 0x1FFF, Letter::kSpaced},
    {0x2C60, 0x2C7F, Letter::kSpaced},     {0x2E80, 0x2FDF, Letter::kUnspaced},
    {0x3005, 0x3007, Letter::kUnspaced},   {0x3040, 0x30FA, Letter::kUnspaced},
    {0x30FC, 0x31FF, Letter::kUnspaced},   {0x3400, 0x4DBF, Letter::kUnspaced},
    {0x4E00, 0x9FFF, Letter::kUnspaced},   {0xA000, 0xA4CF, Letter::kOtherWord},
    {0xA720, 0xA7FF, Letter::kSpaced},     {0xAC00, 0xD7FF, Letter::kUnspaced},
    {0xF900, 0xFAFF, Letter::kUnspaced},   {0xFB00, 0xFB17, Letter::kSpaced},
    {0xFB1D, 0xFDFF, Letter::kOtherWord},  {0xFE70, 0xFEFC, Letter::kOtherWord},
    {0xFF10, 0xFF19, Letter::kSpaced},     {0xFF21, 0xFF3A, Letter::kSpaced},
    {0xFF41, 0xFF5A, Letter::kSpaced},     {0xFF66, 0xFFDC, Letter::kUnspaced},
    {0x20000, 0x3FFFF, Letter::kUnspaced},
};

}  // namespace

Letter LetterKind(char32_t code_point) {
  size_t low = 0;
  size_t high = std::size(kBlocks);
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (kBlocks[middle].last < code_point) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == std::size(kBlocks) || code_point < kBlocks[low].first) return Letter::kNone;
  return kBlocks[low].kind;
}

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), ToLower);
  return lower;
}

char32_t CodePointBefore(std::string_view text, size_t end, size_t& begin) {
  begin = end - 1;
  while (begin > 0 && end - begin < 4 && (static_cast<uint8_t>(text[begin]) & 0xC0) == 0x80)
    --begin;
  size_t at = begin;
  return NextCodePoint(text, at);
}

bool HasWordAt(std::string_view text, size_t at, std::string_view lower_case_word) {
  if (at > text.size() || text.size() - at < lower_case_word.size()) return false;
  for (size_t i = 0; i < lower_case_word.size(); ++i) {
    if (ToLower(text[at + i]) != lower_case_word[i]) return false;
  }
  return true;
}

}  // namespace parley
