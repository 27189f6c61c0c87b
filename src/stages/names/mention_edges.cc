#include "stages/names/mention_edges.h"

#include <algorithm>
#include <string>

#include "stages/names/word_scan.h"
#include "text/char_class.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr int64_t kMostBytesAround = 200;

constexpr std::string_view kTitlesBefore[] = {
    "mr",        "mrs",      "ms",         "miss",      "mx",      "dr",           "prof",
    "professor", "sir",      "madam",      "dame",      "captain", "capt",         "sgt",
    "sergeant",  "lt",       "lieutenant", "maj",       "gen",     "col",          "rev",
    "reverend",  "hon",      "herr",       "herrn",     "frau",    "fräulein",     "hr",
    "fr",        "monsieur", "madame",     "mme",       "mlle",    "mademoiselle", "señor",
    "señora",    "señorita", "sr",         "sra",       "srta",    "doña",         "senhor",
    "senhora",   "signor",   "signora",    "signorina", "sig",     "dott",         "dottor",
    "meneer",    "mevrouw",  "dhr",        "mevr",      "pan",     "pani",         "panu",
    "panią",     "г-н",      "г-жа",       "господин",  "госпожа", "السيد",        "السيدة",
    "الدكتور",   "الدكتورة", "श्री",        "श्रीमती"};

constexpr std::string_view kTitlesBehind[] = {
    "先生",   "女士",   "小姐",    "太太",  "老师", "老師", "さん",  "さま",   "様",
    "ちゃん", "くん",   "君",      "氏",    "殿",   "씨",   "님",    "선생님", "교수님",
    " bey",   " hanım", " efendi", " hoca", " san", "-san", "-sama", "-kun",   "-chan"};

constexpr std::string_view kShortEndings[] = {"s", "S", "d", "ll", "re", "ve", "m", "t"};

bool IsApostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x02BC; }
bool IsHyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }

/// Walks over one text.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {}

  int64_t size() const { return static_cast<int64_t>(text_.size()); }
  std::string_view Part(int64_t begin, int64_t end) const {
    return text_.substr(begin, end - begin);
  }

  /// The code point that begins at `at` and the one that ends there; nought at the text's ends.
  char32_t After(int64_t at) const {
    if (at >= size()) return 0;
    auto next = static_cast<size_t>(at);
    return NextCodePoint(text_, next);
  }
  char32_t Before(int64_t at) const { return at == 0 ? 0 : After(StepBack(at)); }

  int64_t StepBack(int64_t at) const {
    do --at;
    while (at > 0 && IsContinuationByte(text_[at]));
    return at;
  }
  int64_t StepOn(int64_t at) const {
    auto next = static_cast<size_t>(at);
    NextCodePoint(text_, next);
    return static_cast<int64_t>(next);
  }

 private:
  std::string_view text_;
};

// Whether words of this writing have spaces around them, so that a cut one can be made whole.
bool HasSpaces(char32_t c) {
  if (c >= 0x0E00 && c <= 0x0EFF) return false;  // Thai and Lao.
  if (c >= 0x1000 && c <= 0x109F) return false;  // Burmese.
  if (c >= 0x1780 && c <= 0x17FF) return false;  // Khmer.
  const std::optional<Writing> writing = WritingOf(c);
  return writing == Writing::kCased || writing == Writing::kOther;
}

// A letter of such a writing, or a mark or joiner, which go with either.
bool IsSpacedLetter(char32_t c) {
  return c != 0 && IsWordPart(c) && (!WritingOf(c).has_value() || HasSpaces(c));
}

// Whether the apostrophe at `at` goes on with a case ending ("Ayşe'ye") and not with "'s".
bool JoinsEnding(const Walker& walk, int64_t at) {
  const int64_t begin = walk.StepOn(at);
  int64_t end = begin;
  while (end < walk.size() && end - begin < 24 && IsSpacedLetter(walk.After(end))) {
    end = walk.StepOn(end);
  }
  if (end == begin) return false;
  return std::ranges::find(kShortEndings, walk.Part(begin, end)) == std::end(kShortEndings);
}

int64_t WidenBack(const Walker& walk, int64_t begin, int64_t least) {
  if (!IsSpacedLetter(walk.After(begin))) return begin;
  while (begin > least) {
    const char32_t before = walk.Before(begin);
    if (IsSpacedLetter(before)) {
      begin = walk.StepBack(begin);
      continue;
    }
    const int64_t sign = walk.StepBack(begin);
    const char32_t beyond = walk.Before(sign);
    const bool joins_hyphen = IsHyphen(before) && IsUpperCase(walk.After(begin)) &&
                              IsSpacedLetter(beyond) && CharClasses()[beyond] == CharClass::kLetter;
    const bool joins_apostrophe = IsApostrophe(before) && (beyond == 'O' || beyond == 'D') &&
                                  !IsWordPart(walk.Before(walk.StepBack(sign)));
    if (!joins_hyphen && !joins_apostrophe) break;
    if (joins_hyphen) {  // "pro-Obama" stays outside, "Jean-Luc" is one.
      int64_t start = sign;
      while (start > least && IsSpacedLetter(walk.Before(start))) start = walk.StepBack(start);
      if (!IsUpperCase(walk.After(start))) break;
    }
    begin = walk.StepBack(sign);
  }
  return begin;
}

int64_t WidenOn(const Walker& walk, int64_t end, int64_t most) {
  const char32_t last = walk.Before(end);
  const bool is_spaced = IsSpacedLetter(last);
  while (end < most) {
    const char32_t next = walk.After(end);
    const bool is_letter = CharClasses()[next] == CharClass::kLetter;
    if (IsWordPart(next) && (!is_letter || (is_spaced && IsSpacedLetter(next)))) {
      end = walk.StepOn(end);
      continue;
    }
    if (!is_spaced) break;
    const char32_t beyond = end + 1 < walk.size() ? walk.After(walk.StepOn(end)) : 0;
    const bool joins =
        (IsHyphen(next) && IsUpperCase(beyond)) || (IsApostrophe(next) && JoinsEnding(walk, end));
    if (!joins) break;
    end = walk.StepOn(walk.StepOn(end));
  }
  return end;
}

// Cuts off what is behind the first line break, and punctuation and spaces at both ends.
void Trim(const Walker& walk, TextSpan& span) {
  const auto is_inner = [](char32_t c) {
    return IsWordPart(c) ? !IsInvisible(c) : CharClasses()[c] == CharClass::kNumber;
  };
  while (span.begin < span.end && CharClasses()[walk.After(span.begin)] != CharClass::kLetter) {
    span.begin = walk.StepOn(span.begin);
  }
  for (int64_t at = span.begin; at < span.end; at = walk.StepOn(at)) {
    if (!IsLineBreak(walk.After(at))) continue;
    span.end = at;
    break;
  }
  while (span.end > span.begin && !is_inner(walk.Before(span.end))) {
    span.end = walk.StepBack(span.end);
  }
}

// Whether the full stop behind the span is part of it: of an initial inside a name, or of "Jr.".
bool OwnsFullStop(const Walker& walk, TextSpan span) {
  if (walk.After(span.end) != '.') return false;
  const std::string_view text = walk.Part(span.begin, span.end);
  const size_t word = text.rfind(' ');
  if (word == std::string_view::npos) return false;
  const std::string_view last = text.substr(word + 1);
  return last == "Jr" || last == "Sr" ||
         (CountCodePoints(last) == 1 &&
          IsUpperCase(walk.After(span.end - static_cast<int64_t>(last.size()))));
}

void DropPossessive(const Walker& walk, TextSpan& span) {
  const std::string_view text = walk.Part(span.begin, span.end);
  for (const std::string_view ending : {"'s", "’s", "'S", "’S"}) {
    if (text.size() > ending.size() && text.ends_with(ending)) {
      span.end -= static_cast<int64_t>(ending.size());
    }
  }
}

// Takes titles off both ends; the span is empty where it was nothing else.
void DropTitles(const Walker& walk, TextSpan& span) {
  std::string lower;
  for (;;) {
    const std::string_view text = walk.Part(span.begin, span.end);
    const size_t word_size = std::min(text.find_first_of(" .\t"), text.size());
    LowerForm(text.substr(0, word_size), lower);
    if (std::ranges::find(kTitlesBefore, lower) == std::end(kTitlesBefore)) break;
    span.begin += static_cast<int64_t>(word_size);
    Trim(walk, span);
    if (span.begin == span.end) return;
  }
  LowerForm(walk.Part(span.begin, span.end), lower);
  for (const std::string_view title : kTitlesBehind) {
    if (!lower.ends_with(title)) continue;
    const auto size = static_cast<int64_t>(title.size());
    if (span.end - span.begin < size) continue;  // Lower case may be longer.
    span.end = lower.size() == title.size() ? span.begin : span.end - size;
    Trim(walk, span);
    break;
  }
}

bool IsAddressChar(char32_t c) {
  return c < 0x80 && c != 0 &&
         (std::string_view("._%+-").find(static_cast<char>(c)) != std::string_view::npos ||
          CharClasses()[c] == CharClass::kLetter || CharClasses()[c] == CharClass::kNumber);
}

// Whether the span stands in a handle, an e-mail address or an identifier.
bool IsInAddress(const Walker& walk, TextSpan span) {
  const char32_t before = walk.Before(span.begin);
  const char32_t behind = walk.After(span.end);
  if (before == '_' || behind == '_' || before == '@' || before == 0xFF20) return true;
  int64_t at = span.end;
  while (at < walk.size() && at < span.end + kMostBytesAround && IsAddressChar(walk.After(at))) {
    ++at;
  }
  if (walk.After(at) == '@') {
    const char32_t beyond = walk.After(at + 1);
    if (CharClasses()[beyond] == CharClass::kLetter) return true;
  }
  at = span.begin;
  while (at > 0 && at > span.begin - kMostBytesAround && IsAddressChar(walk.Before(at))) --at;
  return walk.Before(at) == '@' && at > 1 &&
         CharClasses()[walk.Before(at - 1)] == CharClass::kLetter;
}

}  // namespace

std::optional<TextSpan> MentionEdges(std::string_view text, TextSpan span) {
  const Walker walk(text);
  Trim(walk, span);
  if (span.begin >= span.end) return std::nullopt;
  span.begin = WidenBack(walk, span.begin, std::max<int64_t>(0, span.begin - kMostBytesAround));
  span.end = WidenOn(walk, span.end, std::min(walk.size(), span.end + kMostBytesAround));
  DropPossessive(walk, span);
  DropTitles(walk, span);
  if (span.begin >= span.end || IsInAddress(walk, span)) return std::nullopt;
  if (OwnsFullStop(walk, span)) ++span.end;
  return span;
}

}  // namespace parley
