// A text is in NFC if all its code points are starters that NFC leaves alone and that no character
// before them can join. Blocks of 64 code points (what the last byte of UTF-8 tells apart) that
// hold only such ones fill most of Unicode, so a bit for each of the 17,408 blocks settles a CJK,
// Cyrillic, Kana or Hangul text without decoding it. From the first other character on, ICU looks
// at the rest.

#include "text/normal_forms.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uniset.h>

#include <bitset>

#include "parley/status.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr size_t kBlockCount = 0x110000 / 64;

const icu::Normalizer2& Nfc() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  Check(U_SUCCESS(error), "ICU has no data for NFC");
  return *nfc;
}

const icu::Normalizer2& Nfd() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(error);
  Check(U_SUCCESS(error), "ICU has no data for NFD");
  return *nfd;
}

// The blocks in which every code point is inert for the check above.
std::bitset<kBlockCount> FindInertBlocks() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeSet inert(u"[[:NFC_Quick_Check=Yes:]&[:Canonical_Combining_Class=0:]]", error);
  Check(U_SUCCESS(error), "ICU does not know the property NFC_Quick_Check");
  std::bitset<kBlockCount> blocks;
  for (int32_t i = 0; i < inert.getRangeCount(); ++i) {
    const auto begin = static_cast<size_t>(inert.getRangeStart(i));
    const auto end = static_cast<size_t>(inert.getRangeEnd(i)) + 1;
    for (size_t block = (begin + 63) / 64; (block + 1) * 64 <= end; ++block) blocks.set(block);
  }
  return blocks;
}

// Where the first code point outside the inert blocks begins; the size if there is none.
size_t InertRun(std::string_view text) {
  static const std::bitset<kBlockCount> inert = FindInertBlocks();
  size_t at = 0;
  while (at < text.size()) {
    const auto byte = [&](size_t i) -> unsigned {
      return static_cast<unsigned char>(text[at + i]);
    };
    const unsigned lead = byte(0);
    if (lead < 0x80) {
      at += AsciiPrefix(text.substr(at));
      continue;
    }
    const unsigned length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const unsigned block = length == 2 ? lead & 0x1F
                           : length == 3
                               ? (lead & 0x0F) << 6 | (byte(1) & 0x3F)
                               : (lead & 0x07) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    if (!inert[block]) return at;
    at += length;
  }
  return text.size();
}

icu::StringPiece PieceOf(std::string_view text) {
  return {text.data(), static_cast<int32_t>(text.size())};
}

std::string Normalise(const icu::Normalizer2& form, std::string_view text) {
  std::string out;
  out.reserve(text.size());
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode error = U_ZERO_ERROR;
  form.normalizeUTF8(0, PieceOf(text), sink, nullptr, error);
  Check(U_SUCCESS(error), "ICU failed on a text that should be valid UTF-8");
  return out;
}

}  // namespace

bool IsNfc(std::string_view text) {
  size_t at = InertRun(text);
  if (at == text.size()) return true;
  while (at > 0 && IsContinuationByte(text[--at])) {
  }  // A mark may join the character before it.
  UErrorCode error = U_ZERO_ERROR;
  const bool normal = Nfc().isNormalizedUTF8(PieceOf(text.substr(at)), error);
  Check(U_SUCCESS(error), "ICU failed on a text that should be valid UTF-8");
  return normal;
}

std::string ToNfc(std::string_view text) { return Normalise(Nfc(), text); }

std::string ToNfd(std::string_view text) { return Normalise(Nfd(), text); }

}  // namespace parley
