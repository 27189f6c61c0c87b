#include "stages/redact/detectors/national_id.h"

#include <algorithm>
#include <array>
#include <string>

#include "stages/redact/detectors/surroundings.h"
#include "stages/redact/letters.h"

namespace parley {
namespace {

constexpr size_t kMinDigits = 7;
constexpr size_t kMaxDigits = 18;
constexpr size_t kMaxGroups = 7;

constexpr std::array<std::string_view, 14> kAnyWords = {"national id",
                                                        "id number",
                                                        "id no",
                                                        "identity number",
                                                        "identification number",
                                                        "identity card",
                                                        "tax id",
                                                        "tax number",
                                                        "tin",
                                                        "personal number",
                                                        "id card",
                                                        "ausweis",
                                                        "identité",
                                                        "documento de identidad"};

// Calls `each` with the parts of `list` that "|" separates until it returns true.
template <class Each>
bool AnyPart(std::string_view list, Each each) {
  while (true) {
    const size_t bar = std::min(list.find('|'), list.size());
    if (each(list.substr(0, bar))) return true;
    if (bar == list.size()) return false;
    list.remove_prefix(bar + 1);
  }
}

bool IsNamed(std::string_view text, size_t begin, size_t end, std::string_view words) {
  constexpr Reach kReach = {.before = 60, .behind = 30};
  return AnyPart(words,
                 [&](std::string_view word) {
                   return HasWordNear(text, begin, end, std::array{word}, kReach);
                 }) ||
         HasWordNear(text, begin, end, kAnyWords, {.before = 40, .behind = 0});
}

double ScoreOf(const NationalId& id, bool formatted, bool named) {
  if (named) return formatted ? 0.9 : 0.85;
  return formatted ? id.formatted : id.bare;
}

// How a run is written: "3.3.3-2".
struct Signature {
  std::string form;
  std::string compact;
  size_t begin = 0;
  size_t end = 0;
};

// One kind of mark between two groups, or nothing.
char MarkOf(std::string_view separator) {
  if (separator == "-" || separator == "." || separator == " " || separator == "/")
    return separator[0];
  if (separator == "\xC2\xA0") return ' ';
  if (separator == "\xE2\x80\x91" || separator == "\xE2\x80\x90" || separator == "\xE2\x80\x93")
    return '-';
  return '\0';
}

bool ReadSignature(std::string_view text, const DigitRow& row, const GroupRun& run,
                   Signature& read) {
  read.form.clear();
  for (size_t i = run.first; i <= run.last; ++i) {
    const size_t count = row.groups[i].count;
    if (count >= 10) read.form += static_cast<char>('0' + count / 10);
    read.form += static_cast<char>('0' + count % 10);
    if (i == run.last) break;
    const char mark = MarkOf(SeparatorBehind(text, row, i));
    if (mark == '\0') return false;
    read.form += mark;
  }
  read.compact = DigitsOf(row, run);
  read.begin = row.groups[run.first].begin;
  read.end = row.groups[run.last].end;
  return true;
}

// Takes a letter behind the digits in, "12.345.678-K" or "…X", if there is one alone.
bool TakeLetter(std::string_view text, Signature& read) {
  size_t at = read.end;
  if (at < text.size() && text[at] == '-') ++at;
  if (at >= text.size() || (ToLower(text[at]) != 'k' && ToLower(text[at]) != 'x')) return false;
  if (TouchesWordBehind(text, at + 1)) return false;
  read.compact += ToLower(text[at]) == 'k' ? 'K' : 'X';
  read.form += 'X';
  read.end = at + 1;
  return true;
}

std::optional<PiiSpan> Likeliest(std::string_view text, const Signature& read) {
  const bool formatted = read.form.find_first_not_of("0123456789X") != std::string::npos;
  std::optional<PiiSpan> best;
  for (const NationalId& id : DigitIds()) {
    const bool written =
        AnyPart(id.forms, [&](std::string_view form) { return form == read.form; });
    if (!written || !id.passes(read.compact)) continue;
    const double score = ScoreOf(id, formatted, IsNamed(text, read.begin, read.end, id.words));
    if (best && best->score >= score) continue;
    best = PiiSpan{.type = "NATIONAL_ID",
                   .begin = static_cast<int64_t>(read.begin),
                   .end = static_cast<int64_t>(read.end),
                   .score = score,
                   .value = std::string(id.country) + " " + read.compact};
  }
  return best;
}

bool IsCutOut(std::string_view text, size_t begin, size_t end) {
  if (TouchesWordBefore(text, begin) || TouchesWordBehind(text, end)) return true;
  if (begin > 1 && std::string_view("-./,:").find(text[begin - 1]) != std::string_view::npos &&
      IsAsciiWord(text[begin - 2]) && text[begin - 1] != ':' && text[begin - 1] != ',')
    return true;
  if (begin > 0 && std::string_view("$#=+").find(text[begin - 1]) != std::string_view::npos &&
      text[begin - 1] != '=' && text[begin - 1] != '#')
    return true;
  return end + 1 < text.size() &&
         std::string_view("-./").find(text[end]) != std::string_view::npos &&
         IsAsciiWord(text[end + 1]);
}

}  // namespace

void FindNationalIds(std::string_view text, const DigitRow& row, std::vector<PiiSpan>& spans) {
  thread_local Signature read;
  if (row.digits.size() < kMinDigits || row.groups.size() > 64) return;  // A table.
  for (size_t first = 0; first < row.groups.size(); ++first) {
    if (first > 0 && !IsBreak(SeparatorBehind(text, row, first - 1))) continue;
    size_t digits = 0;
    std::optional<PiiSpan> best;
    size_t best_last = first;
    for (size_t last = first; last < row.groups.size() && last < first + kMaxGroups; ++last) {
      digits += row.groups[last].count;
      if (digits > kMaxDigits) break;
      if (digits < kMinDigits) continue;
      if (!ReadSignature(text, row, {first, last}, read)) break;
      if (last + 1 == row.groups.size())
        TakeLetter(text, read);
      else if (!IsBreak(SeparatorBehind(text, row, last)))
        continue;
      if (IsCutOut(text, read.begin, read.end)) continue;
      std::optional<PiiSpan> span = Likeliest(text, read);
      if (!span || (best && best->score > span->score)) continue;
      best = std::move(span);
      best_last = last;
    }
    if (!best) continue;
    spans.push_back(*std::move(best));
    first = best_last;
  }
}

std::string LetterIdPattern(size_t id) {
  std::string pattern;
  AnyPart(LetterIds()[id].forms, [&](std::string_view form) {
    pattern += pattern.empty() ? "(?:^|[^0-9A-Za-z_])(?:" : "|";
    for (const char c : form) {
      if (c == 'd') {
        pattern += "[0-9]";
      } else if (c == 'L') {
        pattern += "[A-Z]";
      } else {
        if (!IsAsciiWord(c) && c != '?') pattern += '\\';
        pattern += c;
      }
    }
    return false;
  });
  return pattern + ")";
}

std::optional<PiiSpan> LetterIdBefore(std::string_view text, size_t end, size_t id) {
  const NationalId& known = LetterIds()[id];
  // Backwards through the letters, digits and marks of the longest form.
  std::optional<PiiSpan> found;
  AnyPart(known.forms, [&](std::string_view form) {
    size_t at = end;
    std::string compact;
    bool formatted = false;
    for (size_t i = form.size(); i-- > 0;) {
      bool optional = false;
      if (form[i] == '?') {
        optional = true;
        --i;
      }
      const char want = form[i];
      const char c = at > 0 ? text[at - 1] : '\0';
      const bool fits = want == 'd'   ? IsDigit(c)
                        : want == 'L' ? IsAsciiLetter(c) && c < 'a'
                                      : c == want;
      if (!fits && !optional) return false;
      if (!fits) continue;
      --at;
      if (want == 'd' || want == 'L') compact.insert(0, 1, c);
      formatted = formatted || !IsAsciiWord(c);
    }
    if (IsCutOut(text, at, end) || !known.passes(compact)) return false;
    found = PiiSpan{.type = "NATIONAL_ID",
                    .begin = static_cast<int64_t>(at),
                    .end = static_cast<int64_t>(end),
                    .score = ScoreOf(known, formatted, IsNamed(text, at, end, known.words)),
                    .value = std::string(known.country) + " " + compact};
    return true;
  });
  return found;
}

}  // namespace parley
