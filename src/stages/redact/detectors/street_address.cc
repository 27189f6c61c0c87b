// The pattern ends inside the street. From there the street is read to where it begins and ends,
// then what may follow it: a unit, a city, a postcode.

#include "stages/redact/detectors/street_address.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "stages/redact/detectors/surroundings.h"
#include "stages/redact/letters.h"
#include "text/utf8.h"

namespace parley {
namespace {

struct Word {
  size_t begin = 0;
  size_t end = 0;
};

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

// Letters, digits, and marks inside a word.
bool IsWordByte(char c) {
  return IsAsciiWord(c) || !IsAscii(c) || c == '\'' || c == '-' || c == '.';
}

// The word that ends at `end`; empty if none does.
Word WordBefore(std::string_view text, size_t end) {
  constexpr size_t kMaxBytes = 32;
  size_t begin = end;
  while (begin > 0 && end - begin < kMaxBytes && IsWordByte(text[begin - 1])) --begin;
  return {begin, end};
}

Word WordAt(std::string_view text, size_t begin) {
  constexpr size_t kMaxBytes = 32;
  size_t end = begin;
  while (end < text.size() && end - begin < kMaxBytes && IsWordByte(text[end])) ++end;
  while (end > begin && (text[end - 1] == '.' || text[end - 1] == '-' || text[end - 1] == '\''))
    --end;
  return {begin, end};
}

std::string_view Cut(std::string_view text, Word word) {
  return text.substr(word.begin, word.end - word.begin);
}

// A capital letter of Latin script, "É" and "Ö" among them.
bool IsCapitalised(std::string_view word) {
  if (word.empty()) return false;
  if (IsAscii(word[0])) return IsUpper(word[0]);
  size_t at = 0;
  const char32_t first = NextCodePoint(word, at);
  return first >= 0xC0 && first <= 0xDE;
}

bool IsOneOf(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::ranges::any_of(list, [&](std::string_view one) {
    return word.size() == one.size() && HasWordAt(word, 0, one);
  });
}

// "221", "221B", "12-14", "5/7": the digits at most five.
bool IsHouseNumber(std::string_view word) {
  size_t digits = 0;
  while (digits < word.size() && IsDigit(word[digits])) ++digits;
  if (digits == 0 || digits > 5 || word[0] == '0') return false;
  const std::string_view rest = word.substr(digits);
  if (rest.empty()) return true;
  if (rest.size() == 1) return IsAsciiLetter(rest[0]);
  return rest.size() <= 5 && (rest[0] == '-' || rest[0] == '/') &&
         std::ranges::all_of(rest.substr(1), IsAsciiWord) && IsDigit(rest[1]);
}

size_t SkipGap(std::string_view text, size_t at) {  // Spaces, one comma, one line break.
  size_t commas = 0;
  size_t breaks = 0;
  while (at < text.size()) {
    if (text[at] == ',' && ++commas > 1) break;
    if (text[at] == '\n' && ++breaks > 1) break;
    if (text[at] != ',' && text[at] != '\n' && text[at] != ' ' && text[at] != '\r') break;
    ++at;
  }
  return at;
}

// The end of a postcode at `at`: five digits and perhaps four more, "NW1 6XE", "K1A 0B6", "1012
// AB", "28013", "01310-100", four digits; `at` if there is none.
size_t PostcodeEnd(std::string_view text, size_t at) {
  const Word first = WordAt(text, at);
  const std::string_view word = Cut(text, first);
  const auto digits = static_cast<size_t>(std::ranges::count_if(word, IsDigit));
  if (word.size() >= 4 && word.size() <= 6 && digits == word.size()) {
    if (word.size() != 4) return first.end;
    const Word letters = first.end < text.size() && text[first.end] == ' '
                             ? WordAt(text, first.end + 1)
                             : Word{at, at};
    const std::string_view two = Cut(text, letters);
    const bool dutch = two.size() == 2 && IsUpper(two[0]) && IsUpper(two[1]);
    return dutch ? letters.end : first.end;
  }
  if ((word.size() == 10 || word.size() == 9) && digits == word.size() - 1 && word[5] == '-')
    return first.end;  // "12345-6789", "01310-100"
  if (word.size() == 8 && digits == 7 && (word[5] == '-' || word[4] == '-')) return first.end;
  if (word.size() > 2 && HasWordAt(word, 0, "d-") && digits == 5) return first.end;
  // Two halves, each with letters and digits.
  if (word.size() >= 2 && word.size() <= 4 && IsUpper(word[0]) && digits > 0 &&
      first.end < text.size() && text[first.end] == ' ') {
    const Word second = WordAt(text, first.end + 1);
    const std::string_view half = Cut(text, second);
    if (half.size() == 3 && IsDigit(half[0]) && (IsUpper(half[1]) || IsDigit(half[2])))
      return second.end;
  }
  return at;
}

// "Apt 4B", "Suite 200", "# 12", "Flat 3", "2º", "int. 5".
size_t UnitEnd(std::string_view text, size_t at) {
  static constexpr std::array<std::string_view, 22> kUnits = {
      "apartment", "apt",   "suite",   "ste",      "unit",        "flat",  "floor", "fl",
      "room",      "rm",    "bldg",    "building", "appartement", "etage", "piso",  "apto",
      "ap",        "bloco", "interno", "int",      "scala",       "#"};
  for (const std::string_view unit : kUnits) {
    if (!HasWordAt(text, at, unit)) continue;
    size_t here = at + unit.size();
    while (here < text.size() && (text[here] == '.' || text[here] == ' ' || text[here] == '#'))
      ++here;
    const Word number = WordAt(text, here);
    if (here > at + (unit == "#" ? 0 : unit.size()) - (unit == "#" ? 1 : 0) && number.end > here &&
        number.end - here <= 6 &&
        std::ranges::any_of(Cut(text, number), [](char c) { return IsDigit(c) || IsUpper(c); }))
      return number.end;
  }
  return at;
}

// Up to three capitalised words, with "am Main", "de la", "sur" between them.
size_t CityEnd(std::string_view text, size_t at) {
  size_t end = at;
  size_t here = at;
  for (int words = 0; words < 4; ++words) {
    const Word word = WordAt(text, here);
    const std::string_view name = Cut(text, word);
    const bool inner = words > 0 && IsOneOf(name, {"am", "an", "der", "de", "la", "le", "sur", "do",
                                                   "da", "del", "di", "of", "upon", "den", "aan"});
    if (!inner && (!IsCapitalised(name) || std::ranges::any_of(name, IsDigit))) break;
    if (!inner) end = word.end;
    if (word.end >= text.size() || text[word.end] != ' ') break;
    here = word.end + 1;
  }
  return end;
}

struct Tail {
  size_t end = 0;
  bool postcode = false;
};

// What follows the street that ends at `end`.
Tail ReadTail(std::string_view text, size_t end) {
  Tail tail{.end = end};
  size_t at = SkipGap(text, end);
  if (const size_t unit = UnitEnd(text, at); unit > at) {
    tail.end = unit;
    at = SkipGap(text, unit);
  }
  // Postcode, city; or city, perhaps a state, postcode.
  if (const size_t code = PostcodeEnd(text, at); code > at) {
    const size_t city_at = SkipGap(text, code);
    const size_t city = CityEnd(text, city_at);
    const bool four = code - at == 4;  // A year as likely, without its city.
    if (four && city == city_at) return tail;
    return {.end = city > city_at ? city : code, .postcode = true};
  }
  if (text.substr(at).starts_with("- ")) at += 2;
  const size_t city = CityEnd(text, at);
  if (city == at) return tail;
  size_t here = city;
  for (int words = 0; words < 2; ++words) {
    const size_t next = SkipGap(text, here);
    if (const size_t code = PostcodeEnd(text, next); code > next && code - next > 4)
      return {.end = code, .postcode = true};
    const size_t state = CityEnd(text, next);
    if (state == next) break;
    here = state;
  }
  // The city's last word may be the state: "Springfield IL 62701" was read whole above.
  const bool closed = city >= text.size() ||
                      std::string_view(".\n,;)\"").find(text[city]) != std::string_view::npos;
  const bool comma = text.substr(end, at - end).find(',') != std::string_view::npos;
  if (closed && comma) {
    tail.end = city;
    const Word state = text.substr(city).starts_with(", ") ? WordAt(text, city + 2) : Word{};
    const std::string_view two = Cut(text, state);
    if (two.size() == 2 && IsUpper(two[0]) && IsUpper(two[1])) tail.end = state.end;
  }
  return tail;
}

PiiSpan Span(std::string_view text, size_t begin, const Tail& tail, double score) {
  std::string value;
  for (const char c : text.substr(begin, tail.end - begin)) {
    if (IsAsciiWord(c) || !IsAscii(c)) value += ToLower(c);
  }
  return {.type = "ADDRESS",
          .begin = static_cast<int64_t>(begin),
          .end = static_cast<int64_t>(tail.end),
          .score = tail.postcode ? std::max(score, 0.85) : score,
          .value = std::move(value)};
}

bool IsYearLike(std::string_view word) {
  return word.size() == 4 && (word.starts_with("19") || word.starts_with("20"));
}

// Words that stand between a number and "street" when no address is meant.
bool IsStopWord(std::string_view word) {
  return IsOneOf(
      word,
      {"the",     "a",     "an",    "of",     "in",     "on",        "to",   "and",   "or",
       "for",     "per",   "from",  "down",   "up",     "miles",     "mile", "km",    "minute",
       "minutes", "hour",  "hours", "block",  "blocks", "star",      "lane", "way",   "wheel",
       "door",    "day",   "days",  "people", "men",    "cars",      "feet", "foot",  "meters",
       "years",   "year",  "at",    "by",     "is",     "are",       "with", "speed", "hard",
       "flash",   "disk",  "test",  "more",   "other",  "different", "yard", "acre",  "min",
       "mins",    "short", "long",  "easy",   "scenic", "quick"});
}

bool IsStrongSuffix(std::string_view suffix) {
  return IsOneOf(suffix, {"street", "st", "avenue", "ave", "road", "rd", "boulevard", "blvd",
                          "lane", "ln", "drive", "court", "terrace"});
}

std::optional<PiiSpan> English(std::string_view text, size_t end) {
  constexpr int kMaxWords = 5;
  size_t suffix_end = end;
  while (suffix_end > 0 && !IsAsciiLetter(text[suffix_end - 1])) --suffix_end;
  const Word suffix = WordBefore(text, suffix_end);
  const bool capital = IsCapitalised(Cut(text, suffix));
  size_t begin = suffix.begin;
  int lower = 0;
  int upper = 0;
  for (int words = 0; words < kMaxWords; ++words) {
    if (begin == 0 || text[begin - 1] != ' ') return std::nullopt;
    const Word word = WordBefore(text, begin - 1);
    std::string_view name = Cut(text, word);
    if (name.empty() || IsStopWord(name)) return std::nullopt;
    begin = word.begin;
    if (words > 0 && IsHouseNumber(name)) {
      const bool all_one_way =
          lower == 0 || (upper == 0 && lower <= 2 && !capital && IsStrongSuffix(Cut(text, suffix)));
      const Word previous =
          begin > 0 && text[begin - 1] == ' ' ? WordBefore(text, begin - 1) : Word{};
      const bool year = IsYearLike(name) && IsOneOf(Cut(text, previous), {"in", "since", "of", "by",
                                                                          "the", "from", "until"});
      if (!all_one_way || year || TouchesWordBefore(text, begin)) return std::nullopt;
      if (begin > 0 && std::string_view("$.#:/-").find(text[begin - 1]) != std::string_view::npos &&
          text[begin - 1] != ':')
        return std::nullopt;
      size_t street_end = suffix_end;
      if (street_end < text.size() && text[street_end] == '.') ++street_end;
      for (const std::string_view side : {" NW", " NE", " SW", " SE", " N", " S", " E", " W"}) {
        if (!text.substr(street_end).starts_with(side)) continue;
        if (TouchesWordBehind(text, street_end + side.size())) continue;
        street_end += side.size();
        break;
      }
      Tail tail = ReadTail(text, street_end);
      if (tail.end == street_end && text[street_end - 1] == '.') --tail.end;  // The sentence's.
      return Span(text, begin, tail, lower == 0 && capital ? 0.65 : 0.55);
    }
    const bool ordinal = IsDigit(name[0]) && IsAsciiLetter(name.back());
    if (!ordinal && std::ranges::any_of(name, IsDigit)) return std::nullopt;
    if (name.back() == '.' && name.size() > 3) return std::nullopt;  // A sentence ends here.
    if (ordinal) continue;
    (IsCapitalised(name) ? upper : lower) += 1;
  }
  return std::nullopt;
}

// "5", "5a", "12-14" behind a street; `at` if no number stands there.
size_t NumberEnd(std::string_view text, size_t at) {
  const Word word = WordAt(text, at);
  if (!IsHouseNumber(Cut(text, word))) return at;
  const size_t end = word.end;
  const bool letter = end + 1 < text.size() && text[end] == ' ' && IsAsciiLetter(text[end + 1]) &&
                      !TouchesWordBehind(text, end + 2) && ToLower(text[end + 1]) <= 'h' &&
                      ToLower(text[end + 1]) == text[end + 1] && text[end + 1] != 'a';
  return letter ? end + 2 : end;
}

std::optional<PiiSpan> Germanic(std::string_view text, size_t end) {
  const size_t number_at = end - 1;
  const Word street = WordBefore(text, number_at - 1);
  const std::string_view name = Cut(text, street);
  if (!IsCapitalised(name)) return std::nullopt;
  size_t begin = street.begin;
  bool standing = false;  // The kind of street is a word of its own: "Berliner Straße".
  for (const std::string_view kind :
       {"straße", "strasse", "str.",   "straat", "laan",  "allee", "chaussee",
        "plein",  "weg",     "platz",  "gasse",  "ring",  "damm",  "ufer",
        "gracht", "kade",    "singel", "dijk",   "steeg", "dreef"}) {
    standing = standing || (name.size() == kind.size() && HasWordAt(name, 0, kind));
  }
  if (standing) {
    const bool sure = HasWordAt(name, 0, "str") || HasWordAt(name, 0, "allee") ||
                      HasWordAt(name, 0, "laan") || HasWordAt(name, 0, "plein") ||
                      HasWordAt(name, 0, "chaussee");
    if (!sure || begin == 0 || text[begin - 1] != ' ') return std::nullopt;
    const Word before = WordBefore(text, begin - 1);
    if (!IsCapitalised(Cut(text, before)) ||
        IsOneOf(Cut(text, before),
                {"die", "der", "in", "eine", "auf", "diese", "zur", "de", "het"}))
      return std::nullopt;
    begin = before.begin;
  }
  const size_t number = NumberEnd(text, number_at);
  if (number == number_at || TouchesWordBehind(text, number)) return std::nullopt;
  if (number < text.size() && (text[number] == ':' || text[number] == '%')) return std::nullopt;
  return Span(text, begin, ReadTail(text, number), 0.7);
}

// Reads up to `max_words` of a street's name from `at`; returns their end, `at` if the first that
// counts is not capitalised.
size_t StreetNameEnd(std::string_view text, size_t at, int max_words) {
  size_t end = at;
  size_t here = at;
  bool named = false;
  for (int words = 0; words < max_words; ++words) {
    const Word word = WordAt(text, here);
    const std::string_view name = Cut(text, word);
    const bool inner = IsOneOf(name, {"de",  "du", "des", "la", "le",    "les",  "del", "della",
                                      "dei", "di", "da",  "do", "dos",   "das",  "el",  "los",
                                      "las", "y",  "e",   "et", "delle", "dello"}) ||
                       HasWordAt(name, 0, "l'") || HasWordAt(name, 0, "d'");
    if (name.empty() || (IsDigit(name[0]) && named) ||
        (!inner && !IsCapitalised(name) && !IsDigit(name[0])))
      break;
    named = named || !inner || name.find('\'') != std::string_view::npos;
    end = word.end;
    if (end < text.size() && text[end] == '.') ++end;
    if (end >= text.size() || text[end] != ' ') break;
    here = end + 1;
  }
  return named ? end : at;
}

std::optional<PiiSpan> French(std::string_view text, size_t end) {
  // Back to the number: the pattern ended with the first letter of what follows "rue ".
  size_t at = end - 1;
  size_t begin = at;
  while (begin > 0 && at - begin < 40 && !(IsDigit(text[begin - 1]))) --begin;
  if (begin == 0 || !IsDigit(text[begin - 1])) return std::nullopt;
  while (begin > 0 && IsDigit(text[begin - 1])) --begin;
  if (TouchesWordBefore(text, begin)) return std::nullopt;
  const size_t name = StreetNameEnd(text, at, 6);
  if (name == at) return std::nullopt;
  const size_t number_end = WordAt(text, begin).end;
  if (number_end - begin > 5) return std::nullopt;
  return Span(text, begin, ReadTail(text, name), 0.65);
}

std::optional<PiiSpan> Romance(std::string_view text, size_t end) {
  const size_t name_at = end - 1;
  size_t kind_end = name_at - 1;
  if (kind_end > 0 && text[kind_end - 1] == '/') --kind_end;
  const Word kind = WordBefore(text, name_at - 1);
  const size_t begin = text.substr(kind.begin).starts_with("c/") ? kind.begin : kind.begin;
  const size_t name = StreetNameEnd(text, name_at, 6);
  if (name == name_at) return std::nullopt;
  size_t at = name;
  while (at < text.size() && (text[at] == ',' || text[at] == ' ')) ++at;
  for (const std::string_view mark :
       {"n.º", "nº", "n°", "n.°", "no.", "núm.", "num.", "número", "n.", "#"}) {
    if (!HasWordAt(text, at, mark)) continue;
    at += mark.size();
    break;
  }
  while (at < text.size() && text[at] == ' ') ++at;
  const size_t number = NumberEnd(text, at);
  if (number == at || TouchesWordBehind(text, number)) return std::nullopt;
  const Tail tail = ReadTail(text, number);
  const bool capital = IsUpper(text[begin]);
  const bool year = IsYearLike(text.substr(at, number - at));
  if (!tail.postcode && (!capital || year)) return std::nullopt;
  return Span(text, begin, tail, 0.6);
}

std::optional<PiiSpan> Box(std::string_view text, size_t end) {
  size_t begin = end - 1;
  while (begin > 0 && ToLower(text[begin]) != 'p') --begin;
  size_t at = end;
  while (at < text.size() && IsDigit(text[at]) && at - end < 7) ++at;
  if (TouchesWordBefore(text, begin) || TouchesWordBehind(text, at)) return std::nullopt;
  return Span(text, begin, ReadTail(text, at), 0.7);
}

}  // namespace

std::string_view StreetPattern(StreetKind kind) {
  switch (kind) {
    case StreetKind::kEnglish:
      return R"([a-z] (?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|terrace)"
             R"(|parkway|pkwy|highway|hwy|circle|cir|square|sq|close|crescent|cres|gardens|mews|way|trail|grove)"
             R"(|walk|hill|alley)(?:[^a-z]|$))";
    case StreetKind::kGermanic:
      return R"((?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|chaussee|straat|laan|plein|gracht)"
             R"(|kade|singel|dijk|steeg|dreef) [0-9])";
    case StreetKind::kFrench:
      return R"([0-9](?: ?bis| ?ter)?,? (?:rue|avenue|av\.|boulevard|bd|place|all(?:é|e)e|chemin|impasse|quai|cours)"
             R"(|passage|faubourg|route|square|villa) [a-z\xC3])";
    case StreetKind::kRomance:
      return R"((?:^|[^a-z])(?:calle|c/|avenida|avda\.?|paseo|plaza|pza\.|camino|carrera|carretera|rua|av\.|travessa)"
             R"(|pra(?:ç|c)a|alameda|rodovia|via|viale|piazza|corso|vicolo|piazzale|largo) [a-z\xC3])";
    case StreetKind::kBox:
      return R"((?:^|[^a-z])p\.? ?o\.? ?box [0-9])";
  }
  return {};
}

std::optional<PiiSpan> AddressAt(std::string_view text, size_t end, StreetKind kind) {
  switch (kind) {
    case StreetKind::kEnglish:
      return English(text, end);
    case StreetKind::kGermanic:
      return Germanic(text, end);
    case StreetKind::kFrench:
      return French(text, end);
    case StreetKind::kRomance:
      return Romance(text, end);
    case StreetKind::kBox:
      break;
  }
  return Box(text, end);
}

}  // namespace parley
