// Marking a window is done on bits, one a byte, in words of 64.
//
// Where a piece begins depends on the runs of classes around it, never on how far a run goes on, so
// each rule is a few operations on whole words:
//   - a run of numbers begins a piece, and so does each third number in it;
//   - a run of others begins a piece, or the blank before it does;
//   - a run of letters begins a piece, unless a white space (no line end) stands before it, or one
//     single other that no blank precedes: that begins the piece. If that is an apostrophe and
//     makes a contraction, the letters behind the contraction begin a piece;
//   - line ends right behind others belong to them. In what is left of the white space, a run
//   begins
//     a piece, and so does what follows its last line end, and its last code point, unless the text
//     ends there.
// Adding a word to itself shifted floods a run: where 0111 has its lowest bit added, it becomes
// 1000.

#include "inference/cl100k_pieces.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "inference/byte_masks.h"
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

namespace {

using Words = std::array<uint64_t, kWindowBytes / 64 + 1>;

// Bit i is bit i - 1 of `words`.
uint64_t Before(const Words& words, size_t w) {
  return words[w] << 1 | (w == 0 ? 0 : words[w - 1] >> 63);
}

// Bit i is bit i + 1 of `words`.
uint64_t Behind(const Words& words, size_t w) { return words[w] >> 1 | words[w + 1] << 63; }

// `a` + `b` + `carry` as numbers of many words, from the lowest up.
uint64_t Add(uint64_t a, uint64_t b, bool& carry) {
  const uint64_t sum = a + b;
  const uint64_t whole = sum + (carry ? 1 : 0);
  carry = sum < a || whole < sum;
  return whole;
}

uint64_t LowBits(size_t count) { return count >= 64 ? ~uint64_t{0} : (uint64_t{1} << count) - 1; }

bool BitOf(const Words& words, size_t at) { return (words[at >> 6] >> (at & 63) & 1) != 0; }

// The first number of each piece of up to three, in word `w`; `starts_before` are those of the word
// before.
uint64_t NumberStarts(const Words& numbers, size_t w, uint64_t starts_before) {
  const uint64_t word = numbers[w];
  if (word == 0) return 0;
  const uint64_t before = w == 0 ? 0 : numbers[w - 1];
  const uint64_t one_before = word << 1 | before >> 63;
  const uint64_t third = word & one_before & (word << 2 | before >> 62);
  uint64_t newest = (word & ~one_before) | (starts_before >> 61 & third);
  uint64_t starts = newest;
  while (newest != 0) {
    newest = newest << 3 & third;
    starts |= newest;
  }
  return starts;
}

template <class Visit>
void ForEachBit(uint64_t bits, size_t base, const Visit& visit) {
  for (; bits != 0; bits &= bits - 1) visit(base + static_cast<size_t>(std::countr_zero(bits)));
}

}  // namespace

// Returns how many of the window's bytes have their class: all, or those before the first white
// space or number outside ASCII. Bits behind them are clear.
size_t Cl100kPieces::Classify(std::string_view window, Classes& classes) const {
  const size_t word_count = (window.size() + 63) / 64;
  size_t size = window.size();
  uint64_t spilt_letters = 0;  // Of a code point that reaches into the next word.
  for (size_t w = 0; w < word_count; ++w) {
    std::array<char, 64> padded = {};
    const char* bytes = window.data() + 64 * w;
    if (window.size() - 64 * w < 64) {
      std::memcpy(padded.data(), bytes, window.size() - 64 * w);
      bytes = padded.data();
    }
    const ByteBlock block(bytes);
    classes.letters[w] = block.AsciiLetters() | spilt_letters;
    classes.numbers[w] = block.InRange('0', '9');
    classes.blanks[w] = block.EqualTo(' ');
    classes.spaces[w] = classes.blanks[w] | block.InRange('\t', '\r');
    classes.line_ends[w] = block.EqualTo('\n') | block.EqualTo('\r');
    classes.apostrophes[w] = block.EqualTo('\'');
    classes.continuations[w] = 0;
    spilt_letters = 0;
    const uint64_t high = block.AtLeast0x80();
    if (high == 0) continue;
    classes.continuations[w] = block.Continuations();
    for (uint64_t leads = high & ~classes.continuations[w]; leads != 0; leads &= leads - 1) {
      const auto bit = static_cast<size_t>(std::countr_zero(leads));
      size_t end = 64 * w + bit;
      const CharClass char_class = classes_[NextCodePoint(window, end)];
      if (char_class == CharClass::kOther) continue;
      if (char_class != CharClass::kLetter) {
        size = 64 * w + bit;
        break;
      }
      const uint64_t letter_bytes = LowBits(end - 64 * w - bit);
      classes.letters[w] |= letter_bytes << bit;
      if (end > 64 * w + 64) spilt_letters = letter_bytes >> (64 - bit);
    }
    if (size < window.size()) break;
  }
  const size_t last = size / 64;
  for (Words* words : {&classes.letters, &classes.numbers, &classes.blanks, &classes.spaces,
                       &classes.line_ends, &classes.apostrophes, &classes.continuations}) {
    (*words)[last] = last < word_count ? (*words)[last] & LowBits(size % 64) : 0;
    if (last + 1 < words->size()) (*words)[last + 1] = 0;
  }
  return size;
}

size_t Cl100kPieces::Mark(std::string_view text, size_t begin, PieceMarks& marks) const {
  std::string_view window = text.substr(begin, kWindowBytes);
  if (begin + window.size() < text.size()) {  // Not through a code point.
    size_t size = window.size();
    while ((static_cast<unsigned char>(text[begin + size]) & 0xC0) == 0x80) --size;
    window = window.substr(0, size);
  }
  Classes is;  // NOLINT(*-member-init): Classify fills what is read; zeros cost a short text dear.
  const size_t size = Classify(window, is);
  if (size == 0) return 0;
  const bool at_text_end = begin + size == text.size();
  const size_t word_count = (size + 63) / 64;

  Words others;
  Words loose;  // White space that is not a line end right behind others.
  bool carry = false;
  for (size_t w = 0; w < word_count; ++w) {
    others[w] = ~(is.letters[w] | is.numbers[w] | is.spaces[w]) & LowBits(size - 64 * w);
    const uint64_t behind_others = is.line_ends[w] & Before(others, w);
    const uint64_t flooded = Add(is.line_ends[w], behind_others, carry);
    loose[w] = is.spaces[w] & ~(is.line_ends[w] & ~flooded);
  }

  // What follows the text's end counts as white space, so that no last code point is cut off there.
  Words spaces = is.spaces;
  if (at_text_end) spaces[size >> 6] |= uint64_t{1} << (size & 63);
  Words lone_starts;  // Of runs of others that no blank precedes.
  Words loose_ends;
  uint64_t number_starts = 0;
  carry = false;
  bool white_before_line_end = false;
  for (size_t w = 0; w < word_count; ++w) {
    lone_starts[w] = others[w] & ~Before(others, w) & ~Before(is.blanks, w);
    loose_ends[w] = is.line_ends[w] & loose[w];
    const uint64_t white = loose[w] & ~is.line_ends[w];
    const uint64_t run_starts = loose[w] & ~Before(loose, w);
    const uint64_t behind_line_end = white & Before(loose_ends, w);
    const uint64_t last_of_run = white & ~Behind(spaces, w);

    const uint64_t second = Before(lone_starts, w);
    const uint64_t more_bytes = is.continuations[w];
    const uint64_t flooded = Add(more_bytes, second & more_bytes, carry);
    const uint64_t behind_single = (flooded | second) & ~more_bytes;
    const uint64_t behind_white = Before(is.spaces, w) & ~Before(is.line_ends, w);
    const uint64_t letter_starts =
        is.letters[w] & ~Before(is.letters, w) & ~(behind_single | behind_white);

    number_starts = NumberStarts(is.numbers, w, number_starts);
    marks[w] =
        run_starts | behind_line_end | last_of_run | lone_starts[w] | letter_starts | number_starts;
    white_before_line_end |= (loose_ends[w] & Before(loose, w) & ~Before(loose_ends, w)) != 0;
  }

  for (size_t w = 0; w < word_count; ++w) {
    const uint64_t quotes = lone_starts[w] & is.apostrophes[w] & Behind(is.letters, w);
    ForEachBit(quotes, 64 * w, [&](size_t at) {
      const size_t contraction = ContractionSize(window.substr(at));
      const size_t end = at + contraction;
      if (contraction != 0 && end < size && BitOf(is.letters, end)) {
        marks[end >> 6] |= uint64_t{1} << (end & 63);
      }
    });
  }

  // White space between two line ends of a run was taken for what follows the last.
  for (size_t w = 0; white_before_line_end && w < word_count; ++w) {
    const uint64_t behind_white = loose_ends[w] & Before(loose, w) & ~Before(loose_ends, w);
    ForEachBit(behind_white, 64 * w, [&](size_t at) {
      while (at > 0 && BitOf(loose, at - 1) && !BitOf(loose_ends, at - 1)) --at;
      if (at > 0 && BitOf(loose_ends, at - 1)) marks[at >> 6] &= ~(uint64_t{1} << (at & 63));
    });
  }
  if (at_text_end) return size;

  // What the window's end cut off may change the marks in the white space before it, no other.
  size_t solid = size;
  while (solid > 0 && BitOf(is.spaces, solid - 1)) --solid;
  if (solid == 0) return 0;
  for (size_t w = (solid - 1) / 64 + 1; w-- > 0;) {
    const uint64_t below = marks[w] & LowBits(solid - 64 * w);
    if (below != 0) return 64 * w + 63 - static_cast<size_t>(std::countl_zero(below));
  }
  return 0;
}

}  // namespace parley
