// Takes out of a message what tells its language: the words of its prose.
//
// Messages to language models are full of what is no language: code, markup, logs, tables,
// addresses, numbers. Some of it looks like English to every detector. A line is judged by its
// signs (braces, operators, digits against letters), a word by its shape; what remains, up to a
// budget, comes from the beginning of the message and from a few places spread over the rest.

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley {

/// Writing systems that tell languages apart.
enum class Script : uint8_t {
  kLatin,
  kCyrillic,
  kGreek,
  kArmenian,
  kGeorgian,
  kHebrew,
  kArabic,
  kSyriac,
  kThaana,
  kDevanagari,
  kBengali,
  kGurmukhi,
  kGujarati,
  kOriya,
  kTamil,
  kTelugu,
  kKannada,
  kMalayalam,
  kSinhala,
  kThai,
  kLao,
  kTibetan,
  kMyanmar,
  kEthiopic,
  kKhmer,
  kMongolian,
  kHangul,
  kKana,
  kHan,
  kOther
};
inline constexpr int kScriptCount = 30;

/// The script of a letter; nothing of any use for other signs.
Script ScriptOf(char32_t letter);

/// Letters, and the vowel signs and accents that go with them.
bool IsLetter(char32_t code_point);

struct TextSample {
  std::string words;         ///< Letters and apostrophes, one space between words.
  int64_t letter_count = 0;  ///< Code points of `words` that are letters.
  int64_t word_count = 0;
  int64_t skipped_bytes = 0;  ///< Lines taken for code, markup, logs or tables, in what was read.
  std::array<int32_t, kScriptCount> letters_by_script = {};
};

struct SampleOptions {
  int64_t budget_bytes = 400;  ///< Of `words`.
};

/// The prose of `text`, which may hold anything: invalid UTF-8 counts as blanks.
/// Reads no more than some times the budget; equal text gives an equal sample.
TextSample SampleProse(std::string_view text, SampleOptions options = {});

}  // namespace parley
