// Cuts text into words and says how they are written, byte by byte and without a dictionary.
//
// A word is a run of letters of one kind of writing with the marks on them. Digits, underscores and
// punctuation end it; so "jean-luc" has two words and "O'Brien" too.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

enum class WordShape : uint8_t {
  kLower,     ///< "mary"
  kTitle,     ///< "Mary"
  kUpper,     ///< "MARY", and a capital alone: "J".
  kMixed,     ///< "McDonald", "iPhone", "getName"
  kCaseless,  ///< Of a writing without case.
};

enum class Writing : uint8_t {
  kCased,  ///< Latin, Cyrillic, Greek, Armenian, Georgian.
  kHan,    ///< Chinese characters, those of Japanese too.
  kHiragana,
  kKatakana,
  kHangul,
  kOther,  ///< Arabic, Devanagari, Thai and all others.
};

struct TextWord {
  int64_t begin = 0;
  int64_t end = 0;
  WordShape shape = WordShape::kCaseless;
  Writing writing = Writing::kOther;
};

/// Appends the words that begin in [begin, end) of `text`, valid UTF-8, to `words`; they end at
/// `end` at the latest. Linear.
void ScanWords(std::string_view text, int64_t begin, int64_t end, std::vector<TextWord>& words);

/// Writes a word to `lower` as the lists have it: in lower case, full-width letters as ASCII,
/// without zero-width characters and soft hyphens.
void LowerForm(std::string_view word, std::string& lower);

/// Whether `code_point` belongs to words: a letter, a mark on one, or what joins them unseen.
bool IsWordPart(char32_t code_point);

/// Whether it is seen at all: not for zero-width spaces and joiners, word joiners, marks of
/// direction and soft hyphens.
bool IsInvisible(char32_t code_point);

bool IsUpperCase(char32_t code_point);

/// How the letter `code_point` is written; nothing for what is no letter.
std::optional<Writing> WritingOf(char32_t code_point);

}  // namespace parley
