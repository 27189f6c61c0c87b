// RFC 3986, section 3, read loosely: people paste URLs with unescaped marks in their passwords, so
// the user part ends at the last at sign before the path, and where a "port" is no number the at
// sign is looked for behind the next slash as well.

#include "stages/redact/url_credentials.h"

#include <algorithm>
#include <array>
#include <string>

#include "stages/redact/letters.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr size_t kMaxUrlBytes = 8192;

// The length of a placeholder such as "<token>" at `at`; 0 if it is something else.
size_t PlaceholderSize(std::string_view text, size_t at) {
  size_t end = at + 1;
  while (end < text.size() && end - at < 40 &&
         (IsAsciiWord(text[end]) || text[end] == '_' || text[end] == '-'))
    ++end;
  return end < text.size() && text[end] == '>' && end > at + 1 ? end + 1 - at : 0;
}

// Where the URL ends whose scheme begins at `scheme` and whose host begins at `begin`.
size_t UrlEnd(std::string_view text, size_t scheme, size_t begin) {
  const char quote = scheme > 0 && text[scheme - 1] == '\'' ? '\'' : '"';
  const size_t limit = std::min(text.size(), begin + kMaxUrlBytes);
  size_t at = begin;
  int open = 0;
  while (at < limit) {
    const char c = text[at];
    if (!IsAscii(c)) {
      size_t next = at;
      const Letter kind = LetterKind(NextCodePoint(text, next));
      if (kind == Letter::kNone || kind == Letter::kUnspaced) break;
      at = next;
      continue;
    }
    if (c == '<') {
      const size_t size = PlaceholderSize(text, at);
      if (size == 0 || std::string_view(":=@/").find(text[at - 1]) == std::string_view::npos) break;
      at += size;
      continue;
    }
    if (c <= ' ' || c == quote ||
        std::string_view("\"`|\\^>\x7F").find(c) != std::string_view::npos)
      break;
    if (c == '(' || c == '[') ++open;
    if ((c == ')' || c == ']') && --open < 0) break;
    ++at;
  }
  while (at > begin && std::string_view(".,;:!?'*_").find(text[at - 1]) != std::string_view::npos)
    --at;
  return at;
}

bool ContainsAny(std::string_view text, std::string_view marks) {
  return text.find_first_of(marks) != std::string_view::npos;
}

/// "<password>", "${PASS}", "****", "xxxx", "YOUR_TOKEN", "...".
bool IsPlaceholder(std::string_view secret) {
  if (ContainsAny(secret, "<>{}[]") || secret.starts_with('$')) return true;
  const std::string lower = LowerAscii(secret);
  for (const std::string_view begin : {"your", "my_", "my-", "insert", "some", "%s", "..."}) {
    if (lower.starts_with(begin)) return true;
  }
  for (const std::string_view part : {"token", "api_key", "apikey", "api-key", "placeholder"}) {
    if (lower == part) return true;
  }
  return lower.find_first_not_of("*x.") == std::string::npos ||
         (lower.size() > 3 &&
          secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string_view::npos);
}

bool IsEverybodysPassword(std::string_view secret) {
  static constexpr std::array<std::string_view, 9> kWords = {
      "pass", "pwd", "secret", "example", "test", "admin", "root", "postgres", "guest"};
  const std::string lower = LowerAscii(secret);
  return lower.find("password") != std::string::npos || lower.find("passwd") != std::string::npos ||
         std::ranges::find(kWords, lower) != kWords.end();
}

bool IsNobodysHost(std::string_view host) {
  const std::string lower = LowerAscii(host.substr(0, host.find(':')));
  if (lower.find('.') == std::string::npos) return true;
  for (const std::string_view name : {"example.com", "example.org", "example.net"}) {
    if (lower == name || lower.ends_with(std::string(".").append(name))) return true;
  }
  return lower.ends_with(".test") || lower.ends_with(".invalid") || lower.ends_with(".example") ||
         lower.starts_with("127.");
}

struct Secret {
  bool found = false;
  bool reserved = false;
};

// `rest`: what follows "://".
Secret SecretOfUser(std::string_view rest) {
  std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const size_t colon = authority.find(':');
  if (authority.find('@') == std::string_view::npos) {
    // "user:pa/ss@host": a port would be a number.
    if (colon == std::string_view::npos || colon + 1 >= authority.size() ||
        IsDigit(authority[colon + 1]) || authority[colon + 1] == ':' || authority[0] == '[')
      return {};
    const size_t at = rest.find('@');
    if (at == std::string_view::npos || ContainsAny(rest.substr(0, at), "?#")) return {};
    authority = rest.substr(0, std::min(rest.size(), rest.find_first_of("/?#", at)));
  }
  const size_t at = authority.rfind('@');
  if (at + 1 >= authority.size()) return {};
  const std::string_view user = authority.substr(0, at);
  const std::string_view host = authority.substr(at + 1);
  if (user.find(':') == std::string_view::npos) {
    // A token in the place of a user, as code hosts take it.
    const bool token = user.size() >= 20 && std::ranges::any_of(user, IsDigit) &&
                       user.find('.') == std::string_view::npos;
    return {token, IsPlaceholder(user)};
  }
  const std::string_view password = user.substr(user.find(':') + 1);
  if (password.empty()) return {};
  return {true, IsPlaceholder(password) || (IsEverybodysPassword(password) && IsNobodysHost(host))};
}

struct SecretKey {
  std::string_view name;
  size_t min_bytes;  // Shorter values mean something else.
};

constexpr std::array<SecretKey, 38> kKeys = {{
    {"access_token", 6},
    {"accesstoken", 6},
    {"access-token", 6},
    {"id_token", 16},
    {"refresh_token", 6},
    {"auth_token", 6},
    {"authtoken", 6},
    {"oauth_token", 6},
    {"private_token", 6},
    {"session_token", 6},
    {"csrf_token", 6},
    {"token", 8},
    {"auth", 8},
    {"authkey", 8},
    {"auth_key", 8},
    {"api_key", 6},
    {"apikey", 6},
    {"api-key", 6},
    {"appkey", 8},
    {"app_key", 8},
    {"key", 16},
    {"secret", 6},
    {"client_secret", 6},
    {"app_secret", 6},
    {"appsecret", 6},
    {"password", 1},
    {"passwd", 1},
    {"pwd", 1},
    {"pass", 4},
    {"sig", 16},
    {"signature", 16},
    {"x-amz-signature", 1},
    {"x-amz-credential", 1},
    {"x-amz-security-token", 1},
    {"x-goog-signature", 1},
    {"sessionid", 8},
    {"session_id", 8},
    {"jwt", 8},
}};

// "_token", "user_token", "clientSecret", but not the marks by which a list is read on.
bool EndsLikeSecret(std::string_view name) {
  const std::string lower = LowerAscii(name);
  if (lower.find("page") != std::string::npos || lower.find("next") != std::string::npos)
    return false;
  return lower.ends_with("token") || lower.ends_with("secret") || lower.ends_with("password") ||
         lower.ends_with("apikey") || lower.ends_with("api_key");
}

Secret SecretOfPair(std::string_view name, std::string_view value) {
  const auto listed = std::ranges::find_if(kKeys, [&](const SecretKey& key) {
    return name.size() == key.name.size() && HasWordAt(name, 0, key.name);
  });
  if (listed == kKeys.end() && !EndsLikeSecret(name)) return {};
  const size_t min_bytes = listed == kKeys.end() ? 8 : listed->min_bytes;
  // What may be a plain word is a secret only with a digit in it.
  const bool random = min_bytes < 8 || std::ranges::any_of(value, IsDigit);
  if (value.size() < min_bytes || !random) return {};
  return {true, IsPlaceholder(value) || (IsEverybodysPassword(value) && min_bytes <= 4)};
}

// Keys of the query, and of a fragment that is written like one.
Secret SecretOfQuery(std::string_view rest) {
  Secret secret;
  size_t at = rest.find_first_of("?#");
  while (at < rest.size()) {
    const size_t begin = at + 1;
    at = std::min(rest.size(), rest.find_first_of("&;?#", begin));
    std::string_view pair = rest.substr(begin, at - begin);
    if (pair.starts_with("amp;")) pair.remove_prefix(4);
    const size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    const Secret here = SecretOfPair(pair.substr(0, equals), pair.substr(equals + 1));
    if (!here.found) continue;
    if (!here.reserved) return here;
    secret = here;
  }
  return secret;
}

}  // namespace

std::optional<PiiSpan> UrlWithSecretAt(std::string_view text, size_t colon) {
  size_t begin = colon;
  while (begin > 0 && colon - begin < 20 &&
         (IsAsciiWord(text[begin - 1]) || text[begin - 1] == '+' || text[begin - 1] == '-'))
    --begin;
  while (begin < colon && !IsAsciiLetter(text[begin])) ++begin;
  if (begin == colon) return std::nullopt;
  const size_t end = UrlEnd(text, begin, colon + 3);
  const std::string_view rest = text.substr(colon + 3, end - colon - 3);
  const Secret of_user = SecretOfUser(rest);
  const Secret of_query = SecretOfQuery(rest);
  if (!of_user.found && !of_query.found) return std::nullopt;
  // What is no secret as a whole: all that was found are placeholders.
  const bool reserved =
      (!of_user.found || of_user.reserved) && (!of_query.found || of_query.reserved);
  return PiiSpan{.type = "URL",
                 .begin = static_cast<int64_t>(begin),
                 .end = static_cast<int64_t>(end),
                 .score = 0.9,
                 .value = std::string(text.substr(begin, end - begin)),
                 .reserved = reserved};
}

}  // namespace parley
