#include "text/unit_class.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>

namespace parley {
namespace {

constexpr char32_t kPlanes = 0x20000;

// Scripts whose words are not parted by spaces.
bool IsUnspaced(UScriptCode script) {
  static constexpr std::array<UScriptCode, 13> kUnspaced = {
      USCRIPT_HAN,      USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_BOPOMOFO, USCRIPT_THAI,
      USCRIPT_LAO,      USCRIPT_KHMER,    USCRIPT_MYANMAR,  USCRIPT_TIBETAN,  USCRIPT_YI,
      USCRIPT_JAVANESE, USCRIPT_BALINESE, USCRIPT_TAI_LE};
  return std::ranges::find(kUnspaced, script) != kUnspaced.end();
}

UnitClass ClassOf(UChar32 code_point) {
  if (u_isUWhiteSpace(code_point)) return UnitClass::kSpace;
  if (code_point == '\'' || code_point == 0x2019) return UnitClass::kApostrophe;
  if (code_point == '`') return UnitClass::kPunctuation;
  if (u_hasBinaryProperty(code_point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
      u_charType(code_point) == U_CONTROL_CHAR) {
    return UnitClass::kNothing;
  }
  const uint32_t category = U_MASK(u_charType(code_point));
  if ((category & U_GC_P_MASK) != 0) return UnitClass::kPunctuation;
  if ((category & U_GC_ND_MASK) != 0) return UnitClass::kDigit;
  if ((category & (U_GC_L_MASK | U_GC_M_MASK)) == 0) return UnitClass::kAlone;
  UErrorCode error = U_ZERO_ERROR;
  const bool kana_mark = code_point == 0x30FC || code_point == 0xFF70;  // Script: Common.
  return kana_mark || IsUnspaced(uscript_getScript(code_point, &error)) ? UnitClass::kAlone
                                                                        : UnitClass::kWord;
}

}  // namespace

UnitClassTable::UnitClassTable() : planes_(kPlanes) {
  for (char32_t c = 0; c < kPlanes; ++c) {
    const auto code_point = static_cast<UChar32>(c);
    planes_[c] = {.lower = static_cast<char32_t>(u_tolower(code_point)) & 0xFFFFFF,
                  .unit_class = ClassOf(code_point)};
  }
}

const UnitClassTable& UnitClasses() {
  static const UnitClassTable table;
  return table;
}

}  // namespace parley
