// Everything is looked up in a table that ICU fills once. It reaches over the alphabets and the
// compatibility forms; Han, Kana and Hangul fold to themselves.

#include "text/letter_fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "parley/status.h"

namespace parley {
namespace {

struct Stretch {
  char32_t first;
  char32_t last;
};

// What the table covers.
constexpr std::array kStretches = {
    Stretch{0x0000, 0x2FFF},   // Alphabets, punctuation, letter-like symbols.
    Stretch{0xA640, 0xA7FF},   // More Cyrillic and Latin.
    Stretch{0xF900, 0xFFFF},   // Compatibility forms, full and half width.
    Stretch{0x1D400, 0x1D7FF}  // Mathematical alphabets.
};

// Marks that accent a letter; those of other scripts are letters themselves.
constexpr std::array kAccents = {
    Stretch{0x0300, 0x036F}, Stretch{0x0483, 0x0489}, Stretch{0x0591, 0x05BD},
    Stretch{0x05BF, 0x05C7}, Stretch{0x0610, 0x061A}, Stretch{0x064B, 0x065F},
    Stretch{0x0670, 0x0670}, Stretch{0x06D6, 0x06DC}, Stretch{0x06DF, 0x06E8},
    Stretch{0x1AB0, 0x1AFF}, Stretch{0x1DC0, 0x1DFF}, Stretch{0x20D0, 0x20FF},
    Stretch{0xFE20, 0xFE2F}};

constexpr std::array kInvisible = {Stretch{0x00AD, 0x00AD}, Stretch{0x034F, 0x034F},
                                   Stretch{0x061C, 0x061C}, Stretch{0x0640, 0x0640},
                                   Stretch{0x180B, 0x180F}, Stretch{0x200B, 0x200F},
                                   Stretch{0x202A, 0x202E}, Stretch{0x2060, 0x206F},
                                   Stretch{0xFE00, 0xFE0F}, Stretch{0xFEFF, 0xFEFF}};

// Letters that no decomposition takes apart.
struct Special {
  char32_t from;
  std::u32string_view to;
};
constexpr std::array<Special, 13> kSpecial = {{{U'ß', U"ss"},
                                               {U'ẞ', U"ss"},
                                               {U'æ', U"ae"},
                                               {U'œ', U"oe"},
                                               {U'ø', U"o"},
                                               {U'đ', U"d"},
                                               {U'ð', U"d"},
                                               {U'þ', U"th"},
                                               {U'ł', U"l"},
                                               {U'ħ', U"h"},
                                               {U'ı', U"i"},
                                               {U'ς', U"σ"},
                                               {U'ə', U"a"}}};

constexpr std::array<std::pair<char32_t, char32_t>, 48> kTwins = {{
    {U'А', U'a'}, {U'В', U'b'}, {U'Е', U'e'}, {U'З', U'z'}, {U'І', U'i'}, {U'Ј', U'j'},
    {U'К', U'k'}, {U'М', U'm'}, {U'Н', U'h'}, {U'О', U'o'}, {U'Р', U'p'}, {U'С', U'c'},
    {U'Т', U't'}, {U'У', U'y'}, {U'Х', U'x'}, {U'Ѕ', U's'}, {U'а', U'a'}, {U'в', U'b'},
    {U'е', U'e'}, {U'і', U'i'}, {U'ј', U'j'}, {U'к', U'k'}, {U'м', U'm'}, {U'н', U'h'},
    {U'о', U'o'}, {U'р', U'p'}, {U'с', U'c'}, {U'т', U't'}, {U'у', U'y'}, {U'х', U'x'},
    {U'ѕ', U's'}, {U'ԁ', U'd'}, {U'Α', U'a'}, {U'Β', U'b'}, {U'Ε', U'e'}, {U'Η', U'h'},
    {U'Ι', U'i'}, {U'Κ', U'k'}, {U'Μ', U'm'}, {U'Ν', U'n'}, {U'Ο', U'o'}, {U'Ρ', U'p'},
    {U'Τ', U't'}, {U'Υ', U'y'}, {U'Χ', U'x'}, {U'α', U'a'}, {U'ο', U'o'}, {U'ν', U'v'},
}};

template <class Stretches>
bool Holds(const Stretches& stretches, char32_t code_point) {
  return std::ranges::any_of(stretches, [&](const Stretch& stretch) {
    return stretch.first <= code_point && code_point <= stretch.last;
  });
}

FoldedLetter Alone(char32_t letter) { return {.letters = {letter}, .count = 1}; }

FoldedLetter Plain(char32_t letter) {
  const auto* const special = std::ranges::find(kSpecial, letter, &Special::from);
  if (special == kSpecial.end()) return Alone(letter);
  FoldedLetter folded;
  for (const char32_t part : special->to) folded.letters[folded.count++] = part;
  return folded;
}

FoldedLetter Work(char32_t code_point) {
  if (IsIgnorable(code_point)) return {};
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(error);
  Check(U_SUCCESS(error), "ICU has no data for NFKD");
  const auto lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(code_point)));
  const icu::UnicodeString apart =
      nfkd->normalize(icu::UnicodeString(static_cast<UChar32>(lower)), error);
  FoldedLetter folded;
  folded.upper = u_isUUppercase(static_cast<UChar32>(code_point)) != 0 ||
                 u_istitle(static_cast<UChar32>(code_point)) != 0;
  for (int32_t at = 0; at < apart.length(); at = apart.moveIndex32(at, 1)) {
    const auto part = static_cast<char32_t>(u_tolower(apart.char32At(at)));
    if (IsIgnorable(part)) continue;
    const FoldedLetter plain = Plain(part);
    // A ligature of three letters is no letter of a name.
    if (folded.count + plain.count > 2) return Alone(code_point);
    for (int i = 0; i < plain.count; ++i) folded.letters[folded.count++] = plain.letters[i];
  }
  return folded;
}

struct Tables {
  std::array<std::vector<FoldedLetter>, kStretches.size()> stretches;

  Tables() {
    for (size_t i = 0; i < kStretches.size(); ++i) {
      for (char32_t c = kStretches[i].first; c <= kStretches[i].last; ++c) {
        const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        stretches[i].push_back(surrogate ? Alone(c) : Work(c));
      }
    }
  }
};

}  // namespace

FoldedLetter FoldLetter(char32_t code_point) {
  if (code_point < 0x80) {
    const bool upper = code_point >= U'A' && code_point <= U'Z';
    return {.letters = {upper ? code_point + 32 : code_point}, .count = 1, .upper = upper};
  }
  static const Tables tables;
  for (size_t i = 0; i < kStretches.size(); ++i) {
    if (code_point < kStretches[i].first) break;
    if (code_point <= kStretches[i].last) {
      return tables.stretches[i][code_point - kStretches[i].first];
    }
  }
  return Alone(code_point);
}

bool IsIgnorable(char32_t code_point) {
  if (code_point < 0xAD) return false;
  return Holds(kInvisible, code_point) || Holds(kAccents, code_point);
}

char32_t LatinTwin(char32_t code_point) {
  const auto* const twin =
      std::ranges::find(kTwins, code_point, [](const auto& pair) { return pair.first; });
  return twin == kTwins.end() ? 0 : twin->second;
}

}  // namespace parley
