// Words as a reader hears them, whatever was done to hide them from a machine.
//
// Letters lose case and accents; zero-width characters are passed over; full-width and mathematical
// forms are their ASCII; a Cyrillic or Greek letter among Latin ones is the one that it looks like,
// and so is a digit or sign ("h4te", "a$$"); a letter three times in a row stands there once;
// letters with a space between each ("h a t e") are a word.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace parley {

struct PlainWord {
  int64_t first = 0;  ///< In `PlainWords::letters`.
  int64_t last = 0;
  bool unspaced = false;  ///< A run of a writing without spaces between words: 你好, ไทย.
};

/// Used again from text to text, to save its memory.
class PlainWords {
 public:
  /// No word has more: what is longer is data, not language.
  static constexpr int64_t kMostLetters = 40;

  /// Reads `text`, valid UTF-8. O(bytes).
  void Read(std::string_view text);

  const std::vector<PlainWord>& words() const { return words_; }
  std::span<const char32_t> LettersOf(const PlainWord& word) const {
    return std::span(letters_).subspan(static_cast<size_t>(word.first),
                                       static_cast<size_t>(word.last - word.first));
  }

 private:
  void AddCodePoint(char32_t code_point, char32_t next);
  void AddLetter(char32_t letter, bool unspaced);
  void EndWord();
  void JoinLoneLetters();

  std::vector<char32_t> letters_;
  std::vector<PlainWord> words_;
  bool open_ = false;  // The last word goes on.
};

/// Whether the writing of `code_point` puts no spaces between words: Han, kana, Thai, Lao, Khmer,
/// Burmese.
bool IsUnspaced(char32_t code_point);

}  // namespace parley
