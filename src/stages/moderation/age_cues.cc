#include "stages/moderation/age_cues.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "io/file.h"
#include "stages/moderation/plain_words.h"
#include "text/char_class.h"
#include "text/letter_fold.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr int kAdult = 18;

enum class Kind : uint8_t { kNone, kLetter, kDigit, kAlone };

bool IsHangul(char32_t c) { return c >= 0xAC00 && c <= 0xD7A3; }

Kind KindOf(char32_t c) {
  if (IsUnspaced(c) || IsHangul(c)) return Kind::kAlone;  // Particles stick to Korean words.
  if (CharClasses()[c] == CharClass::kNumber) return Kind::kDigit;
  return CharClasses()[c] == CharClass::kLetter ? Kind::kLetter : Kind::kNone;
}

// Runs of letters and runs of digits; of writings without spaces each letter by itself.
std::vector<std::u32string> WordsOf(std::string_view text) {
  std::vector<std::u32string> words;
  Kind last = Kind::kNone;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = NextCodePoint(text, at);
    if (IsIgnorable(c)) continue;
    const Kind kind = KindOf(c);
    if (kind != Kind::kNone && (kind != last || kind == Kind::kAlone)) words.emplace_back();
    last = kind;
    if (kind == Kind::kNone) continue;
    const FoldedLetter folded = FoldLetter(c);
    for (uint8_t i = 0; i < folded.count; ++i) words.back() += folded.letters[i];
  }
  return words;
}

bool IsMinorsAge(const std::u32string& word) {
  int age = 0;
  for (const char32_t c : word) {
    if (c < '0' || c > '9' || age >= kAdult) return false;
    age = age * 10 + static_cast<int>(c - '0');
  }
  return age >= 1 && age < kAdult;
}

}  // namespace

bool AgeCues::Token::Matches(const std::u32string& word) const {
  if (number) return IsMinorsAge(word);
  return open ? word.starts_with(letters) : word == letters;
}

Result<AgeCues> AgeCues::Read(const std::string& path) {
  return Parse(TRY(ReadWholeFile(path)), path);
}

Result<AgeCues> AgeCues::Parse(std::string_view text, const std::string& path) {
  AgeCues cues;
  for (int64_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with("//") || line.starts_with('[')) continue;
    const Status added = cues.AddLine(line);
    if (!added) return Invalid(added.error().message, {.file = path, .line = number});
  }
  if (cues.cues_.empty()) return Invalid("holds no words of age", {.file = path});
  return cues;
}

Status AgeCues::AddLine(std::string_view line) {
  Cue cue;
  const char* const end = line.data() + line.size();
  const auto [stop, error] = std::from_chars(line.data(), end, cue.weight);
  if (error != std::errc{} || !(cue.weight > 0 && cue.weight <= 1) || stop == end || *stop != ' ') {
    return Invalid("does not begin with a weight above 0, at most 1, and a space");
  }
  line.remove_prefix(static_cast<size_t>(stop - line.data()));
  while (!line.empty()) {
    const size_t space = std::min(line.find(' '), line.size());
    std::string_view word = line.substr(0, space);
    line.remove_prefix(std::min(space + 1, line.size()));
    if (word.empty()) continue;
    if (word == "#") {
      cue.tokens.push_back({.number = true});
      continue;
    }
    const bool open = word.ends_with('*');
    if (open) word.remove_suffix(1);
    for (std::u32string& letters : WordsOf(word)) {
      cue.tokens.push_back({.letters = std::move(letters)});
    }
    if (cue.tokens.empty()) return Invalid("has no words behind its weight");
    cue.tokens.back().open = open;
  }
  if (cue.tokens.empty()) return Invalid("has no words behind its weight");
  const Token& first = cue.tokens[0];
  if (first.open || first.number) {
    open_first_.push_back(cues_.size());
  } else {
    by_first_[first.letters].push_back(cues_.size());
  }
  cues_.push_back(std::move(cue));
  return {};
}

bool AgeCues::StandsAt(const Cue& cue, std::span<const std::u32string> words) const {
  if (cue.tokens.size() > words.size()) return false;
  for (size_t i = 0; i < cue.tokens.size(); ++i) {
    if (!cue.tokens[i].Matches(words[i])) return false;
  }
  return true;
}

double AgeCues::Strength(std::string_view text) const {
  const std::vector<std::u32string> words = WordsOf(text);
  std::set<size_t> found;
  for (size_t at = 0; at < words.size(); ++at) {
    const auto rest = std::span(words).subspan(at);
    const auto try_all = [&](const std::vector<size_t>& cues) {
      for (const size_t cue : cues) {
        if (StandsAt(cues_[cue], rest)) found.insert(cue);
      }
    };
    if (const auto known = by_first_.find(words[at]); known != by_first_.end()) {
      try_all(known->second);
    }
    try_all(open_first_);
  }
  double left = 1;
  for (const size_t cue : found) left *= 1 - cues_[cue].weight;
  return 1 - left;
}

}  // namespace parley
