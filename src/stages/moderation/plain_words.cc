#include "stages/moderation/plain_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/char_class.h"
#include "text/letter_fold.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr int64_t kLoneLetters = 3;  // So many in a row, each a word, are one word.

bool IsLatin(char32_t c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(char32_t c) { return c >= '0' && c <= '9'; }
bool IsAsciiLetter(char32_t c) { return c < 0x80 && IsLatin(c | 0x20); }

// The letter that a digit or a sign stands for within a word; 0 if none.
char32_t LetterMeant(char32_t c) {
  static constexpr std::array<std::pair<char32_t, char32_t>, 13> kMeant = {{{'0', 'o'},
                                                                            {'1', 'i'},
                                                                            {'3', 'e'},
                                                                            {'4', 'a'},
                                                                            {'5', 's'},
                                                                            {'7', 't'},
                                                                            {'8', 'b'},
                                                                            {'@', 'a'},
                                                                            {'$', 's'},
                                                                            {'!', 'i'},
                                                                            {'|', 'l'},
                                                                            {'+', 't'},
                                                                            {'*', '*'}}};
  for (const auto& [sign, letter] : kMeant) {
    if (sign == c) return letter;
  }
  return 0;
}

// Signs that may stand for a letter between two letters.
bool IsSignInside(char32_t c) {
  return c == '@' || c == '$' || c == '!' || c == '|' || c == '+' || c == '*';
}

bool JoinsWords(char32_t c) { return c == '\'' || c == 0x2019; }

// What the letters of a word with Latin ones in it look like.
void UndoDisguise(std::span<char32_t> word) {
  const auto latin = std::ranges::count_if(word, IsLatin);
  if (latin == 0) return;
  const auto other =
      std::ranges::count_if(word, [](char32_t c) { return c < 0x80 && !IsLatin(c); });
  for (char32_t& letter : word) {
    if (letter >= 0x370 && letter < 0x530) {
      if (const char32_t twin = LatinTwin(letter); twin != 0) letter = twin;
    } else if (other < latin && letter < 0x80 && !IsLatin(letter)) {
      if (const char32_t meant = LetterMeant(letter); meant != 0) letter = meant;
    }
  }
}

}  // namespace

bool IsUnspaced(char32_t c) {
  if (c < 0x0E00) return false;
  return c <= 0x0EFF || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) ||
         (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

void PlainWords::AddLetter(char32_t letter, bool unspaced) {
  if (open_ && words_.back().unspaced != unspaced) EndWord();
  const auto at = static_cast<int64_t>(letters_.size());
  if (!open_) {
    words_.push_back({.first = at, .last = at, .unspaced = unspaced});
    open_ = true;
  }
  PlainWord& word = words_.back();
  if (word.last - word.first == kMostLetters) {
    if (!unspaced) return;  // The rest of the data is passed over.
    EndWord();
    words_.push_back({.first = at, .last = at, .unspaced = true});
    open_ = true;
  }
  letters_.push_back(letter);
  ++words_.back().last;
}

void PlainWords::EndWord() {
  if (!open_) return;
  open_ = false;
  PlainWord& word = words_.back();
  if (word.unspaced) return;
  const std::span<char32_t> letters = std::span(letters_).subspan(static_cast<size_t>(word.first));
  UndoDisguise(letters);
  // Runs of three and more of one letter become one.
  size_t kept = 0;
  for (size_t i = 0; i < letters.size();) {
    size_t end = i;
    while (end < letters.size() && letters[end] == letters[i]) ++end;
    const size_t count = end - i > 2 && !IsDigit(letters[i]) ? 1 : end - i;
    for (size_t k = 0; k < count; ++k) letters[kept++] = letters[i];
    i = end;
  }
  letters_.resize(static_cast<size_t>(word.first) + kept);
  word.last = static_cast<int64_t>(letters_.size());
}

void PlainWords::AddCodePoint(char32_t c, char32_t next) {
  if (c < 0x80) {
    if (IsAsciiLetter(c)) return AddLetter(c | 0x20, false);
    if (IsDigit(c)) return AddLetter(c, false);
    const bool inside = open_ && !words_.back().unspaced && IsAsciiLetter(next);
    if (inside && IsSignInside(c)) return AddLetter(c, false);
    if (inside && JoinsWords(c)) return;
    return EndWord();
  }
  if (IsIgnorable(c)) return;
  if (JoinsWords(c) && open_ && IsAsciiLetter(next)) return;
  const bool unspaced = IsUnspaced(c);
  const CharClass kind = CharClasses()[c];
  const FoldedLetter folded = FoldLetter(c);
  const bool is_word = kind == CharClass::kLetter || kind == CharClass::kNumber || unspaced ||
                       (folded.count > 0 && IsAsciiLetter(folded.letters[0]));
  if (folded.count == 0) return;
  if (!is_word) return EndWord();
  for (uint8_t i = 0; i < folded.count; ++i) {
    const char32_t letter = folded.letters[i];
    AddLetter(letter < 0x80 && IsAsciiLetter(letter) ? letter | 0x20 : letter, unspaced);
  }
}

// Letters that stand alone, several in a row, were a word.
void PlainWords::JoinLoneLetters() {
  const auto is_lone = [&](const PlainWord& word) {
    return !word.unspaced && word.last - word.first == 1 &&
           !IsDigit(letters_[static_cast<size_t>(word.first)]);
  };
  size_t kept = 0;
  for (size_t i = 0; i < words_.size();) {
    size_t end = i;
    while (end < words_.size() && is_lone(words_[end]) &&
           static_cast<int64_t>(end - i) < kMostLetters) {
      ++end;
    }
    if (static_cast<int64_t>(end - i) < kLoneLetters) end = i + 1;
    // Words lie one behind another in the letters.
    words_[kept++] = {
        .first = words_[i].first, .last = words_[end - 1].last, .unspaced = words_[i].unspaced};
    i = end;
  }
  words_.resize(kept);
}

void PlainWords::Read(std::string_view text) {
  letters_.clear();
  words_.clear();
  open_ = false;
  size_t at = 0;
  char32_t next = text.empty() ? 0 : NextCodePoint(text, at);
  while (next != 0 || at < text.size()) {
    const char32_t c = next;
    next = at < text.size() ? NextCodePoint(text, at) : 0;
    AddCodePoint(c, next);
  }
  EndWord();
  JoinLoneLetters();
}

}  // namespace parley
