#include "stages/names/word_scan.h"

#include <algorithm>
#include <array>
#include <memory>

#include "text/char_class.h"
#include "text/letter_case.h"
#include "text/utf8.h"

namespace parley {
namespace {

enum class Letter : uint8_t {
  kNone,
  kLower,
  kUpper,
  kCaseless,
  kHan,
  kHiragana,
  kKatakana,
  kHangul,
  kMark,       // Stays with the letter before it.
  kInvisible,  // The same, and is no part of what the lists hold.
};

struct Range {
  char32_t first;
  char32_t last;
};

// Marks that stand on letters and, in Indic and other scripts, vowels that are no letters by their
// class. The class table does not tell them from punctuation.
constexpr Range kMarks[] = {
    {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x5BF, 0x5C7},   {0x610, 0x61A},
    {0x64B, 0x65F},   {0x670, 0x670},   {0x6D6, 0x6DC},   {0x6DF, 0x6ED},   {0x711, 0x711},
    {0x730, 0x74A},   {0x7A6, 0x7B0},   {0x816, 0x82D},   {0x8CA, 0x963},   {0x971, 0xDF3},
    {0xE31, 0xE3A},   {0xE47, 0xE4E},   {0xEB1, 0xEBC},   {0xEC8, 0xECE},   {0xF18, 0xF19},
    {0xF35, 0xF39},   {0xF71, 0xFBC},   {0x102B, 0x103E}, {0x1056, 0x109D}, {0x135D, 0x135F},
    {0x17B4, 0x17D3}, {0x1A17, 0x1A1B}, {0x1AB0, 0x1AFF}, {0x1B00, 0x1B44}, {0x1DC0, 0x1DFF},
    {0x20D0, 0x20FF}, {0x3099, 0x309A}, {0xA802, 0xA8C5}, {0xA8E0, 0xA8F1}, {0xABE3, 0xABED},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};

constexpr Range kInvisibles[] = {{0xAD, 0xAD},     {0x180E, 0x180E}, {0x200B, 0x200F},
                                 {0x202A, 0x202E}, {0x2060, 0x2069}, {0xFEFF, 0xFEFF}};

template <size_t kCount>
bool IsIn(const Range (&ranges)[kCount], char32_t c) {
  for (const Range& range : ranges) {
    if (c >= range.first && c <= range.last) return true;
  }
  return false;
}

bool IsHan(char32_t c) {
  return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) || c == 0x3005 ||
         c == 0x3007;
}

// Of the first plane: what each code point is, and its lower case where that is one code point.
class LetterTable {
 public:
  LetterTable() {
    for (char32_t c = 0; c < kSize; ++c) {
      lower_[c] = static_cast<char16_t>(c);
      kinds_[c] = KindOf(c);
    }
  }

  Letter Kind(char32_t c) const {
    if (c < kSize) return kinds_[c];
    if (c >= 0xE0100 && c <= 0xE01EF) return Letter::kMark;
    if (IsHan(c)) return Letter::kHan;
    return CharClasses()[c] == CharClass::kLetter ? Letter::kCaseless : Letter::kNone;
  }

  char32_t Lower(char32_t c) const { return c < kSize ? char32_t{lower_[c]} : c; }

 private:
  static constexpr char32_t kSize = 0x10000;

  Letter KindOf(char32_t c) {
    if (c >= 0xD800 && c <= 0xDFFF) return Letter::kNone;
    if (IsIn(kInvisibles, c)) return Letter::kInvisible;
    if (CharClasses()[c] != CharClass::kLetter) {
      return IsIn(kMarks, c) ? Letter::kMark : Letter::kNone;
    }
    if (IsHan(c)) return Letter::kHan;
    if (c >= 0x3041 && c <= 0x309F) return Letter::kHiragana;
    if ((c >= 0x30A1 && c <= 0x30FF) || (c >= 0x31F0 && c <= 0x31FF) ||
        (c >= 0xFF66 && c <= 0xFF9F)) {
      return Letter::kKatakana;
    }
    if ((c >= 0x1100 && c <= 0x11FF) || (c >= 0x3131 && c <= 0x318E) ||
        (c >= 0xAC00 && c <= 0xD7FF)) {
      return Letter::kHangul;
    }
    return CasedKind(c);
  }

  // Lower, upper or without case, from what the mapping to lower case does.
  Letter CasedKind(char32_t c) {
    const bool is_cased_block = c < 0x590 || (c >= 0x10A0 && c <= 0x10FF) ||
                                (c >= 0x1C80 && c <= 0x1FFF) || (c >= 0x2C00 && c <= 0x2DFF) ||
                                (c >= 0xA640 && c <= 0xA7FF) || (c >= 0xFF21 && c <= 0xFF5A);
    if (!is_cased_block) return Letter::kCaseless;
    std::string original;
    AppendCodePoint(original, c);
    const std::string lower = ToLowerCase(original);
    size_t at = 0;
    char32_t first = NextCodePoint(lower, at);  // U+0130 becomes an i with a dot to drop.
    const bool is_upper = first != c;
    if (first >= 0xFF41 && first <= 0xFF5A) first -= 0xFEE0;
    if (first < kSize) lower_[c] = static_cast<char16_t>(first);
    return is_upper ? Letter::kUpper : Letter::kLower;
  }

  std::array<Letter, kSize> kinds_;
  std::array<char16_t, kSize> lower_;
};

const LetterTable& Letters() {
  static const auto table = std::make_unique<const LetterTable>();
  return *table;
}

Writing WritingOf(Letter letter) {
  switch (letter) {
    case Letter::kLower:
    case Letter::kUpper:
      return Writing::kCased;
    case Letter::kHan:
      return Writing::kHan;
    case Letter::kHiragana:
      return Writing::kHiragana;
    case Letter::kKatakana:
      return Writing::kKatakana;
    case Letter::kHangul:
      return Writing::kHangul;
    default:
      return Writing::kOther;
  }
}

WordShape ShapeOf(bool starts_upper, int64_t upper_count, int64_t lower_count) {
  if (upper_count == 0) return WordShape::kLower;
  if (lower_count == 0) return WordShape::kUpper;
  return starts_upper && upper_count == 1 ? WordShape::kTitle : WordShape::kMixed;
}

// The word that begins at `at` with a letter; moves `at` behind it.
TextWord TakeWord(const LetterTable& letters, std::string_view text, size_t& at, size_t end) {
  TextWord word{.begin = static_cast<int64_t>(at)};
  size_t next = at;
  const Letter first = letters.Kind(NextCodePoint(text, next));
  word.writing = WritingOf(first);
  int64_t upper_count = 0;
  int64_t lower_count = 0;
  for (next = at; next < end;) {
    const size_t here = next;
    const auto byte = static_cast<unsigned char>(text[here]);
    Letter kind;
    if (byte < 0x80) {
      kind = letters.Kind(byte);
      ++next;
    } else {
      kind = letters.Kind(NextCodePoint(text, next));
    }
    if (kind == Letter::kMark || kind == Letter::kInvisible) continue;
    if (kind == Letter::kNone || WritingOf(kind) != word.writing) {
      next = here;
      break;
    }
    upper_count += kind == Letter::kUpper ? 1 : 0;
    lower_count += kind == Letter::kLower ? 1 : 0;
  }
  at = std::min(next, end);
  word.end = static_cast<int64_t>(at);
  if (word.writing == Writing::kCased) {
    word.shape = ShapeOf(first == Letter::kUpper, upper_count, lower_count);
  }
  return word;
}

}  // namespace

void ScanWords(std::string_view text, int64_t begin, int64_t end, std::vector<TextWord>& words) {
  const LetterTable& letters = Letters();
  const auto stop = static_cast<size_t>(end);
  for (auto at = static_cast<size_t>(begin); at < stop;) {
    size_t next = at;
    const Letter kind = letters.Kind(NextCodePoint(text, next));
    if (kind == Letter::kNone || kind == Letter::kMark || kind == Letter::kInvisible) {
      at = next;
      continue;
    }
    words.push_back(TakeWord(letters, text, at, stop));
  }
}

void LowerForm(std::string_view word, std::string& lower) {
  const LetterTable& letters = Letters();
  lower.clear();
  for (size_t at = 0; at < word.size();) {
    const auto byte = static_cast<unsigned char>(word[at]);
    if (byte < 0x80) {
      lower += static_cast<char>(letters.Lower(byte));
      ++at;
      continue;
    }
    const char32_t c = NextCodePoint(word, at);
    if (letters.Kind(c) != Letter::kInvisible) AppendCodePoint(lower, letters.Lower(c));
  }
}

bool IsWordPart(char32_t code_point) { return Letters().Kind(code_point) != Letter::kNone; }

bool IsInvisible(char32_t code_point) { return Letters().Kind(code_point) == Letter::kInvisible; }

std::optional<Writing> WritingOf(char32_t code_point) {
  const Letter kind = Letters().Kind(code_point);
  if (kind == Letter::kNone || kind == Letter::kMark || kind == Letter::kInvisible) {
    return std::nullopt;
  }
  return WritingOf(kind);
}

bool IsUpperCase(char32_t code_point) { return Letters().Kind(code_point) == Letter::kUpper; }

}  // namespace parley
