// The languages that the detector knows: their scripts, and what to expect of each.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "stages/language/text_sample.h"

namespace parley {

struct LanguageEntry {
  std::string_view code;  ///< ISO 639-1 where there is one, else 639-3.
  double prior = 0;       ///< Added to its score: how common it is, and how the detectors lean.
  uint32_t scripts = 0;   ///< A bit for each `Script` it is written in.

  bool WrittenIn(Script script) const { return (scripts >> static_cast<int>(script) & 1) != 0; }
};

/// Every language, in a fixed order.
const std::vector<LanguageEntry>& LanguageTable();

/// The place in the table of the language that a detector calls `code`, or -1. Knows the old and
/// the detectors' own codes: "iw" is "he", "zh-Hant" is "zh", "ckb" is "ku".
int FindLanguage(std::string_view code);

}  // namespace parley
