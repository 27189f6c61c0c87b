#include "stages/names/sentences.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace parley {
namespace {

constexpr std::string_view kAbbreviations[] = {
    "mr",   "mrs", "ms",   "capt", "maj",  "sec", "pres", "supt", "insp", "dr",  "prof",
    "st",   "jr",  "sr",   "rev",  "hon",  "gen", "col",  "lt",   "sgt",  "sen", "rep",
    "gov",  "vs",  "fig",  "no",   "vol",  "ed",  "eds",  "al",   "cf",   "ca",  "bzw",
    "z",    "hr",  "fr",   "mme",  "mlle", "sra", "srta", "dra",  "dott", "sig", "ing",
    "arch", "geb", "bspw", "pp",   "op",   "им",  "ул",   "гр",   "проф", "св"};

bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }

// Where the word that ends at `end` begins, at most a few letters back.
std::string_view LastWord(std::string_view text, size_t line_begin, size_t end) {
  constexpr size_t kMaxBytes = 10;
  size_t begin = end;
  while (begin > line_begin && end - begin < kMaxBytes &&
         (IsAsciiLetter(text[begin - 1]) || static_cast<unsigned char>(text[begin - 1]) >= 0x80)) {
    --begin;
  }
  return text.substr(begin, end - begin);
}

// Whether the full stop at `stop` belongs to the word before it: "Dr.", "J.", "e.g.".
bool EndsAbbreviation(std::string_view text, size_t line_begin, size_t stop) {
  const std::string_view word = LastWord(text, line_begin, stop);
  if (word.empty()) return false;
  if (word.size() <= 2 && CountCodePoints(word) == 1) return true;
  std::array<char, 12> lower{};
  for (size_t i = 0; i < word.size(); ++i) {
    lower[i] = word[i] >= 'A' && word[i] <= 'Z' ? static_cast<char>(word[i] + 32) : word[i];
  }
  return std::ranges::find(kAbbreviations, std::string_view(lower.data(), word.size())) !=
         std::end(kAbbreviations);
}

// Bytes of closing quotes and brackets at `at`.
size_t ClosersAt(std::string_view text, size_t at, size_t end) {
  const size_t begin = at;
  while (at < end) {
    if (std::string_view("\"')]*_").find(text[at]) != std::string_view::npos) {
      ++at;
    } else if (text.substr(at, 3) == "”" || text.substr(at, 3) == "’" ||
               text.substr(at, 3) == "」" || text.substr(at, 3) == "』" ||
               text.substr(at, 3) == "）") {
      at += 3;
    } else if (text.substr(at, 2) == "»") {
      at += 2;
    } else {
      break;
    }
  }
  return at - begin;
}

// Bytes of a mark at `at` that ends a sentence whatever follows; nought if there is none.
size_t FirmEndAt(std::string_view text, size_t at) {
  for (const std::string_view mark : {"。", "！", "？", "।", "｡"}) {
    if (text.substr(at, mark.size()) == mark) return mark.size();
  }
  return 0;
}

// Whether what follows a full stop begins a sentence: not in lower case.
bool StartsSentence(std::string_view text, size_t at, size_t end) {
  while (at < end && IsBlank(text[at])) ++at;
  return at == end || !(text[at] >= 'a' && text[at] <= 'z');
}

// The end of the sentence that begins at `begin`, in a line that ends at `line_end`.
size_t SentenceEnd(std::string_view text, size_t line_begin, size_t begin, size_t line_end,
                   bool is_code, size_t max_bytes, bool& was_cut) {
  const size_t limit = std::min(line_end, begin + max_bytes);
  size_t last_space = 0;
  size_t last_comma = 0;  // Its space: no name goes on behind it.
  for (size_t at = begin; at < limit; ++at) {
    const char c = text[at];
    if (IsBlank(c)) {
      last_space = at;
      if (at > begin && (text[at - 1] == ',' || text[at - 1] == ';')) last_comma = at;
    }
    if (is_code) continue;
    if (c == '.' || c == '!' || c == '?') {
      const size_t behind = at + 1 + ClosersAt(text, at + 1, line_end);
      if (behind >= line_end) return line_end;
      if (!IsBlank(text[behind]) || !StartsSentence(text, behind, line_end)) continue;
      if (c == '.' && EndsAbbreviation(text, line_begin, at)) continue;
      return behind;
    }
    if (static_cast<unsigned char>(c) >= 0xE0) {
      const size_t mark = FirmEndAt(text, at);
      if (mark > 0) return std::min(line_end, at + mark + ClosersAt(text, at + mark, line_end));
    }
  }
  if (limit == line_end) return line_end;
  was_cut = true;
  if (last_comma > begin + max_bytes / 2) return last_comma;
  if (last_space > begin) return last_space;
  size_t cut = limit;
  while (cut > begin && IsContinuationByte(text[cut])) --cut;
  return cut > begin ? cut : limit;
}

bool StartsWithAny(std::string_view line, std::initializer_list<std::string_view> starts) {
  return std::ranges::any_of(starts,
                             [&](std::string_view start) { return line.starts_with(start); });
}

// Whether the sign at `at` is one that prose has little of: a bracket of a call, a quote in data.
bool IsCodeSign(std::string_view line, size_t at) {
  const char c = line[at];
  const char before = at > 0 ? line[at - 1] : ' ';
  const char behind = at + 1 < line.size() ? line[at + 1] : ' ';
  if (c == '(') return IsAsciiLetter(before) || before == '_' || behind == ')';
  if (c == ')') return before == '(' || behind == ';' || behind == '.' || behind == '{';
  if (c == '"') {
    constexpr std::string_view kData = ":=,([{}])";
    return kData.find(before) != std::string_view::npos ||
           kData.find(behind) != std::string_view::npos;
  }
  return std::string_view("{}[]<>=;|\\/_$&#@^~`+").find(c) != std::string_view::npos;
}

// Whether a line looks like code, markup or data rather than prose: by how it starts, how it ends,
// and how much of it is signs that prose has little of.
bool LooksLikeCode(std::string_view line) {
  while (!line.empty() && IsBlank(line.front())) line.remove_prefix(1);
  while (!line.empty() && IsBlank(line.back())) line.remove_suffix(1);
  if (line.empty()) return false;
  if (StartsWithAny(line, {"#include",  "import ",  "from ",      "def ",    "class ", "return ",
                           "public ",   "private ", "protected ", "const ",  "let ",   "var ",
                           "function ", "if (",     "for (",      "while (", "} ",     "</",
                           "//",        "/*",       "SELECT ",    "INSERT ", "using ", "namespace ",
                           "static ",   "void ",    "int ",       "@",       "$ "}) &&
      line.find_first_of("(){};=<>:\"'.") != std::string_view::npos && line.back() != '.' &&
      line.back() != '?' && line.back() != '!' && line.back() != ',') {
    return true;
  }
  int64_t signs = 0;
  int64_t visible = 0;
  const std::string_view head = line.substr(0, 400);
  for (size_t i = 0; i < head.size(); ++i) {
    if (IsBlank(head[i])) continue;
    ++visible;
    signs += IsCodeSign(head, i) ? 1 : 0;
  }
  if (line.back() == ';' || line.back() == '{' || line.back() == '}') return signs * 20 >= visible;
  return signs * 8 >= visible && signs >= 3;
}

}  // namespace

std::vector<Sentence> CutSentences(std::string_view text, int64_t max_bytes) {
  std::vector<Sentence> sentences;
  for (size_t line_begin = 0; line_begin < text.size();) {
    size_t line_end = text.find_first_of("\r\n", line_begin);
    if (line_end == std::string_view::npos) line_end = text.size();
    const bool is_code = LooksLikeCode(text.substr(line_begin, line_end - line_begin));
    bool continues = false;
    for (size_t at = line_begin; at < line_end;) {
      if (IsBlank(text[at])) {
        ++at;
        continue;
      }
      bool was_cut = false;
      const size_t end = SentenceEnd(text, line_begin, at, line_end, is_code,
                                     static_cast<size_t>(max_bytes), was_cut);
      sentences.push_back(
          {.begin = static_cast<int64_t>(at),
           .end = static_cast<int64_t>(end),
           .is_code = is_code,
           .continues = continues,
           .starts_line = at == line_begin || sentences.empty() ||
                          sentences.back().end <= static_cast<int64_t>(line_begin)});
      continues = was_cut;
      at = end;
    }
    line_begin = line_end + 1;
  }
  return sentences;
}

}  // namespace parley
