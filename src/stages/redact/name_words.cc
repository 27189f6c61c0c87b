#include "stages/redact/name_words.h"

#include <algorithm>

#include "stages/redact/letters.h"
#include "text/char_class.h"
#include "text/letter_fold.h"
#include "text/utf8.h"

namespace parley {
namespace {

enum class Kind : uint8_t { kBreak, kInside, kSpacedLetter, kKatakana, kHangul, kUnspaced };

bool IsKatakana(char32_t c) {
  return (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC || (c >= 0x31F0 && c <= 0x31FF) ||
         (c >= 0xFF66 && c <= 0xFF9D);
}

bool IsHangul(char32_t c) {
  return (c >= 0xAC00 && c <= 0xD7FF) || (c >= 0x1100 && c <= 0x11FF) ||
         (c >= 0x3130 && c <= 0x318F);
}

Kind KindOf(char32_t c) {
  if (c < 0x80) {
    const bool letter = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
    return letter ? Kind::kSpacedLetter : Kind::kBreak;
  }
  if (FoldLetter(c).count == 0) return Kind::kInside;
  if (IsKatakana(c)) return Kind::kKatakana;
  if (IsHangul(c)) return Kind::kHangul;
  switch (LetterKind(c)) {
    case Letter::kNone:
      // Mathematical letters are written for effect.
      return c >= 0x1D400 && c <= 0x1D7CB ? Kind::kSpacedLetter : Kind::kBreak;
    case Letter::kUnspaced:
      return CharClasses()[c] == CharClass::kNumber ? Kind::kBreak : Kind::kUnspaced;
    case Letter::kOtherWord:
      // Vowel signs are no letters by category, but part of the word.
      return CharClasses()[c] == CharClass::kNumber ? Kind::kBreak : Kind::kSpacedLetter;
    case Letter::kSpaced:
      return CharClasses()[c] == CharClass::kLetter ? Kind::kSpacedLetter : Kind::kBreak;
  }
  return Kind::kBreak;
}

WordScript ScriptOf(char32_t folded) {
  if (folded < 0x250 || (folded >= 0x1E00 && folded <= 0x1EFF)) return WordScript::kLatin;
  if (folded >= 0x370 && folded <= 0x3FF) return WordScript::kGreek;
  if (folded >= 0x400 && folded <= 0x52F) return WordScript::kCyrillic;
  return WordScript::kOther;
}

// What a word needs to become one besides its bytes.
class WordBuilder {
 public:
  void Add(char32_t c, const FoldedLetter& letter) {
    const char32_t twin = LatinTwin(c);
    for (int i = 0; i < letter.count; ++i) {
      const char32_t folded = letter.letters[static_cast<size_t>(i)];
      AppendCodePoint(folded_, folded);
      AppendCodePoint(as_latin_, twin != 0 ? twin : folded);
    }
    if (script_ == WordScript::kOther || letters_ == 0) script_ = ScriptOf(letter.letters[0]);
    latin_ = latin_ || ScriptOf(letter.letters[0]) == WordScript::kLatin;
    twins_ = twins_ || twin != 0;
    if (letter.upper) {
      ++uppers_;
      first_is_upper_ = first_is_upper_ || letters_ == 0;
    } else if (HasCase(ScriptOf(letter.letters[0]))) {
      ++lowers_;
    }
    ++letters_;
  }

  void Fill(WordScript row, NameWord& word) {
    word.script = row == WordScript::kOther ? script_ : row;
    word.folded.swap(folded_);
    if (latin_ && twins_) {  // "Mаry" with a Cyrillic а.
      word.folded.swap(as_latin_);
      word.script = WordScript::kLatin;
    }
    word.letter_case = CaseOf();
  }

 private:
  static bool HasCase(WordScript script) {
    return script == WordScript::kLatin || script == WordScript::kCyrillic ||
           script == WordScript::kGreek;
  }

  WordCase CaseOf() const {
    if (uppers_ + lowers_ == 0) return WordCase::kNone;
    if (uppers_ == 0) return WordCase::kLower;
    if (lowers_ == 0) return uppers_ == 1 ? WordCase::kTitle : WordCase::kUpper;
    return first_is_upper_ && uppers_ == 1 ? WordCase::kTitle : WordCase::kMixed;
  }

  std::string folded_;
  std::string as_latin_;
  WordScript script_ = WordScript::kOther;
  bool latin_ = false;
  bool twins_ = false;
  bool first_is_upper_ = false;
  int64_t letters_ = 0;
  int64_t uppers_ = 0;
  int64_t lowers_ = 0;
};

WordScript RowOf(Kind kind) {
  if (kind == Kind::kHangul) return WordScript::kHangul;
  return kind == Kind::kUnspaced ? WordScript::kUnspaced : WordScript::kOther;
}

}  // namespace

bool NameWordReader::Next(NameWord& word) {
  size_t begin = at_;
  size_t next = at_;
  Kind kind = Kind::kBreak;
  char32_t c = 0;
  while (begin < text_.size()) {
    next = begin;
    c = NextCodePoint(text_, next);
    kind = KindOf(c);
    if (kind != Kind::kBreak && kind != Kind::kInside) break;
    begin = next;
  }
  if (begin == text_.size()) {
    at_ = begin;
    return false;
  }
  WordBuilder builder;
  size_t end = next;
  for (;;) {
    if (const FoldedLetter letter = FoldLetter(c); letter.count > 0) {
      builder.Add(c, letter);
      end = next;
    }
    if (next == text_.size()) break;
    size_t behind = next;
    c = NextCodePoint(text_, behind);
    const Kind following = KindOf(c);
    if (following != kind && following != Kind::kInside) break;
    next = behind;
    // A mark that ends the word belongs to its last letter; what cannot be seen does not.
    if (following == Kind::kInside && c < 0x2000 && c != 0xAD) end = next;
  }
  word.begin = static_cast<int64_t>(begin);
  word.end = static_cast<int64_t>(end);
  builder.Fill(RowOf(kind), word);
  at_ = next;
  return true;
}

std::vector<NameWord> NameWordsIn(std::string_view text, int64_t offset) {
  std::vector<NameWord> words;
  NameWordReader reader(text);
  for (NameWord word; reader.Next(word); word = {}) {
    word.begin += offset;
    word.end += offset;
    words.push_back(std::move(word));
  }
  return words;
}

std::vector<Span> OutsideOf(std::string_view text, Span span, std::span<const Span> closed) {
  std::vector<Span> pieces;
  auto next = std::ranges::upper_bound(closed, span.begin, {}, &Span::end);
  if (next == closed.end() || next->begin >= span.end) return {span};
  const auto add = [&](int64_t begin, int64_t end) {
    if (begin >= end) return;
    const std::vector<NameWord> words = NameWordsIn(
        text.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin)), begin);
    if (!words.empty()) pieces.push_back({words.front().begin, words.back().end});
  };
  int64_t begin = span.begin;
  for (; next != closed.end() && next->begin < span.end; ++next) {
    add(begin, next->begin);
    begin = std::max(begin, next->end);
  }
  add(begin, span.end);
  return pieces;
}

std::vector<NameWord> CamelParts(std::string_view text, const NameWord& word) {
  std::vector<NameWord> parts;
  const auto end = static_cast<size_t>(word.end);
  size_t begin = static_cast<size_t>(word.begin);
  bool was_upper = true;
  for (size_t at = begin; at < end;) {
    const size_t here = at;
    const bool upper = FoldLetter(NextCodePoint(text, at)).upper;
    size_t behind = at;
    const bool small_follows = at < end && !FoldLetter(NextCodePoint(text, behind)).upper;
    if (upper && here > begin && (!was_upper || small_follows)) {
      const auto part = NameWordsIn(text.substr(begin, here - begin), static_cast<int64_t>(begin));
      parts.insert(parts.end(), part.begin(), part.end());
      begin = here;
    }
    was_upper = upper;
  }
  if (parts.empty()) return parts;
  const auto part = NameWordsIn(text.substr(begin, end - begin), static_cast<int64_t>(begin));
  parts.insert(parts.end(), part.begin(), part.end());
  return parts;
}

}  // namespace parley
