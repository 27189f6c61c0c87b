// The languages that the detector knows: their scripts, and how common they are.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "stages/language/text_sample.h"

namespace parley {

/// How much evidence a language needs: fewer people write the rarer ones, and a detector that
/// knows 180 languages takes many a short text for one of them.
enum class Rarity : uint8_t { kCommon, kUncommon, kRare };

struct LanguageEntry {
  std::string_view code;  ///< ISO 639-1 where there is one, else 639-3.
  Rarity rarity = Rarity::kRare;
  uint32_t scripts = 0;  ///< A bit for each `Script` it is written in.

  bool WrittenIn(Script script) const { return (scripts >> static_cast<int>(script) & 1) != 0; }
};

/// Every language, in a fixed order.
const std::vector<LanguageEntry>& LanguageTable();

/// The place in the table of the language that a detector calls `code`, or -1. Knows the old and
/// the detectors' own codes: "iw" is "he", "zh-Hant" is "zh", "ckb" is "ku".
int FindLanguage(std::string_view code);

}  // namespace parley
