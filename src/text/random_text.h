// Random texts for tests and benchmarks: valid UTF-8 with what trips programs up.

#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/random.h"

namespace parley {

/// A random text of `piece_count` pieces: words of several scripts, spaces, line ends, controls,
/// marks in and out of order, joiners, emoji, letters with odd cases. A text draws from a few kinds
/// of piece, so that long stretches of one kind occur as well as mixtures.
inline std::string RandomText(Random& random, int64_t piece_count) {
  using namespace std::string_view_literals;
  constexpr std::array kPieces = {"a"sv,          "Word"sv,
                                  " "sv,          "  "sv,
                                  "\n"sv,         "\r\n"sv,
                                  "\r"sv,         "\t"sv,
                                  "\0"sv,         "\x1B[31m"sv,
                                  "\x7F"sv,       "\v"sv,
                                  "\f"sv,         "é"sv,
                                  "e\u0301"sv,    "\u0301\u0327"sv,
                                  "\u0085"sv,     "\u009B"sv,
                                  "\u00A0"sv,     "Ж"sv,
                                  "ЖУК"sv,        "ΣΑΣ"sv,
                                  "Σ"sv,          "σ"sv,
                                  "İ"sv,          "i"sv,
                                  "I\u0307"sv,    "\u0307"sv,
                                  "\u212A"sv,     "K"sv,
                                  "k"sv,          "\u212B"sv,
                                  "한"sv,         "\u1112\u1161\u11AB"sv,
                                  "か\u3099"sv,   "漢字"sv,
                                  "汉"sv,         "乾坤"sv,
                                  "乾"sv,         "於"sv,
                                  "瞭解"sv,       "\uF900"sv,
                                  "، "sv,         "م\u064B\u0651"sv,
                                  "ไก่"sv,         "क\u093C्"sv,
                                  "👨\u200D👩"sv, "\uFE0F"sv,
                                  "\u200C"sv,     "\u2028"sv,
                                  "\uFEFF"sv,     "\uFFFE"sv,
                                  "\U0001D15E"sv, "<anonymized>"sv,
                                  "ß"sv,          "ẞ"sv};
  const auto kinds = static_cast<size_t>(1 + random.Below(static_cast<int64_t>(kPieces.size())));
  const auto offset = static_cast<size_t>(random.Below(static_cast<int64_t>(kPieces.size())));
  std::string text;
  for (int64_t i = 0; i < piece_count; ++i) {
    const auto kind = static_cast<size_t>(random.Below(static_cast<int64_t>(kinds)));
    text += kPieces[(kind + offset) % kPieces.size()];
  }
  return text;
}

}  // namespace parley
