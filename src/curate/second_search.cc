// Each released text is read once, code point by code point in folded case, with the hash of every
// beginning of it; so the hash of any stretch takes one multiplication. Values are told apart by
// their first code points, then their length, then their hash, and at last letter by letter.

#include "curate/second_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "text/char_class.h"
#include "text/letter_case.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr auto kLeast = static_cast<size_t>(SecondSearch::kLeastCodePoints);
constexpr uint64_t kBase = 0x9E3779B97F4A7C15U;  // Odd, so that no power of it becomes 0.

// Han, Kana, Thai, Lao, Khmer and Burmese are written without blanks.
bool IsUnspaced(char32_t c) {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) ||
         (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
         (c >= 0x1780 && c <= 0x17FF);
}

struct FoldedText {
  std::u32string letters = {};
  std::vector<int64_t> begins = {};   // [letters + 1] in bytes.
  std::vector<uint64_t> hashes = {};  // [letters + 1] of the letters before.
};

FoldedText Fold(std::string_view text) {
  FoldedText folded;
  folded.hashes.push_back(0);
  for (size_t at = 0; at < text.size();) {
    folded.begins.push_back(static_cast<int64_t>(at));
    const char32_t letter = FoldCase(NextCodePoint(text, at));
    folded.letters.push_back(letter);
    folded.hashes.push_back((folded.hashes.back() + letter + 1) * kBase);
  }
  folded.begins.push_back(static_cast<int64_t>(text.size()));
  return folded;
}

// Whether a word may begin or end before `place`.
bool IsEdge(const std::u32string& letters, size_t place) {
  if (place == 0 || place == letters.size()) return true;
  const auto in_word = [](char32_t c) {
    const CharClass kind = CharClasses()[c];
    return (kind == CharClass::kLetter || kind == CharClass::kNumber) && !IsUnspaced(c);
  };
  return !in_word(letters[place - 1]) || !in_word(letters[place]);
}

struct Value {
  std::u32string letters = {};
  uint64_t hash = 0;
  std::string_view type = {};
};

class ValueSet {
 public:
  explicit ValueSet(std::span<const SearchedMessage> messages) {
    for (const SearchedMessage& message : messages) {
      for (const RemovedSpan& span : message.removed) Add(message.raw, span);
    }
    for (auto& [head, lengths] : lengths_) {
      std::ranges::sort(lengths);
      lengths.erase(std::ranges::unique(lengths).begin(), lengths.end());
    }
    powers_.resize(longest_ + 1, 1);
    for (size_t i = 1; i < powers_.size(); ++i) powers_[i] = powers_[i - 1] * kBase;
  }

  int64_t size() const { return count_; }

  /// The longest value that stands in `text` at `place` as a whole word, or null.
  const Value* At(const FoldedText& text, size_t place) const {
    const std::u32string_view rest = std::u32string_view(text.letters).substr(place);
    if (rest.size() < kLeast) return nullptr;
    const auto lengths = lengths_.find(std::u32string(rest.substr(0, kLeast)));
    if (lengths == lengths_.end() || !IsEdge(text.letters, place)) return nullptr;
    const Value* found = nullptr;
    for (const size_t length : lengths->second) {
      if (length > rest.size()) break;
      if (!IsEdge(text.letters, place + length)) continue;
      const uint64_t hash = text.hashes[place + length] - text.hashes[place] * powers_[length];
      if (const Value* value = Find(hash, rest.substr(0, length))) found = value;
    }
    return found;
  }

 private:
  void Add(std::string_view raw, const RemovedSpan& span) {
    FoldedText folded = Fold(
        raw.substr(static_cast<size_t>(span.begin), static_cast<size_t>(span.end - span.begin)));
    const size_t length = folded.letters.size();
    const uint64_t hash = folded.hashes.back();
    if (length < kLeast || Find(hash, folded.letters) != nullptr) return;
    lengths_[folded.letters.substr(0, kLeast)].push_back(length);
    longest_ = std::max(longest_, length);
    by_hash_[hash].push_back({std::move(folded.letters), hash, span.type});
    ++count_;
  }

  const Value* Find(uint64_t hash, std::u32string_view letters) const {
    const auto alike = by_hash_.find(hash);
    if (alike == by_hash_.end()) return nullptr;
    const auto same = std::ranges::find(alike->second, letters, &Value::letters);
    return same == alike->second.end() ? nullptr : &*same;
  }

  std::unordered_map<uint64_t, std::vector<Value>> by_hash_;
  std::unordered_map<std::u32string, std::vector<size_t>> lengths_;  // By the first letters.
  std::vector<uint64_t> powers_;
  size_t longest_ = 0;
  int64_t count_ = 0;
};

// Where the tags stand in the released text, and how its offsets map back.
EditMap TagsOf(const SearchedMessage& message) {
  std::vector<Edit> edits;
  for (const RemovedSpan& span : message.removed) {
    edits.push_back({span.begin, span.end, std::string(span.tag)});
  }
  return EditMap(std::move(edits));
}

bool IsKept(const SearchedMessage& message, Span raw) {
  return std::ranges::any_of(message.kept, [&](const Span& kept) {
    return kept.begin <= raw.begin && raw.end <= kept.end;
  });
}

// Goes on behind what was found, so that a value within another counts once.
void SearchMessage(const SearchedMessage& message, int64_t number, const ValueSet& values,
                   SecondSearch& search) {
  const FoldedText text = Fold(message.released);
  const EditMap map = TagsOf(message);
  std::vector<Span> tags;
  for (const Edit& edit : map.edits()) tags.push_back(map.ToEdited(Span{edit.begin, edit.end}));
  size_t tag = 0;
  for (size_t place = 0; place < text.letters.size();) {
    const Value* value = values.At(text, place);
    if (value == nullptr) {
      ++place;
      continue;
    }
    const size_t end = place + value->letters.size();
    const Span found{text.begins[place], text.begins[end]};
    while (tag < tags.size() && tags[tag].end <= found.begin) ++tag;
    if (tag < tags.size() && tags[tag].begin < found.end) {
      ++place;
      continue;
    }
    place = end;
    if (IsKept(message, map.ToOriginal(found))) {
      ++search.kept;
    } else if (search.leftovers++ == 0) {
      search.first = Leftover{std::string(value->type), number, found};
    }
  }
}

}  // namespace

SecondSearch SearchAgain(std::span<const SearchedMessage> messages) {
  SecondSearch search;
  const ValueSet values(messages);
  search.values = values.size();
  if (search.values == 0) return search;
  for (size_t i = 0; i < messages.size(); ++i) {
    SearchMessage(messages[i], static_cast<int64_t>(i), values, search);
  }
  return search;
}

Result<SecondSearch> SearchBeforeRelease(const RawConversation& raw, const Redaction& redaction,
                                         const Place& place) {
  std::vector<SearchedMessage> messages(raw.messages.size());
  for (size_t i = 0; i < messages.size(); ++i) {
    messages[i].raw = raw.messages[i].content;
    messages[i].released = redaction.released->messages()[i].content;
    for (const TaggedSpan& span : redaction.spans[i]) {
      messages[i].removed.push_back({span.begin, span.end, span.type, span.tag});
    }
    if (i < redaction.kept.size()) messages[i].kept = redaction.kept[i];
  }
  SecondSearch search = SearchAgain(messages);
  if (!search.first) return search;
  const Leftover& left = *search.first;
  return Fail(
      Code::kLeak,
      fmt::format("a value that was replaced as {} in this conversation still stands in its "
                  "message {} (from 0) as it would be released, at bytes {} to {}, and no "
                  "rule keeps it; nothing was released. This is a fault of the redactor: "
                  "please report it, and meanwhile name it in [names] deny or drop the "
                  "conversation",
                  left.type, left.message, left.span.begin, left.span.end),
      place);
}

}  // namespace parley
