// spaCy's tokeniser on simplified text. What stands between spaces is a word, unless it is an
// exception ("dont" is "do", "nt"), or loses characters at its ends by the rules of prefixes and
// suffixes, again and again until an exception or a bare word is left; and that is parted at
// infixes. At the end the pieces of an exception that the affixes tore apart are put together
// again.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "duplicates/datatrove_chars.h"
#include "duplicates/datatrove_text.h"
#include "text/utf8.h"

namespace parley {
namespace {

struct ExceptionRow {
  std::string_view words;  // Parted by spaces.
  bool joins;
};

constexpr ExceptionRow kExceptions[] = {
#include "duplicates/datatrove_exceptions.inc"
};

constexpr std::string_view kUnits[] = {
#include "duplicates/datatrove_units.inc"
};

struct Exception {
  std::string text;
  std::vector<size_t> lengths;  // Of its words, in bytes.
};

const std::vector<Exception>& Exceptions() {
  static const std::vector<Exception> sorted = [] {
    std::vector<Exception> exceptions;
    for (const ExceptionRow& row : kExceptions) {
      Exception& exception = exceptions.emplace_back();
      for (size_t at = 0; at < row.words.size();) {
        const size_t end = std::min(row.words.find(' ', at), row.words.size());
        exception.text += row.words.substr(at, end - at);
        exception.lengths.push_back(end - at);
        at = end + 1;
      }
    }
    std::ranges::sort(exceptions, {}, &Exception::text);
    return exceptions;
  }();
  return sorted;
}

const Exception* FindException(std::string_view text) {
  constexpr size_t kLongest = 16;  // In bytes; the test of the tables holds it.
  if (text.empty() || text.size() > kLongest) return nullptr;
  const auto found = std::ranges::lower_bound(Exceptions(), text, {}, &Exception::text);
  return found != Exceptions().end() && found->text == text ? &*found : nullptr;
}

uint16_t FlagsAt(std::string_view text, size_t at) {
  return DatatroveChars::Get()[NextCodePoint(text, at)];
}

// Where the last code point begins.
size_t LastBegin(std::string_view text) {
  size_t at = text.size() - 1;
  while (IsContinuationByte(text[at])) --at;
  return at;
}

size_t PrefixLength(std::string_view text) {
  size_t at = 0;
  return DatatroveChars::Get()[NextCodePoint(text, at)] & DatatroveChars::kPrefix ? at : 0;
}

// The longest suffix; spaCy takes the rule that begins first.
size_t SuffixLength(std::string_view text) {
  if (text.empty()) return 0;
  for (const std::string_view unit : kUnits) {
    if (text.size() > unit.size() && text.ends_with(unit) &&
        text[text.size() - unit.size() - 1] == '0') {
      return unit.size();
    }
  }
  const size_t last = LastBegin(text);
  const uint16_t flags = FlagsAt(text, last);
  const bool behind_digit = last > 0 && text[last - 1] == '0';
  const bool is_suffix =
      (flags & DatatroveChars::kSuffix) || (behind_digit && (flags & DatatroveChars::kCurrency));
  return is_suffix ? text.size() - last : 0;
}

// Whether the character [begin, end) of `text` is an infix.
bool IsInfix(std::string_view text, size_t begin, size_t end) {
  const uint16_t flags = FlagsAt(text, begin);
  if (flags & DatatroveChars::kInfix) return true;
  if (!(flags & DatatroveChars::kInfixInWord) || begin == 0 || end == text.size()) return false;
  const std::string_view before = text.substr(0, begin);
  return (before.back() == '0' || (FlagsAt(before, LastBegin(before)) & DatatroveChars::kAlpha)) &&
         (FlagsAt(text, end) & DatatroveChars::kAlpha);
}

void AppendException(std::string_view text, const Exception& exception,
                     std::vector<std::string_view>& words) {
  size_t at = 0;
  for (const size_t length : exception.lengths) {
    words.push_back(text.substr(at, length));
    at += length;
  }
}

void AppendBetweenInfixes(std::string_view text, std::vector<std::string_view>& words) {
  size_t start = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    (void)NextCodePoint(text, at);
    if (begin == 0 || !IsInfix(text, begin, at)) continue;
    if (begin > start) words.push_back(text.substr(start, begin - start));
    words.push_back(text.substr(begin, at - begin));
    start = at;
  }
  if (start < text.size()) words.push_back(text.substr(start));
}

// `chunk` holds no space and is not empty.
void AppendWords(std::string_view chunk, std::vector<std::string_view>& words) {
  std::vector<std::string_view> suffixes;
  while (!chunk.empty() && FindException(chunk) == nullptr) {
    const size_t prefix = PrefixLength(chunk);
    if (prefix > 0 && FindException(chunk.substr(prefix)) != nullptr) {
      words.push_back(chunk.substr(0, prefix));
      chunk.remove_prefix(prefix);
      break;
    }
    const size_t suffix = SuffixLength(chunk.substr(prefix));
    if (prefix + suffix == 0) break;
    if (suffix > 0 && FindException(chunk.substr(0, chunk.size() - suffix)) != nullptr) {
      suffixes.push_back(chunk.substr(chunk.size() - suffix));
      chunk.remove_suffix(suffix);
      break;
    }
    if (prefix > 0) words.push_back(chunk.substr(0, prefix));
    if (suffix > 0) suffixes.push_back(chunk.substr(chunk.size() - suffix));
    chunk = chunk.substr(prefix, chunk.size() - prefix - suffix);
  }
  if (const Exception* exception = FindException(chunk)) {
    AppendException(chunk, *exception, words);
  } else {
    AppendBetweenInfixes(chunk, words);
  }
  words.insert(words.end(), suffixes.rbegin(), suffixes.rend());
}

// The end of the words from `begin` on that stand for `text` without a gap; `begin` if they do not.
size_t EndOfPieces(const std::vector<std::string_view>& words, size_t begin,
                   std::string_view text) {
  size_t length = 0;
  size_t i = begin;
  for (; i < words.size() && length < text.size(); ++i) {
    const bool adjoins = words[i].data() == words[begin].data() + length;
    if (!adjoins || !text.substr(length).starts_with(words[i])) return begin;
    length += words[i].size();
  }
  return length == text.size() ? i : begin;
}

// All exceptions of this kind are one word.
void JoinTornExceptions(std::vector<std::string_view>& words) {
  size_t kept = 0;
  for (size_t i = 0; i < words.size();) {
    size_t end = i + 1;
    for (const ExceptionRow& row : kExceptions) {
      if (row.joins) end = std::max(end, EndOfPieces(words, i, row.words));
    }
    words[kept++] = {words[i].data(), words[end - 1].data() + words[end - 1].size()};
    i = end;
  }
  words.resize(kept);
}

}  // namespace

std::vector<std::string_view> WordsLikeDatatrove(std::string_view simplified) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at < simplified.size();) {
    const size_t end = std::min(simplified.find(' ', at), simplified.size());
    if (end > at) AppendWords(simplified.substr(at, end - at), words);
    at = end + 1;
  }
  if (!IsAscii(simplified) || simplified.find('<') != std::string_view::npos) {
    JoinTornExceptions(words);
  }
  return words;
}

}  // namespace parley
