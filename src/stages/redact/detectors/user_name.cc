#include "stages/redact/detectors/user_name.h"

#include <algorithm>
#include <array>
#include <string>

#include "stages/redact/detectors/surroundings.h"
#include "stages/redact/letters.h"

namespace parley {
namespace {

bool IsNameMark(char c) { return c == '_' || c == '-' || c == '.'; }

bool IsEverybodys(std::string_view name) {
  static constexpr std::array<std::string_view, 49> kNames = {
      "user",         "username",      "user1",    "users",     "ubuntu",    "root",
      "runner",       "public",        "shared",   "default",   "pi",        "admin",
      "ec2-user",     "vagrant",       "git",      "node",      "me",        "you",
      "myuser",       "name",          "yourname", "your_name", "your-name", "your_username",
      "yourusername", "your-username", "someuser", "app",       "debian",    "centos",
      "jovyan",       "jenkins",       "docker",   "linuxbrew", "codespace", "gitpod",
      "colab",        "hadoop",        "postgres", "www",       "guest",     "administrator",
      "all",          "test"};
  const std::string lower = LowerAscii(name);
  return std::ranges::find(kNames, lower) != kNames.end() || lower.starts_with("xxx") ||
         lower.starts_with("your");
}

// Words of code, documents and style sheets that stand behind an at sign.
bool IsNoHandle(std::string_view name) {
  static constexpr std::array<std::string_view, 60> kWords = {
      "param",     "params",    "return",       "returns",     "media",     "import",
      "keyframes", "override",  "property",     "types",       "type",      "babel",
      "angular",   "media",     "include",      "mixin",       "charset",   "supports",
      "layer",     "apply",     "tailwind",     "extend",      "font",      "namespace",
      "page",      "component", "injectable",   "input",       "output",    "entity",
      "table",     "id",        "column",       "author",      "since",     "deprecated",
      "throws",    "see",       "link",         "todo",        "autowired", "test",
      "before",    "after",     "service",      "bean",        "everyone",  "here",
      "channel",   "all",       "staticmethod", "classmethod", "dataclass", "pytest",
      "app",       "else",      "if",           "end",         "section",   "yield"};
  const std::string lower = LowerAscii(name.substr(0, name.find_first_of(".-")));
  return std::ranges::find(kWords, lower) != kWords.end();
}

constexpr std::array<std::string_view, 24> kServices = {
    "twitter",  "instagram", "insta",    "telegram", "tiktok",  "snapchat", "facebook", "threads",
    "mastodon", "discord",   "youtube",  "twitch",   "github",  "venmo",    "cashapp",  "handle",
    "username", "follow",    "linkedin", "dm me",    "bluesky", "reddit",   "weibo",    "tag me"};

// Whether the line around `[begin, end)` reads like code.
bool IsCodeLine(std::string_view text, size_t begin, size_t end) {
  constexpr size_t kMaxLineBytes = 200;
  const size_t from = begin - std::min(begin, kMaxLineBytes);
  size_t line_begin = text.substr(0, begin).rfind('\n');
  line_begin = line_begin == std::string_view::npos ? 0 : line_begin + 1;
  line_begin = std::max(line_begin, from);
  size_t line_end = std::min(text.find('\n', end), text.size());
  line_end = std::min(line_end, end + kMaxLineBytes);
  return text.substr(line_begin, line_end - line_begin).find_first_of("{}[]<>=;$\\`|") !=
         std::string_view::npos;
}

}  // namespace

std::optional<PiiSpan> HomeFolderName(std::string_view text, size_t end) {
  constexpr size_t kMaxBytes = 40;
  const size_t begin = end - 1;
  const bool windows = begin > 0 && text[begin - 1] == '\\';
  size_t at = begin;
  while (at < text.size() && at - begin < kMaxBytes &&
         (IsAsciiWord(text[at]) || IsNameMark(text[at])))
    ++at;
  if (windows) {  // "C:\Users\Ann Lee\Desktop"
    size_t wide = at;
    while (wide < text.size() && wide - begin < kMaxBytes &&
           (IsAsciiWord(text[wide]) || IsNameMark(text[wide]) || text[wide] == ' '))
      ++wide;
    if (wide < text.size() && text[wide] == '\\') at = wide;
  }
  const bool goes_on = at < text.size() && (text[at] == '/' || text[at] == '\\');
  while (at > begin && IsNameMark(text[at - 1])) --at;
  const std::string_view name = text.substr(begin, at - begin);
  if (name.empty() || std::ranges::all_of(name, IsDigit)) return std::nullopt;
  // "https://site.org/home/about": a page.
  size_t slash = text.substr(0, begin).rfind(windows ? "Users" : "/", begin - 2);
  if (slash == std::string_view::npos) slash = begin;
  const char before = slash > 0 ? text[slash - 1] : ' ';
  if (!windows && (IsAsciiWord(before) || before == '.' || before == '}')) return std::nullopt;
  const bool file = !goes_on && name.find('.') != std::string_view::npos;
  return PiiSpan{.type = "USERNAME",
                 .begin = static_cast<int64_t>(begin),
                 .end = static_cast<int64_t>(at),
                 .score = file ? 0.3 : 0.8,
                 .value = LowerAscii(name),
                 .reserved = IsEverybodys(name)};
}

std::optional<PiiSpan> HandleAt(std::string_view text, size_t at) {
  constexpr size_t kMinBytes = 3;
  constexpr size_t kMaxBytes = 30;
  size_t end = at + 1;
  while (end < text.size() && (IsAsciiWord(text[end]) || text[end] == '_' || text[end] == '.'))
    ++end;
  while (end > at + 1 && text[end - 1] == '.') --end;
  const std::string_view name = text.substr(at + 1, end - at - 1);
  if (name.size() < kMinBytes || name.size() > kMaxBytes || IsNoHandle(name)) return std::nullopt;
  if (end < text.size() && std::string_view("(/=[{<@-").find(text[end]) != std::string_view::npos)
    return std::nullopt;
  if (end < text.size() && TouchesWordBehind(text, end)) return std::nullopt;
  const bool named = HasWordNear(text, at, end, kServices, {.before = 50, .behind = 24});
  size_t line = at;
  while (line > 0 && (text[line - 1] == ' ' || text[line - 1] == '\t')) --line;
  const bool line_front = line == 0 || text[line - 1] == '\n';
  const bool code = IsCodeLine(text, at, end);
  const bool between =
      at > 1 && text[at - 1] == ' ' && (IsAsciiLetter(text[at - 2]) || text[at - 2] == ',');
  const bool personal = name.find_first_of("_0123456789") != std::string_view::npos;
  double score = between && !code ? 0.55 : 0.3;
  if (named) score = code ? 0.4 : !line_front ? 0.8 : personal ? 0.6 : 0.4;
  return PiiSpan{.type = "USERNAME",
                 .begin = static_cast<int64_t>(at),
                 .end = static_cast<int64_t>(end),
                 .score = score,
                 .value = "@" + LowerAscii(name),
                 .reserved = IsEverybodys(name)};
}

}  // namespace parley
