#include "text/utf8.h"

#include <algorithm>
#include <cstring>

namespace parley {
namespace {

struct Sequence {
  size_t length = 1;  // Of the code point, or of the maximal ill-formed part.
  bool valid = false;
};

// The sequence at the front of `text`, which is not empty. Table 3-7 of the standard: the second
// byte has a narrower range behind E0, ED, F0 and F4.
Sequence SequenceAt(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  const size_t need = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  for (size_t i = 1; i < need; ++i) {
    if (i >= text.size()) return {i, false};
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < (i == 1 ? low : 0x80) || byte > (i == 1 ? high : 0xBF)) return {i, false};
  }
  return {need, true};
}

}  // namespace

size_t AsciiPrefix(std::string_view text) {
  size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    if ((word & 0x8080808080808080U) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

int64_t RepairUtf8(std::string_view text, std::string& out) {
  int64_t repaired = 0;
  while (!text.empty()) {
    const size_t run = AsciiPrefix(text);
    out.append(text, 0, run);
    text.remove_prefix(run);
    if (text.empty()) break;
    const Sequence sequence = SequenceAt(text);
    if (sequence.valid) {
      out.append(text, 0, sequence.length);
    } else {
      out += "\xEF\xBF\xBD";
      ++repaired;
    }
    text.remove_prefix(sequence.length);
  }
  return repaired;
}

bool IsValidUtf8(std::string_view text) {
  while (!text.empty()) {
    text.remove_prefix(AsciiPrefix(text));
    if (text.empty()) break;
    const Sequence sequence = SequenceAt(text);
    if (!sequence.valid) return false;
    text.remove_prefix(sequence.length);
  }
  return true;
}

int64_t CountCodePoints(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return !IsContinuationByte(c); });
}

bool IsAscii(std::string_view text) { return AsciiPrefix(text) == text.size(); }

char32_t NextCodePoint(std::string_view text, size_t& at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) {
    at += 1;
    return lead;
  }
  char32_t value = 0;
  if (lead < 0xE0) {
    value = (lead & 0x1FU) << 6 | (byte(1) & 0x3FU);
    at += 2;
  } else if (lead < 0xF0) {
    value = (lead & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
    at += 3;
  } else {
    value =
        (lead & 0x07U) << 18 | (byte(1) & 0x3FU) << 12 | (byte(2) & 0x3FU) << 6 | (byte(3) & 0x3FU);
    at += 4;
  }
  return value;
}

void AppendCodePoint(std::string& out, char32_t code_point) {
  const auto put = [&](char32_t bits) { out += static_cast<char>(bits); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | code_point >> 18);
    put(0x80 | (code_point >> 12 & 0x3F));
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

}  // namespace parley
