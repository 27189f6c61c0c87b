#include "stages/names/known_persons.h"

#include <algorithm>
#include <vector>

#include "io/file.h"
#include "stages/names/word_scan.h"

namespace parley {
namespace {

// What is called after people.
constexpr std::string_view kThings[] = {
    "law",       "laws",       "theorem",    "theory",     "theories",     "disease",   "syndrome",
    "equation",  "equations",  "constant",   "principle",  "paradox",      "effect",    "coil",
    "transform", "transforms", "series",     "sequence",   "numbers",      "number",    "prize",
    "prizes",    "award",      "test",       "machine",    "machines",     "algorithm", "method",
    "rule",      "razor",      "triangle",   "curve",      "distribution", "process",   "matrix",
    "space",     "integral",   "radius",     "limit",      "scale",        "cycle",     "telescope",
    "comet",     "lymphoma",   "palsy",      "chorea",     "dementia",     "patients",  "cat",
    "demon",     "inequality", "conjecture", "hypothesis", "logic",        "algebra",   "geometry",
    "diagram",   "model",      "models",     "index",      "medal",        "hierarchy", "pyramid",
    "gesetz",    "krankheit",  "satz"};

// The same before the name, in languages that put it there; a short word may stand between.
constexpr std::string_view kThingsBefore[] = {
    "law",     "theorem",  "ley",      "leyes",       "teorema",    "lei",       "leis",
    "loi",     "lois",     "théorème", "legge",       "leggi",      "gesetz",    "satz",
    "wet",     "prawo",    "choroba",  "twierdzenie", "закон",      "законы",    "теорема",
    "болезнь", "синдром",  "maladie",  "syndrome",    "enfermedad", "síndrome",  "doença",
    "mal",     "malattia", "morbo",    "sindrome",    "ziekte",     "hastalığı", "kanunu"};

constexpr std::string_view kSmallWords[] = {"of", "de",  "del", "di",  "da",
                                            "do", "von", "van", "der", "d"};

constexpr std::string_view kOrdinals[] = {"first",   "second",  "third", "last",
                                          "1st",     "2nd",     "3rd",   "universal",
                                          "general", "special", "famous"};

constexpr std::string_view kOwners[] = {"a",   "an",  "my",   "your", "his", "her", "their",
                                        "our", "the", "this", "new",  "old", "used"};

constexpr std::string_view kGoods[] = {
    "car",   "cars",   "truck", "trucks",  "suv",       "motor",  "motors",     "mustang",
    "focus", "fiesta", "model", "stock",   "shares",    "dealer", "dealership", "dress",
    "bag",   "suit",   "coil",  "battery", "batteries", "engine", "plane",      "jet"};

template <size_t kCount>
bool IsOneOf(const std::string_view (&words)[kCount], std::string_view word) {
  return std::ranges::find(words, word) != std::end(words);
}

// The words of `part` in lower case, at most `most`; a possessive s is none.
std::vector<std::string> WordsOf(std::string_view part, size_t most) {
  std::vector<TextWord> scanned;
  ScanWords(part, 0, static_cast<int64_t>(part.size()), scanned);
  std::vector<std::string> words;
  for (const TextWord& word : scanned) {
    if (words.size() == most) break;
    std::string& lower = words.emplace_back();
    LowerForm(part.substr(word.begin, word.end - word.begin), lower);
    if (lower == "s" && words.size() == 1) words.pop_back();
  }
  return words;
}

// A part of `text` before or behind a mention, cut at 60 bytes and at the line's end.
constexpr int64_t kBytesAround = 60;

std::string_view Behind(std::string_view text, int64_t end) {
  size_t last = std::min<size_t>(text.size(), end + kBytesAround);
  while (last > static_cast<size_t>(end) && last < text.size() && (text[last] & 0xC0) == 0x80)
    --last;
  std::string_view part = text.substr(end, last - end);
  return part.substr(0, part.find_first_of("\r\n.,;:!?()"));
}

std::string_view Ahead(std::string_view text, int64_t begin) {
  size_t first = begin > kBytesAround ? begin - kBytesAround : 0;
  while (first < static_cast<size_t>(begin) && (text[first] & 0xC0) == 0x80) ++first;
  std::string_view part = text.substr(first, begin - first);
  const size_t stop = part.find_last_of("\r\n.,;:!?()");
  return stop == std::string_view::npos ? part : part.substr(stop + 1);
}

// The name in lower case with one space for every run of white space, and no dots.
std::string KeyOf(std::string_view name) {
  std::string lower;
  LowerForm(name, lower);
  std::string key;
  for (const char c : lower) {
    if (c == ' ' || c == '\t' || c == '.') {
      if (!key.empty() && key.back() != ' ') key += ' ';
    } else {
      key += c;
    }
  }
  while (!key.empty() && key.back() == ' ') key.pop_back();
  return key;
}

}  // namespace

Result<KnownPersons> KnownPersons::Read(const std::string& path) {
  const std::string text = TRY(ReadWholeFile(path));
  Result<KnownPersons> persons = Parse(text);
  if (!persons) {
    Error error = std::move(persons).error();
    error.place.file = path;
    return std::unexpected(std::move(error));
  }
  return persons;
}

Result<KnownPersons> KnownPersons::Parse(std::string_view text) {
  KnownPersons persons;
  std::string_view section;
  int64_t line_number = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line_number;
    if (line.empty() || line[0] == '#') continue;
    if (line[0] == '[') {
      section = line;
      continue;
    }
    const Status added = persons.AddLine(line, section);
    if (!added) return Invalid(added.error().message, {.file = {}, .line = line_number});
  }
  if (persons.entries_.empty()) return Invalid("holds no persons");
  return persons;
}

Status KnownPersons::AddLine(std::string_view line, std::string_view section) {
  while (!line.empty()) {
    const size_t end = std::min(line.find(';'), line.size());
    TRY(AddName(line.substr(0, end), section));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return {};
}

Status KnownPersons::AddName(std::string_view name, std::string_view section) {
  while (name.ends_with(' ')) name.remove_suffix(1);
  const bool last_word_alone = name.ends_with('*');
  if (last_word_alone) name.remove_suffix(1);
  const std::string key = KeyOf(name);
  if (key.empty()) return Invalid("a mark without a name");
  Entry change;
  if (section == "[public]") {
    change.kind = NameKind::kPublic;
  } else if (section == "[fictional]") {
    change.kind = NameKind::kFictional;
  } else if (section == "[gave-name]") {
    change.gave_name = true;
  } else if (section == "[brand]") {
    change.is_brand = true;
  } else {
    return Invalid("a name outside [public], [fictional], [gave-name] and [brand]");
  }
  const auto add = [&](std::string_view form) {
    Entry& entry = entries_[std::string(form)];
    if (entry.kind == NameKind::kPrivate) entry.kind = change.kind;
    entry.gave_name |= change.gave_name;
    entry.is_brand |= change.is_brand;
  };
  add(key);
  if (last_word_alone) add(std::string_view(key).substr(key.rfind(' ') + 1));
  return {};
}

NameKind KnownPersons::KindOf(std::string_view name) const {
  const auto found = entries_.find(KeyOf(name));
  return found == entries_.end() ? NameKind::kPrivate : found->second.kind;
}

bool KnownPersons::IsEponym(std::string_view text, TextSpan span) const {
  const auto found = entries_.find(KeyOf(text.substr(span.begin, span.end - span.begin)));
  if (found == entries_.end()) return false;
  const std::vector<std::string> behind = WordsOf(Behind(text, span.end), 2);
  std::vector<std::string> ahead = WordsOf(Ahead(text, span.begin), 20);
  if (found->second.gave_name) {
    if (!behind.empty() && IsOneOf(kThings, behind[0])) return true;
    if (behind.size() > 1 && IsOneOf(kOrdinals, behind[0]) && IsOneOf(kThings, behind[1]))
      return true;
    while (!ahead.empty() && IsOneOf(kSmallWords, ahead.back())) ahead.pop_back();
    if (!ahead.empty() && IsOneOf(kThingsBefore, ahead.back())) return true;
  }
  if (!found->second.is_brand) return false;
  if (!behind.empty() && IsOneOf(kGoods, behind[0])) return true;
  return !ahead.empty() && IsOneOf(kOwners, ahead.back());
}

}  // namespace parley
