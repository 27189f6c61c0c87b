#include "stages/redact/detectors/secret_assignment.h"

#include <algorithm>
#include <array>
#include <string>

#include "stages/redact/detectors/secret_formats.h"
#include "stages/redact/letters.h"

namespace parley {
namespace {

constexpr size_t kMaxValueBytes = 256;
constexpr size_t kMaxBlockBytes = 16 << 10;

bool IsQuote(char c) { return c == '"' || c == '\'' || c == '`'; }

struct Value {
  size_t begin = 0;
  size_t end = 0;
  bool quoted = false;
};

// What stands behind the equals sign or colon.
std::optional<Value> ValueAt(std::string_view text, size_t at) {
  const size_t limit = std::min(text.size(), at + kMaxValueBytes);
  while (at < limit && (text[at] == ' ' || text[at] == '\t' || text[at] == '>' || text[at] == '='))
    ++at;
  while (at < limit && text[at] == '*') ++at;  // "**Password:** x"
  while (at < limit && text[at] == ' ') ++at;
  if (at >= limit) return std::nullopt;
  Value value{.begin = at};
  if (text[at] == '\\' && at + 1 < limit) ++at;  // "\"", inside a string.
  if (IsQuote(text[at])) {
    value.quoted = true;
    value.begin = at + 1;
    value.end = text.find(text[at], at + 1);
    if (value.end == std::string_view::npos || value.end > limit) return std::nullopt;
    if (value.end > value.begin && text[value.end - 1] == '\\') --value.end;
    return value;
  }
  while (at < limit && static_cast<uint8_t>(text[at]) > ' ' && IsAscii(text[at]) &&
         !IsQuote(text[at]) && std::string_view(",;<>|\\").find(text[at]) == std::string_view::npos)
    ++at;
  while (at > value.begin &&
         std::string_view(".:)]}*").find(text[at - 1]) != std::string_view::npos)
    --at;
  value.end = at;
  return value;
}

// "os.environ", "get_password()", "${PASS}", "request.form['x']", "%s", "&str".
bool IsCode(std::string_view value, bool quoted) {
  if (value.find_first_of("{}<>") != std::string_view::npos || value.starts_with('$') ||
      value.starts_with('%') || value.starts_with("@"))
    return true;
  if (quoted) return value.find(' ') != std::string_view::npos;
  if (value.find_first_of("()[]") != std::string_view::npos || value.starts_with('&')) return true;
  // Names with full stops between them, or one name with underscores.
  const bool digit = std::ranges::any_of(value, IsDigit);
  return !digit && std::ranges::all_of(value, [](char c) {
    return IsAsciiLetter(c) || c == '.' || c == '_' || c == '-' || c == '/' || c == ':';
  });
}

bool IsEverybodys(std::string_view value) {
  static constexpr std::array<std::string_view, 12> kWords = {
      "password", "passwd",  "secret",   "admin",    "test",    "qwerty",
      "letmein",  "hunter2", "p@ssw0rd", "pa$$w0rd", "pass123", "mypass"};
  for (size_t at = 0; at < value.size(); ++at) {
    for (const std::string_view word : kWords) {
      if (HasWordAt(value, at, word)) return true;
    }
  }
  return false;
}

double PasswordScore(std::string_view value) {
  constexpr size_t kMinBytes = 6;
  const bool letters = std::ranges::any_of(value, IsAsciiLetter);
  const bool digits = std::ranges::any_of(value, IsDigit);
  const bool marks = value.find_first_of("!@#$%^&*?~+=") != std::string_view::npos;
  if (value.size() < kMinBytes) return 0.2;
  if (letters && (digits || marks)) return 0.7;
  return digits && !letters && value.find_first_of(".:/") == std::string_view::npos ? 0.5 : 0.25;
}

double KeyScore(std::string_view value) {
  constexpr size_t kMinBytes = 16;
  constexpr size_t kMinShortBytes = 8;
  const bool letters = std::ranges::any_of(value, IsAsciiLetter);
  const bool digits = std::ranges::any_of(value, IsDigit);
  const bool plain = std::ranges::all_of(value, [](char c) {
    return IsAsciiWord(c) || std::string_view("_-./+=~:%").find(c) != std::string_view::npos;
  });
  if (!plain || !letters || !digits || value.size() < kMinShortBytes) return 0;
  if (value.find("://") != std::string_view::npos || value.starts_with('/')) return 0;
  if (value.size() < kMinBytes) return 0.35;
  return BitsPerByte(value) >= 3.0 ? 0.75 : 0.3;
}

}  // namespace

std::string_view SecretWordPattern(SecretWord word) {
  switch (word) {
    case SecretWord::kPassword:
      return R"((?:passw(?:or)?d|passwort|passphrase|passcode|[^a-z]pwd|[^a-z]psw|contrase(?:ñ|n)a|senha)"
             R"(|mot de passe|wachtwoord|has(?:ł|l)o|şifre|(?:п|П)ароль|密码|密碼|口令|パスワード|비밀번호))"
             R"(["'`\]*]{0,3}[ \t]{0,3}(?:[:=]|：| is[ :]|は|是))";
    case SecretWord::kKey:
      return R"((?:api[_\- ]?key|secret|token|(?:access|private|auth|encryption|signing|account)"
             R"(|master|license|licence|service|storage|subscription)[_\- ]?key|credential))"
             R"([_\-a-z]{0,16}["'`\]*]{0,3}[ \t]{0,3}(?:[:=]|：| is[ :]))";
    case SecretWord::kAuthorization:
      return R"((?:^|[^a-z])(?:bearer|basic) )";
  }
  return {};
}

std::optional<PiiSpan> SecretBehind(std::string_view text, size_t end, SecretWord word) {
  const auto at = ValueAt(text, end);
  if (!at || at->end <= at->begin) return std::nullopt;
  const std::string_view value = text.substr(at->begin, at->end - at->begin);
  if (value.size() < 4 || IsCode(value, at->quoted)) return std::nullopt;
  if (!at->quoted && at->end < text.size() && (text[at->end] == '(' || text[at->end] == '['))
    return std::nullopt;
  const double score = word == SecretWord::kPassword ? PasswordScore(value) : KeyScore(value);
  if (score == 0 || (word == SecretWord::kAuthorization && score < 0.5)) return std::nullopt;
  const bool everybodys = word == SecretWord::kPassword && IsEverybodys(value);
  // A password that counts up is weak, but somebody's.
  const bool placeholder = IsPlaceholderSecret(value) &&
                           !(word == SecretWord::kPassword && std::ranges::all_of(value, IsDigit));
  return PiiSpan{.type = "KEY",
                 .begin = static_cast<int64_t>(at->begin),
                 .end = static_cast<int64_t>(at->end),
                 .score = score,
                 .value = std::string(value),
                 .reserved = everybodys || placeholder};
}

std::optional<PiiSpan> PrivateKeyAt(std::string_view text, size_t end) {
  constexpr size_t kMaxTitleBytes = 48;
  constexpr std::string_view kRule = "-----";
  const size_t title = text.substr(0, end).rfind("-----BEGIN ");
  if (title == std::string_view::npos || end - title > kMaxTitleBytes) return std::nullopt;
  const std::string_view block = text.substr(title, kMaxBlockBytes);
  const size_t body = block.find(kRule, end - title);
  if (body == std::string_view::npos || body > end - title + 8) return std::nullopt;
  size_t stop = block.find("-----END", body);
  if (stop != std::string_view::npos) {
    const size_t last = block.find("-----", stop + 8);
    stop = last == std::string_view::npos ? stop + 8 : last + kRule.size();
  } else {
    stop = body + kRule.size();
    while (stop < block.size() &&
           (IsAsciiWord(block[stop]) ||
            std::string_view("+/=\\\r\n").find(block[stop]) != std::string_view::npos))
      ++stop;
  }
  constexpr size_t kMinBodyBytes = 40;
  const std::string_view whole = block.substr(0, stop);
  const bool empty = stop - body < kMinBodyBytes || whole.find("...") != std::string_view::npos;
  while (stop > 0 && (block[stop - 1] == '\n' || block[stop - 1] == '\r')) --stop;
  return PiiSpan{.type = "KEY",
                 .begin = static_cast<int64_t>(title),
                 .end = static_cast<int64_t>(title + stop),
                 .score = 0.95,
                 .value = std::string(block.substr(0, stop)),
                 .reserved = empty};
}

}  // namespace parley
