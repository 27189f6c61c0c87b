// An address is found from its at sign outwards.
//
// To the left runs the local part: letters, digits and ._%+-, which is narrower than RFC 5321
// (section 4.1.2) allows and is what people have; other marks there are nearly always syntax around
// the address. To the right run the labels of a domain, of which the longest row is taken that ends
// in something a top-level domain can be. What no rule forbids is an address: a leak is worse than
// a false alarm.

#include "stages/redact/email.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "stages/redact/letters.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr size_t kMaxLocalBytes = 256;
constexpr size_t kMaxDomainBytes = 253;

bool IsLocalMark(char c) { return c == '.' || c == '_' || c == '%' || c == '+' || c == '-'; }

// Whether a letter of kind `next` may stand in a word that has letters of kind `word` so far.
bool Joins(Letter word, Letter next) { return word == Letter::kNone || word == next; }

// Whether the letter at `at` stands alone before a quote and says what kind of string follows.
bool IsStringPrefix(std::string_view text, size_t at) {
  const bool alone = at == 0 || !(IsAsciiWord(text[at - 1]) || text[at - 1] == '.');
  return alone && std::string_view("frbuFRBU").find(text[at]) != std::string_view::npos;
}

// Where the run of local-part characters that ends at `end` begins.
size_t LocalBegin(std::string_view text, size_t end) {
  const size_t limit = end > kMaxLocalBytes ? end - kMaxLocalBytes : 0;
  size_t begin = end;
  Letter word = Letter::kNone;
  while (begin > limit) {
    const char c = text[begin - 1];
    if (IsAscii(c)) {
      if (IsLocalMark(c) || IsDigit(c)) {
        --begin;
        continue;
      }
      // "o'brien@…", but not the quotes of 'mary@…' and f'mary@…'.
      // "mary\\_smith@…": Markdown's way to write an underscore.
      if (c == '\\' && begin < end && text[begin] == '_') {
        --begin;
        continue;
      }
      const bool inner_quote = c == '\'' && begin < end && begin - 1 > limit &&
                               IsAsciiLetter(text[begin]) && IsAsciiLetter(text[begin - 2]) &&
                               !IsStringPrefix(text, begin - 2);
      if (!IsAsciiLetter(c) && !inner_quote) break;
      if (!inner_quote && !Joins(word, Letter::kSpaced)) break;
      if (!inner_quote) word = Letter::kSpaced;
      --begin;
      continue;
    }
    size_t letter_begin = 0;
    const Letter kind = LetterKind(CodePointBefore(text, begin, letter_begin));
    if (kind == Letter::kNone || !Joins(word, kind) || letter_begin < limit) break;
    word = kind;
    begin = letter_begin;
  }
  return begin;
}

// Takes off what an escape before the address has left on its front: "\nmary", "\u003cmary",
// "%3Amary", "=3Cmary"; then dots and hyphens.
size_t SkipEscapes(std::string_view text, size_t begin, size_t end) {
  const auto hex = [&](size_t at, size_t count) {
    for (size_t i = at; i < at + count; ++i) {
      if (i >= end || !IsHexDigit(text[i])) return false;
    }
    return true;
  };
  if (begin > 0 && begin < end && text[begin - 1] == '\\') {
    if (text[begin] == 'u' && hex(begin + 1, 4)) {
      begin += 5;
    } else if (text[begin] == 'x' && hex(begin + 1, 2)) {
      begin += 3;
    } else if (std::string_view("ntr").find(text[begin]) != std::string_view::npos) {
      begin += 1;
    }
  }
  if (begin > 0 && begin + 2 < end && text[begin - 1] == '=') {
    const std::string_view quoted = text.substr(begin, 2);
    if (quoted == "3C" || quoted == "3D" || quoted == "22") begin += 2;
  }
  for (size_t at = end; at-- > begin;) {  // "%3A", "%20", "%3D": behind the last of them.
    if (text[at] == '%' && at + 2 < end && hex(at + 1, 2) && text[at + 1] <= '3') {
      begin = at + 3;
      break;
    }
  }
  const size_t dots = text.substr(begin, end - begin).rfind("..");
  if (dots != std::string_view::npos) begin += dots + 2;
  while (begin < end &&
         (text[begin] == '.' || text[begin] == '\\' || text[begin] == '-' || text[begin] == '%'))
    ++begin;
  return begin;
}

struct Label {
  size_t begin = 0;
  size_t end = 0;
};

// The width of a label separator at `at`: a full stop or its full-width form; 0 if there is none.
size_t DotAt(std::string_view text, size_t at) {
  if (at < text.size() && text[at] == '.') return 1;
  if (text.substr(at, 3) == "．") return 3;
  return 0;
}

size_t LabelEnd(std::string_view text, size_t begin) {
  const size_t limit = std::min(text.size(), begin + 4 * 63);
  size_t at = begin;
  Letter word = Letter::kNone;
  while (at < limit) {
    const char c = text[at];
    if (IsDigit(c) || c == '-') {
      ++at;
      continue;
    }
    size_t next = at;
    const Letter kind = LetterKind(NextCodePoint(text, next));
    if (kind == Letter::kNone || !Joins(word, kind)) break;
    word = kind;
    at = next;
  }
  while (at > begin && text[at - 1] == '-') --at;
  return at;
}

std::vector<Label> Labels(std::string_view text, size_t begin) {
  std::vector<Label> labels;
  for (size_t at = begin; at - begin < kMaxDomainBytes;) {
    const size_t end = LabelEnd(text, at);
    if (end == at || text[at] == '-') break;
    labels.push_back({at, end});
    const size_t dot = DotAt(text, end);
    if (dot == 0) break;
    at = end + dot;
  }
  return labels;
}

// Endings of file names and of member names in code that are no top-level domains.
constexpr std::array<std::string_view, 58> kNoTopLevel = {
    "png",     "jpg",   "jpeg", "gif",    "svg",  "webp",   "bmp",   "ico",   "css",    "scss",
    "js",      "jsx",   "mjs",  "tsx",    "json", "jsonl",  "html",  "htm",   "xml",    "yml",
    "yaml",    "toml",  "txt",  "pdf",    "csv",  "tsv",    "doc",   "docx",  "xls",    "xlsx",
    "java",    "class", "jar",  "cpp",    "hpp",  "cfg",    "conf",  "ini",   "log",    "lock",
    "exe",     "dll",   "php",  "tar",    "gz",   "whl",    "wav",   "mp4",   "length", "shape",
    "reshape", "dtype", "dot",  "astype", "size", "values", "index", "append"};

// The endings that may be followed by "(" and still be an address.
constexpr std::array<std::string_view, 16> kCommonTopLevel = {
    "com", "org", "net", "edu", "gov", "de", "uk", "fr",
    "ru",  "cn",  "jp",  "br",  "in",  "es", "it", "eu"};

bool CanBeTopLevel(std::string_view text, const Label& label) {
  const std::string_view name = text.substr(label.begin, label.end - label.begin);
  if (HasWordAt(name, 0, "xn--")) return name.size() > 5;
  const bool ascii = IsAscii(name);
  if (!ascii) return CountCodePoints(name) >= 2 && !IsDigit(name.front());
  if (name.size() < 2 || name.size() > 24) return false;
  if (!std::ranges::all_of(name, IsAsciiLetter)) return false;
  return std::ranges::find(kNoTopLevel, LowerAscii(name)) == kNoTopLevel.end();
}

bool IsCommonTopLevel(std::string_view text, const Label& label) {
  const std::string name = LowerAscii(text.substr(label.begin, label.end - label.begin));
  return std::ranges::find(kCommonTopLevel, name) != kCommonTopLevel.end();
}

// How many labels make the domain; 0 if none can.
size_t DomainLabels(std::string_view text, const std::vector<Label>& labels) {
  size_t count = labels.size();
  while (count >= 2 && !CanBeTopLevel(text, labels[count - 1])) --count;
  if (count < 2) return 0;
  // "mary@web.de.Then": a sentence that begins without a space.
  const char first = text[labels[count - 1].begin];
  if (count >= 3 && first >= 'A' && first <= 'Z' && IsCommonTopLevel(text, labels[count - 2]) &&
      !IsCommonTopLevel(text, labels[count - 1]) &&
      ToLower(text[labels[count - 2].begin]) == text[labels[count - 2].begin])
    --count;
  return count;
}

/// RFC 2606 and RFC 6761: names that nobody can have.
bool IsReservedDomain(std::string_view domain) {
  const auto within = [&](std::string_view name) {
    return domain == name || (domain.size() > name.size() && domain.ends_with(name) &&
                              domain[domain.size() - name.size() - 1] == '.');
  };
  for (const std::string_view name :
       {"example.com", "example.org", "example.net", "example", "test", "invalid", "localhost"}) {
    if (within(name)) return true;
  }
  return false;
}

// "icon@2x.png" and "lodash@4.17.21" are caught by their ends; "git@host:path" is a way to fetch
// code, in which "git" is nobody.
bool IsTransportUser(std::string_view text, size_t begin, size_t at, size_t end) {
  const std::string_view local = text.substr(begin, at - begin);
  if (local != "git" && local != "hg" && local != "svn") return false;
  return end < text.size() && (text[end] == ':' || text[end] == '/');
}

double Score(std::string_view text, const Label& top, size_t end) {
  const bool called = end < text.size() && text[end] == '(';
  if (called && !IsCommonTopLevel(text, top)) return 0.2;  // A matrix product, a decorator.
  return 0.95;
}

// In lower case, without Markdown's backslashes.
std::string Plain(std::string_view local) {
  std::string plain = LowerAscii(local);
  std::erase(plain, '\\');
  return plain;
}

}  // namespace

std::optional<PiiSpan> EmailAt(std::string_view text, size_t at_begin, size_t at_end) {
  const size_t begin = SkipEscapes(text, LocalBegin(text, at_begin), at_begin);
  if (begin >= at_begin) return std::nullopt;
  const std::string_view local = text.substr(begin, at_begin - begin);
  if (local.back() == '.' || local.find_first_not_of("._%+-") == std::string_view::npos)
    return std::nullopt;
  const std::vector<Label> labels = Labels(text, at_end);
  const size_t count = DomainLabels(text, labels);
  if (count == 0) return std::nullopt;
  const size_t end = labels[count - 1].end;
  if (IsTransportUser(text, begin, at_begin, end)) return std::nullopt;
  const std::string domain = LowerAscii(text.substr(at_end, end - at_end));
  return PiiSpan{.type = "EMAIL",
                 .begin = static_cast<int64_t>(begin),
                 .end = static_cast<int64_t>(end),
                 .score = Score(text, labels[count - 1], end),
                 .value = Plain(local) + "@" + domain,
                 .reserved = IsReservedDomain(domain)};
}

namespace {

bool IsOpening(char c) { return c == '[' || c == '(' || c == '{' || c == '<'; }
bool IsClosing(char c) { return c == ']' || c == ')' || c == '}' || c == '>'; }

size_t SkipSpace(std::string_view text, size_t at) {
  return at < text.size() && text[at] == ' ' ? at + 1 : at;
}

// Where a spelled or plain full stop at `at` ends, with the spaces around it; `at` if there is
// none.
size_t SpelledDotEnd(std::string_view text, size_t at) {
  if (at + 1 < text.size() && text[at] == '.' && IsAsciiWord(text[at + 1])) return at + 1;
  size_t here = SkipSpace(text, at);
  const bool bracket = here < text.size() && IsOpening(text[here]);
  if (bracket) here = SkipSpace(text, here + 1);
  for (const std::string_view word : {"dot", "punkt", "punto", "ponto", "point"}) {
    if (!HasWordAt(text, here, word)) continue;
    size_t end = here + word.size();
    if (bracket) {
      end = SkipSpace(text, end);
      if (end >= text.size() || !IsClosing(text[end])) return at;
      return SkipSpace(text, end + 1);
    }
    const bool apart = here > at && end < text.size() && text[end] == ' ';
    return apart ? end + 1 : at;
  }
  return at;
}

struct SpelledDomain {
  std::string name;
  size_t end = 0;
  bool common = false;  // Its ending is a common one.
};

SpelledDomain SpelledDomainAt(std::string_view text, size_t begin) {
  SpelledDomain best;
  std::string name;
  int labels = 0;
  for (size_t at = begin; at - begin < kMaxDomainBytes;) {
    size_t end = at;
    while (end < text.size() && (IsAsciiWord(text[end]) || text[end] == '-')) ++end;
    if (end == at) break;
    const Label label{at, end};
    name += LowerAscii(text.substr(at, end - at));
    if (++labels > 1 && CanBeTopLevel(text, label))
      best = {name, end, IsCommonTopLevel(text, label)};
    at = SpelledDotEnd(text, end);
    if (at == end) break;
    name += '.';
  }
  return best;
}

// What comes before "at" when people say where to look.
bool IsNoLocalPart(std::string_view word) {
  static constexpr std::array<std::string_view, 24> kWords = {
      "look", "me",   "us",      "visit", "available", "found",   "arrived", "is",
      "are",  "be",   "it",      "here",  "more",      "online",  "site",    "website",
      "shop", "them", "located", "out",   "hosted",    "details", "you",     "information"};
  return std::ranges::find(kWords, LowerAscii(word)) != kWords.end();
}

}  // namespace

std::optional<PiiSpan> SpelledEmailBefore(std::string_view text, size_t end) {
  constexpr size_t kMaxAtBytes = 64;
  const bool bracket = IsClosing(text[end - 1]);
  // `at` becomes where the "at" or its bracket begins, `domain` where the host's name does.
  size_t at = end;
  size_t domain = end;
  if (bracket) {
    while (at > 0 && end - at < 6 && !IsOpening(text[at - 1])) --at;
    if (at == 0 || !IsOpening(text[at - 1])) return std::nullopt;
    --at;
    domain = SkipSpace(text, end);
  } else {
    while (at > 0 && end - at < kMaxAtBytes && !HasWordAt(text, at - 1, " at ")) --at;
    if (at == 0 || !HasWordAt(text, at - 1, " at ")) return std::nullopt;
    domain = at + 3;
  }
  size_t local_end = at;
  if (local_end > 0 && text[local_end - 1] == ' ') --local_end;
  const size_t local_begin = SkipEscapes(text, LocalBegin(text, local_end), local_end);
  if (local_begin >= local_end) return std::nullopt;
  const std::string_view local = text.substr(local_begin, local_end - local_begin);
  const SpelledDomain spelled = SpelledDomainAt(text, domain);
  if (spelled.name.empty()) return std::nullopt;
  if (!bracket && (!spelled.common || IsNoLocalPart(local))) return std::nullopt;
  return PiiSpan{.type = "EMAIL",
                 .begin = static_cast<int64_t>(local_begin),
                 .end = static_cast<int64_t>(spelled.end),
                 .score = bracket ? 0.85 : 0.6,
                 .value = Plain(local) + "@" + spelled.name,
                 .reserved = IsReservedDomain(spelled.name)};
}

}  // namespace parley
