// Which bytes and code points a word is made of, as the detectors need to know it.
//
// Addresses and numbers stand inside running text in any script. Where a script writes no spaces
// ("联系我zhang@qq.com谢谢") a change of script is the only border there is.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley {

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool IsAsciiWord(char c) { return IsDigit(c) || IsAsciiLetter(c); }
inline bool IsHexDigit(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
inline char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
inline bool IsAscii(char c) { return static_cast<uint8_t>(c) < 0x80; }

enum class Letter : uint8_t {
  kNone,       ///< Punctuation, symbols, spaces, emoji.
  kSpaced,     ///< Latin, Greek, Cyrillic, Armenian, Georgian: one alphabet for our purposes.
  kOtherWord,  ///< Arabic, Hebrew, the Indic scripts: spaced, but never mixed into a Latin word.
  kUnspaced,   ///< Chinese, Japanese, Korean (with its particles), Thai, Lao, Khmer, Burmese.
};

/// What kind of letter `code_point` is, ASCII included; digits are kSpaced.
Letter LetterKind(char32_t code_point);

/// The code point that ends at `end` (above 0) of valid UTF-8; `begin` is set to where it begins.
char32_t CodePointBefore(std::string_view text, size_t end, size_t& begin);

/// `text` with its ASCII letters in lower case.
std::string LowerAscii(std::string_view text);

/// Whether `text` at `at` has `word`, in any case of ASCII letters.
bool HasWordAt(std::string_view text, size_t at, std::string_view lower_case_word);

}  // namespace parley
