// A form is cut into literal parts and runs. One literal is what the engine looks for; from
// there the parts before it are read backwards and those behind it forwards, each run as long as it
// may be. What goes on beyond a run's greatest length is something else.

#include "stages/redact/detectors/secret_formats.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "stages/redact/letters.h"

namespace parley {
namespace {

constexpr size_t kUnbounded = 4096;  // Longest run of "<n+…>", so that a look stays cheap.
constexpr size_t kFollowing = 8;     // Characters behind the literal that the pattern takes in.

bool Belongs(char c, char what) {
  switch (what) {
    case 'd':
      return IsDigit(c);
    case 'h':
      return IsDigit(c) || (c >= 'a' && c <= 'f');
    case 'H':
      return IsHexDigit(c);
    case 'a':
      return IsDigit(c) || (c >= 'a' && c <= 'z');
    case 'A':
      return IsDigit(c) || (c >= 'A' && c <= 'Z');
    case 'u':
      return (c >= '2' && c <= '7') || (c >= 'A' && c <= 'Z');
    case 'w':
      return IsAsciiWord(c);
    case 'b':
      return IsAsciiWord(c) || c == '_' || c == '-';
    case 't':
      return IsAsciiWord(c) || std::string_view("_-.=~%").find(c) != std::string_view::npos;
    case 'B':
      return IsAsciiWord(c) || c == '+' || c == '/' || c == '=';
    case 'c':
      return IsAsciiWord(c) || c == '.' || c == '/';
    default:
      return IsHexDigit(c) || c == '-';
  }
}

std::string_view ClassOf(char what) {
  switch (what) {
    case 'd':
      return "[0-9]";
    case 'h':
      return "[0-9a-f]";
    case 'H':
      return "[0-9A-Fa-f]";
    case 'a':
      return "[0-9a-z]";
    case 'A':
      return "[0-9A-Z]";
    case 'u':
      return "[2-7A-Z]";
    case 'w':
      return "[0-9A-Za-z]";
    case 'b':
      return "[0-9A-Za-z_\\-]";
    case 't':
      return "[0-9A-Za-z_\\-.=~%]";
    case 'B':
      return "[0-9A-Za-z+/=]";
    case 'c':
      return "[0-9A-Za-z./]";
    default:
      return "[0-9A-Fa-f\\-]";
  }
}

std::string Escaped(std::string_view literal) {
  std::string escaped;
  for (const char c : literal) {
    if (!IsAsciiWord(c)) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// The least entropy that random characters of this kind practically always have, with room below.
double LeastBits(char what) {
  if (what == 'd' || what == 'x') return 0;
  return what == 'h' || what == 'H' ? 2.4 : 2.9;
}

// Whether six characters in a row count up, as in "abcdef" or "123456".
bool CountsUp(std::string_view text) {
  size_t row = 1;
  for (size_t i = 1; i < text.size(); ++i) {
    row = text[i] == text[i - 1] + 1 ? row + 1 : 1;
    if (row >= 6) return true;
  }
  return false;
}

bool RepeatsOne(std::string_view text) {
  size_t row = 1;
  for (size_t i = 1; i < text.size(); ++i) {
    row = text[i] == text[i - 1] ? row + 1 : 1;
    if (row >= 6) return true;
  }
  return false;
}

}  // namespace

double BitsPerByte(std::string_view text) {
  std::array<int, 256> counts{};
  for (const char c : text) ++counts[static_cast<uint8_t>(c)];
  double bits = 0;
  for (const int count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / static_cast<double>(text.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

bool IsPlaceholderSecret(std::string_view secret) {
  for (size_t at = 0; at < secret.size(); ++at) {
    for (const std::string_view word :
         {"example", "your", "placeholder", "replace", "insert", "changeme", "redacted", "dummy",
          "xxxx", "sample", "****"}) {
      if (HasWordAt(secret, at, word)) return true;
    }
  }
  return CountsUp(secret) || RepeatsOne(secret);
}

SecretMatcher::SecretMatcher() {
  for (const SecretFormat& format : SecretFormats()) formats_.push_back(Compile(format.form));
}

SecretMatcher::Compiled SecretMatcher::Compile(std::string_view form) {
  Compiled compiled;
  const auto number = [&](size_t& at) {
    size_t value = 0;
    while (IsDigit(form[at])) value = value * 10 + static_cast<size_t>(form[at++] - '0');
    return value;
  };
  for (size_t at = 0; at < form.size();) {
    Part part;
    if (form[at] != '<') {
      const size_t end = std::min(form.find('<', at), form.size());
      part.literal = form.substr(at, end - at);
      at = end;
    } else {
      part.min = part.max = number(++at);
      if (form[at] == '-') part.max = number(++at);
      if (form[at] == '+') {
        part.max = kUnbounded;
        ++at;
      }
      part.what = form[at];
      at += 2;  // And the bracket.
    }
    compiled.parts.push_back(part);
  }
  constexpr size_t kSelective = 3;  // A literal in front of so many bytes will do.
  for (size_t i = 0; i < compiled.parts.size(); ++i) {
    if (compiled.parts[compiled.anchor].literal.size() >= kSelective) break;
    if (compiled.parts[i].literal.size() > compiled.parts[compiled.anchor].literal.size())
      compiled.anchor = i;
  }
  if (compiled.anchor + 1 < compiled.parts.size())
    compiled.following = std::min(compiled.parts[compiled.anchor + 1].min, kFollowing);
  return compiled;
}

std::string SecretMatcher::Pattern(size_t format) const {
  const Compiled& compiled = formats_[format];
  std::string pattern;
  if (compiled.anchor == 0) pattern = "(?:^|[^0-9A-Za-z_])";
  pattern += Escaped(compiled.parts[compiled.anchor].literal);
  if (compiled.following == 0) return pattern;
  const Part& next = compiled.parts[compiled.anchor + 1];
  return pattern.append(ClassOf(next.what)) + "{" + std::to_string(compiled.following) + "}";
}

std::optional<PiiSpan> SecretMatcher::Match(std::string_view text, size_t format,
                                            size_t end) const {
  const Compiled& compiled = formats_[format];
  const size_t anchor_end = end - compiled.following;
  size_t begin = anchor_end - compiled.parts[compiled.anchor].literal.size();
  std::string body;  // What is not literal.
  double least_bits = 0;
  for (size_t i = compiled.anchor; i-- > 0;) {
    const Part& part = compiled.parts[i];
    if (part.literal.empty()) {
      size_t size = 0;
      while (size < part.max && size < begin && Belongs(text[begin - size - 1], part.what)) ++size;
      if (size < part.min) return std::nullopt;
      begin -= size;
      body.insert(0, text.substr(begin, size));
      least_bits = std::max(least_bits, LeastBits(part.what));
    } else {
      if (!text.substr(0, begin).ends_with(part.literal)) return std::nullopt;
      begin -= part.literal.size();
    }
  }
  size_t at = anchor_end;
  for (size_t i = compiled.anchor + 1; i < compiled.parts.size(); ++i) {
    const Part& part = compiled.parts[i];
    if (part.literal.empty()) {
      const bool last = i + 1 == compiled.parts.size();
      size_t size = 0;
      while (size < part.max && at + size < text.size() && Belongs(text[at + size], part.what))
        ++size;
      if (last && size == part.max && at + size < text.size() &&
          Belongs(text[at + size], part.what) && text[at + size] != '-' && text[at + size] != '=')
        return std::nullopt;
      while (last && size > part.min && text[at + size - 1] == '.') --size;  // A sentence's.
      if (size < part.min) return std::nullopt;
      body.append(text.substr(at, size));
      at += size;
      least_bits = std::max(least_bits, LeastBits(part.what));
    } else {
      if (!text.substr(at).starts_with(part.literal)) return std::nullopt;
      at += part.literal.size();
    }
  }
  if (begin > 0 && (IsAsciiWord(text[begin - 1]) || text[begin - 1] == '_')) return std::nullopt;
  if (at < text.size() && IsAsciiWord(text[at])) return std::nullopt;
  const bool reserved =
      IsPlaceholderSecret(body) || (body.size() >= 16 && BitsPerByte(body) < least_bits);
  return PiiSpan{.type = "KEY",
                 .begin = static_cast<int64_t>(begin),
                 .end = static_cast<int64_t>(at),
                 .score = 0.95,
                 .value = std::string(text.substr(begin, at - begin)),
                 .reserved = reserved};
}

}  // namespace parley
