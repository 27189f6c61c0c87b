// Collapsing white space is most of the work, so it goes by blocks of 64 bytes: three bit masks say
// where white space stands, where characters begin that may be white space outside ASCII, and from
// the first which bytes go because white space stands before them. A block is written as a whole
// with its white space made spaces, then closed up where bytes go. Blocks with the rare lead bytes
// C2 and E1 to E3 are walked by code point.

#include "stages/fingerprint.h"

#include <bit>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace parley {
namespace {

constexpr size_t kBlockBytes = 64;

struct BlockMasks {
  uint64_t white = 0;  // Bit i: byte i is white space of ASCII.
  uint64_t doubt = 0;  // Bit i: byte i may begin white space outside ASCII.
};

#ifdef __SSE2__

// Writes the block at `from` to `to` with white space made spaces.
BlockMasks CopyBlock(const char* from, char* to) {
  BlockMasks masks;
  const auto at_most = [](__m128i bytes, char low, char width) {
    const __m128i above = _mm_sub_epi8(bytes, _mm_set1_epi8(low));
    return _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8(width)), above);
  };
  const __m128i space = _mm_set1_epi8(' ');
  for (size_t i = 0; i < kBlockBytes; i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + i));
    const __m128i control = at_most(bytes, '\t', '\r' - '\t');
    const __m128i white = _mm_or_si128(control, _mm_cmpeq_epi8(bytes, space));
    const __m128i doubt =
        _mm_or_si128(at_most(bytes, '\xE1', 2), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\xC2')));
    const __m128i written =
        _mm_or_si128(_mm_andnot_si128(control, bytes), _mm_and_si128(control, space));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to + i), written);
    const auto bits = [](__m128i mask) {
      return static_cast<uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(mask)));
    };
    masks.white |= bits(white) << i;
    masks.doubt |= bits(doubt) << i;
  }
  return masks;
}

#else

BlockMasks CopyBlock(const char* from, char* to) {
  BlockMasks masks;
  for (size_t i = 0; i < kBlockBytes; ++i) {
    const auto byte = static_cast<unsigned char>(from[i]);
    const bool white = byte == ' ' || (byte >= '\t' && byte <= '\r');
    const bool doubt = byte == 0xC2 || (byte >= 0xE1 && byte <= 0xE3);
    masks.white |= static_cast<uint64_t>(white) << i;
    masks.doubt |= static_cast<uint64_t>(doubt) << i;
    to[i] = white ? ' ' : from[i];
  }
  return masks;
}

#endif

// Closes up the block at `to`, leaving out the bytes of `drop`. Returns how many stay.
size_t CloseUp(char* to, uint64_t drop) {
  size_t out = static_cast<size_t>(std::countr_zero(drop));
  size_t at = out;
  while (at < kBlockBytes) {
    at += static_cast<size_t>(std::countr_one(drop >> at));
    if (at >= kBlockBytes) break;
    const uint64_t rest = drop >> at;
    const size_t kept = rest == 0 ? kBlockBytes - at : static_cast<size_t>(std::countr_zero(rest));
    std::memmove(to + out, to + at, kept);
    out += kept;
    at += kept;
  }
  return out;
}

// Bytes of the white-space character at the front of `text`; 0 if another one stands there.
size_t WhiteSpaceAt(std::string_view text) {
  const auto byte = [&](size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  switch (byte(0)) {
    case '\t':
    case '\n':
    case '\v':
    case '\f':
    case '\r':
    case ' ':
      return 1;
    case 0xC2:  // U+0085, U+00A0
      return byte(1) == 0x85 || byte(1) == 0xA0 ? 2 : 0;
    case 0xE1:  // U+1680
      return byte(1) == 0x9A && byte(2) == 0x80 ? 3 : 0;
    case 0xE2:  // U+2000 to U+200A, U+2028, U+2029, U+202F; U+205F
      if (byte(1) == 0x81) return byte(2) == 0x9F ? 3 : 0;
      if (byte(1) != 0x80) return 0;
      return (byte(2) >= 0x80 && byte(2) <= 0x8A) || byte(2) == 0xA8 || byte(2) == 0xA9 ||
                     byte(2) == 0xAF
                 ? 3
                 : 0;
    case 0xE3:  // U+3000
      return byte(1) == 0x80 && byte(2) == 0x80 ? 3 : 0;
    default:
      return 0;
  }
}

// Writes text[at, end) byte by byte; goes past `end` where a white-space character does. Bytes that
// begin none, continuation bytes among them, are copied. Returns where the next byte goes.
char* WalkTo(std::string_view text, size_t& at, size_t end, char* to, bool& after_white) {
  while (at < end) {
    const size_t white_bytes = WhiteSpaceAt(text.substr(at));
    if (white_bytes == 0) {
      *to++ = text[at++];
      after_white = false;
      continue;
    }
    if (!after_white) *to++ = ' ';
    after_white = true;
    at += white_bytes;
  }
  return to;
}

// Collapses `text` into the space at `to`, which holds text.size() + 64 bytes. Returns the end.
char* Collapse(std::string_view text, char* to) {
  char* const begin = to;
  bool after_white = true;  // So that none is written at the front.
  size_t at = 0;
  while (at + kBlockBytes <= text.size()) {
    const BlockMasks masks = CopyBlock(text.data() + at, to);
    if (masks.doubt != 0) {
      to = WalkTo(text, at, at + kBlockBytes, to, after_white);
      continue;
    }
    const uint64_t drop = masks.white & (masks.white << 1 | static_cast<uint64_t>(after_white));
    to += drop == 0 ? kBlockBytes : CloseUp(to, drop);
    after_white = masks.white >> 63 != 0;
    at += kBlockBytes;
  }
  to = WalkTo(text, at, text.size(), to, after_white);
  return after_white && to != begin ? to - 1 : to;
}

std::string_view CollapsedInto(std::string& buffer, std::string_view text) {
  if (buffer.size() < text.size() + kBlockBytes) buffer.resize(text.size() + kBlockBytes);
  return {buffer.data(), static_cast<size_t>(Collapse(text, buffer.data()) - buffer.data())};
}

constexpr size_t kKeptBufferBytes = 4 << 20;  // A thread that met a giant gives its memory back.

}  // namespace

ConversationFingerprints Fingerprint(const RawConversation& conversation) {
  thread_local std::string buffer;
  ConversationFingerprints fingerprints;
  for (const Message& message : conversation.messages) {
    const std::string_view text = CollapsedInto(buffer, message.content);
    const Hash128 hash = WideHashOf(text, static_cast<uint64_t>(message.role));
    fingerprints.conversation = Combine(fingerprints.conversation, hash);
    if (message.role == Role::kUser) fingerprints.user = Combine(fingerprints.user, hash);
  }
  if (buffer.size() > kKeptBufferBytes) std::string().swap(buffer);
  return fingerprints;
}

void AppendCollapsed(std::string_view text, std::string& out) {
  std::string buffer;
  out += CollapsedInto(buffer, text);
}

}  // namespace parley
