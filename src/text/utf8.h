// UTF-8: checking, mending, counting, walking.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace parley {

/// Appends `text` to `out` with U+FFFD for every maximal ill-formed part (Unicode 15, section 3.9).
/// Returns how many there were.
int64_t RepairUtf8(std::string_view text, std::string& out);

bool IsValidUtf8(std::string_view text);

/// Bytes that are no continuation bytes: the code points of valid UTF-8.
int64_t CountCodePoints(std::string_view text);

bool IsAscii(std::string_view text);

/// Bytes of ASCII at the front.
size_t AsciiPrefix(std::string_view text);

/// Whether a byte of UTF-8 goes on with a code point that began before it.
constexpr bool IsContinuationByte(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

/// The code point that begins at `text[at]`, which must lie within valid UTF-8; moves `at` behind
/// it.
char32_t NextCodePoint(std::string_view text, size_t& at);

/// Appends `code_point`, which is at most U+10FFFF and no surrogate, as UTF-8.
void AppendCodePoint(std::string& out, char32_t code_point);

}  // namespace parley
