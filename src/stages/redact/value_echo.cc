// Values are looked up where a word begins, by that word; those that begin alike by their length,
// the longest first. Texts are folded to UTF-8 again, with the place of each byte in the original.

#include "stages/redact/value_echo.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "stages/redact/name_grammar.h"
#include "stages/redact/tags.h"
#include "text/char_class.h"
#include "text/letter_case.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr int64_t kLeastCodePoints = 5;
constexpr std::string_view kName = "NAME";
constexpr std::string_view kUserName = "USERNAME";

// A row of letters and digits; each letter alone in scripts without blanks.
bool GoesOn(char32_t before, char32_t behind) {
  const auto in_word = [](char32_t c) {
    const CharClass kind = CharClasses()[c];
    const bool unspaced = (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
                          (c >= 0x1780 && c <= 0x17FF) || (c >= 0x3040 && c <= 0x30FF) ||
                          (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000;
    return (kind == CharClass::kLetter || kind == CharClass::kNumber) && !unspaced;
  };
  return in_word(before) && in_word(behind);
}

struct Folded {
  std::string text = {};
  std::vector<int64_t> places = {};  // [bytes + 1] of the original.
  std::vector<bool> edges = {};      // [bytes + 1] Whether a word may begin or end there.
};

Folded Fold(std::string_view text) {
  Folded folded;
  char32_t before = 0;
  for (size_t at = 0; at < text.size();) {
    const auto place = static_cast<int64_t>(at);
    const char32_t letter = NextCodePoint(text, at);
    const size_t begin = folded.text.size();
    AppendCodePoint(folded.text, FoldCase(letter));
    folded.places.resize(folded.text.size(), place);
    folded.edges.resize(folded.text.size(), false);
    folded.edges[begin] = begin == 0 || !GoesOn(before, letter);
    before = letter;
  }
  folded.places.push_back(static_cast<int64_t>(text.size()));
  folded.edges.push_back(true);
  return folded;
}

// The word at the front: up to the next edge.
std::string_view FirstWord(const Folded& folded, size_t at) {
  size_t end = at + 1;
  while (!folded.edges[end]) ++end;
  return std::string_view(folded.text).substr(at, end - at);
}

struct Value {
  TaggedSpan like = {};  // The first span that has it.
  bool common = false;
};

class Values {
 public:
  void Add(std::string_view text, const TaggedSpan& span) {
    const Folded value = Fold(
        text.substr(static_cast<size_t>(span.begin), static_cast<size_t>(span.end - span.begin)));
    if (CountCodePoints(value.text) < kLeastCodePoints) return;
    if (!values_.try_emplace(value.text, Value{span, IsCommonWord(value.text)}).second) return;
    lengths_[std::string(FirstWord(value, 0))].push_back(value.text.size());
  }

  void Prepare() {
    for (auto& [word, lengths] : lengths_) {
      std::ranges::sort(lengths, std::greater());
      lengths.erase(std::ranges::unique(lengths).begin(), lengths.end());
    }
  }

  bool empty() const { return values_.empty(); }

  /// The longest value at `at`, where a word begins, whose end `free` allows, and that end; null if
  /// there is none.
  template <class IsFree>
  std::pair<const Value*, size_t> At(const Folded& text, size_t at, const IsFree& free) const {
    const auto lengths = lengths_.find(std::string(FirstWord(text, at)));
    if (lengths == lengths_.end()) return {nullptr, at};
    for (const size_t length : lengths->second) {
      const size_t end = at + length;
      if (end > text.text.size() || !text.edges[end] || !free(end)) continue;
      const auto value = values_.find(text.text.substr(at, length));
      if (value != values_.end()) return {&value->second, end};
    }
    return {nullptr, at};
  }

 private:
  std::unordered_map<std::string, Value> values_;
  std::unordered_map<std::string, std::vector<size_t>> lengths_;  // By the first word.
};

// Whether `spans`, ascending and without overlaps, leave [begin, end) free. `next` only grows.
template <class AnySpan>
bool Free(const std::vector<AnySpan>& spans, size_t& next, int64_t begin, int64_t end) {
  while (next < spans.size() && spans[next].end <= begin) ++next;
  return next == spans.size() || spans[next].begin >= end;
}

// `end` without the blanks before it.
int64_t TrimmedEnd(std::string_view text, int64_t begin, int64_t end) {
  while (end > begin && text[static_cast<size_t>(end) - 1] == ' ') --end;
  return end;
}

void AddTo(const EchoText& message, const Values& values) {
  const Folded text = Fold(message.text);
  const std::vector<Span> tags = FindTagLike(message.text);
  std::vector<TaggedSpan> found;
  std::vector<Span> kept;
  size_t span = 0;
  size_t left = 0;
  size_t tag = 0;
  for (size_t at = 0; at < text.text.size(); ++at) {
    if (!text.edges[at]) continue;
    const int64_t begin = text.places[at];
    const auto open = [&](size_t behind) {
      const int64_t end = text.places[behind];
      return Free(*message.spans, span, begin, end) && Free(tags, tag, begin, end);
    };
    const auto free = [&](size_t behind) {
      return open(behind) && Free(*message.kept, left, begin, text.places[behind]);
    };
    auto [value, value_end] = values.At(text, at, free);
    if (value == nullptr) std::tie(value, value_end) = values.At(text, at, open);
    if (value == nullptr) continue;
    int64_t end = text.places[value_end];
    const bool meets_kept = !Free(*message.kept, left, begin, end);
    if (meets_kept) {
      // What a rule kept begins the value, and all of it stays; or it stays and what is before
      // goes.
      const int64_t kept_begin = (*message.kept)[left].begin;
      if (kept_begin > begin) end = TrimmedEnd(message.text, begin, kept_begin);
    }
    if (value->common || (meets_kept && end == text.places[value_end])) {
      kept.push_back({begin, end});
    } else {
      TaggedSpan& echo = found.emplace_back(value->like);
      echo.begin = begin;
      echo.end = end;
      const bool handle = begin > 0 && message.text[static_cast<size_t>(begin) - 1] == '@';
      if (handle && echo.type == kName) {
        echo.type = kUserName;
        echo.tag = text.text.substr(at, value_end - at);
      }
    }
    at = value_end - 1;
  }
  message.spans->insert(message.spans->end(), found.begin(), found.end());
  message.kept->insert(message.kept->end(), kept.begin(), kept.end());
  std::ranges::sort(*message.spans, {}, &TaggedSpan::begin);
  std::ranges::sort(*message.kept, {}, &Span::begin);
}

}  // namespace

void AddEchoes(std::span<const EchoText> texts) {
  Values values;
  for (const EchoText& message : texts) {
    for (const TaggedSpan& span : *message.spans) values.Add(message.text, span);
  }
  if (values.empty()) return;
  values.Prepare();
  for (const EchoText& message : texts) AddTo(message, values);
}

}  // namespace parley
