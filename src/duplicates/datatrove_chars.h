// What each code point is to datatrove's normalisation and to spaCy's English rules.

#pragma once

#include <cstdint>
#include <vector>

namespace parley {

/// Flags by code point, pinned in datatrove_chars.inc (tools/make_spacy_english.py).
///
/// The first four are of any text; the others of a text that is simplified already.
class DatatroveChars {
 public:
  enum : uint16_t {
    kSpace = 1,          ///< Python's str.isspace.
    kDigit = 2,          ///< General category Nd.
    kPunctuation = 4,    ///< Becomes a space.
    kMark = 8,           ///< General category Mn: dropped after NFD.
    kPrefix = 16,        ///< Parts from the front of what follows,
    kSuffix = 32,        ///< from the end of what precedes,
    kCurrency = 64,      ///< from the end behind a digit,
    kInfix = 128,        ///< from both sides within a word,
    kInfixInWord = 256,  ///< or only behind a letter or digit and before a letter.
    kAlpha = 512,        ///< Such a letter.
  };

  /// `code_point` is at most U+10FFFF.
  uint16_t operator[](char32_t code_point) const { return flags_[code_point]; }

  /// The table, made at its first use (2 MB).
  static const DatatroveChars& Get();

 private:
  DatatroveChars();

  std::vector<uint16_t> flags_;  // [0x110000]
};

}  // namespace parley
