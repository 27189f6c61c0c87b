#include "stages/redact/name_exceptions.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/utf8.h"

namespace parley {
namespace {

constexpr size_t kLongestCode = 3;

// "en" of "en:Ford"; empty where there is none.
std::string_view LanguageOf(std::string_view entry) {
  const size_t colon = entry.find(':');
  if (colon == std::string_view::npos || colon < 2 || colon > kLongestCode) return {};
  const std::string_view code = entry.substr(0, colon);
  const bool is_code = std::ranges::all_of(code, [](char c) { return c >= 'a' && c <= 'z'; });
  return is_code ? code : std::string_view();
}

std::string KeyOf(std::span<const NameWord> words) {
  std::string key;
  for (const NameWord& word : words) {
    if (!key.empty()) key += ' ';
    key += word.folded;
  }
  return key;
}

}  // namespace

Result<NameExceptions> NameExceptions::Create(const std::vector<std::string>& entries) {
  NameExceptions exceptions;
  for (size_t i = 0; i < entries.size(); ++i) {
    const std::string_view entry = entries[i];
    const std::string_view language = LanguageOf(entry);
    const std::vector<NameWord> words =
        NameWordsIn(language.empty() ? entry : entry.substr(language.size() + 1));
    if (words.empty()) return Invalid(fmt::format("entry {} holds no name", i + 1));
    const std::string key = KeyOf(words);
    const auto [held, is_new] = exceptions.entries_.try_emplace(key);
    if (language.empty()) {
      held->second.clear();
    } else if (is_new || !held->second.empty()) {
      held->second.emplace(language);
    }
    if (words.size() == 1 && IsUnspaced(words[0].script)) {
      exceptions.unspaced_sizes_.insert(static_cast<int64_t>(key.size()));
    }
    exceptions.most_words_ = std::max(exceptions.most_words_, words.size());
  }
  return exceptions;
}

bool NameExceptions::HoldsKey(std::string_view key, std::string_view language) const {
  const auto held = entries_.find(key);
  if (held == entries_.end()) return false;
  return held->second.empty() || held->second.contains(language);
}

bool NameExceptions::Holds(std::span<const NameWord> words, std::string_view language) const {
  return !empty() && words.size() <= most_words_ && HoldsKey(KeyOf(words), language);
}

std::vector<Span> NameExceptions::FindIn(std::span<const NameWord> words, std::string_view text,
                                         std::string_view language) const {
  std::vector<Span> found;
  for (size_t i = 0; !empty() && i < words.size();) {
    size_t taken = 0;
    for (size_t count = std::min(most_words_, words.size() - i); count > 0 && taken == 0; --count) {
      const Span span{words[i].begin, words[i + count - 1].end};
      const std::string_view covered =
          text.substr(static_cast<size_t>(span.begin), static_cast<size_t>(span.end - span.begin));
      if (covered.find('\n') != std::string_view::npos) continue;
      if (!HoldsKey(KeyOf(words.subspan(i, count)), language)) continue;
      found.push_back(span);
      taken = count;
    }
    // In a row of Han an entry may stand anywhere. Such letters fold to themselves.
    const NameWord& word = words[i];
    if (taken == 0 && IsUnspaced(word.script)) {
      const std::string_view row = word.folded;
      const bool plain = static_cast<int64_t>(row.size()) == word.end - word.begin;
      for (size_t at = 0; plain && at < row.size();) {
        size_t length = 0;
        for (const int64_t size : unspaced_sizes_) {
          const auto bytes = static_cast<size_t>(size);
          if (bytes <= row.size() - at && HoldsKey(row.substr(at, bytes), language)) length = bytes;
        }
        if (length > 0) {
          const int64_t begin = word.begin + static_cast<int64_t>(at);
          found.push_back({begin, begin + static_cast<int64_t>(length)});
          at += length;
        } else {
          NextCodePoint(row, at);
        }
      }
    }
    i += std::max<size_t>(taken, 1);
  }
  return found;
}

}  // namespace parley
