#include "inference/cl100k_pieces.h"

#include <array>
#include <cstdint>

#include "text/utf8.h"

namespace parley {
namespace {

constexpr std::array<CharClass, 128> kAsciiClasses = [] {
  std::array<CharClass, 128> classes = {};
  for (size_t c = 0; c < 128; ++c) {
    const bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    const bool number = c >= '0' && c <= '9';
    const bool space = c == ' ' || (c >= '\t' && c <= '\r');
    classes[c] = letter   ? CharClass::kLetter
                 : number ? CharClass::kNumber
                 : space  ? CharClass::kSpace
                          : CharClass::kOther;
  }
  return classes;
}();

bool IsNewline(char c) { return c == '\n' || c == '\r'; }

size_t EndOfNewlines(std::string_view text, size_t at) {
  while (at < text.size() && IsNewline(text[at])) ++at;
  return at;
}

// The bytes of 's, 't, 're, 've, 'm, 'll or 'd at the front of `text`, in either case; 0 if there
// is none. The long s, U+017F, is another case of s.
size_t ContractionSize(std::string_view text) {
  if (text.size() < 2 || text[0] != '\'') return 0;
  const auto lower = [&](size_t i) {
    return i < text.size() ? static_cast<char>(text[i] | 0x20) : '\0';
  };
  switch (lower(1)) {
    case 's':
    case 't':
    case 'm':
    case 'd':
      return 2;
    case 'l':
      return lower(2) == 'l' ? 3 : 0;
    case 'r':
    case 'v':
      return lower(2) == 'e' ? 3 : 0;
    default:
      return text.substr(1, 2) == "\xC5\xBF" ? 3 : 0;
  }
}

}  // namespace

Cl100kPieces::Char Cl100kPieces::At(std::string_view text, size_t at) const {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {kAsciiClasses[byte], at + 1};
  const char32_t code_point = NextCodePoint(text, at);
  return {classes_[code_point], at};
}

size_t Cl100kPieces::EndOfLetters(std::string_view text, size_t at) const {
  while (at < text.size()) {
    const Char next = At(text, at);
    if (next.char_class != CharClass::kLetter) break;
    at = next.end;
  }
  return at;
}

size_t Cl100kPieces::EndOfNumbers(std::string_view text, size_t at) const {
  for (int i = 0; i < 3 && at < text.size(); ++i) {
    const Char next = At(text, at);
    if (next.char_class != CharClass::kNumber) break;
    at = next.end;
  }
  return at;
}

size_t Cl100kPieces::EndOfOthers(std::string_view text, size_t at) const {
  while (at < text.size()) {
    const Char next = At(text, at);
    if (next.char_class != CharClass::kOther) break;
    at = next.end;
  }
  return EndOfNewlines(text, at);
}

// A run of white space ends behind its last line end; without one it leaves its last code point to
// what follows, unless that is all there is, or nothing follows.
size_t Cl100kPieces::EndOfSpaces(std::string_view text, size_t at) const {
  const size_t begin = at;
  size_t behind_newline = 0;
  size_t last = at;
  while (at < text.size()) {
    const Char next = At(text, at);
    if (next.char_class != CharClass::kSpace) break;
    if (IsNewline(text[at])) behind_newline = next.end;
    last = at;
    at = next.end;
  }
  if (behind_newline != 0) return behind_newline;
  return at == text.size() || last == begin ? at : last;
}

size_t Cl100kPieces::EndOf(std::string_view text, size_t at) const {
  const Char first = At(text, at);
  if (first.char_class == CharClass::kLetter) return EndOfLetters(text, first.end);
  if (first.char_class == CharClass::kNumber) return EndOfNumbers(text, at);
  if (const size_t size = ContractionSize(text.substr(at)); size != 0) return at + size;
  if (first.end < text.size() && !IsNewline(text[at])) {
    const Char second = At(text, first.end);
    if (second.char_class == CharClass::kLetter) return EndOfLetters(text, second.end);
    if (text[at] == ' ' && second.char_class == CharClass::kOther) {
      return EndOfOthers(text, second.end);
    }
  }
  return first.char_class == CharClass::kOther ? EndOfOthers(text, first.end)
                                               : EndOfSpaces(text, at);
}

}  // namespace parley
