// Every word of a name, its stems, and the fronts and ends of names without blanks are keys under
// which a person is found again. A key lists its persons by when they were last mentioned, and of a
// list only the last 32 entries are looked at, so a mention costs the same in a crowd.

#include "stages/redact/person_linker.h"

#include <algorithm>

#include "text/utf8.h"

namespace parley {
namespace {

constexpr size_t kMostHeldAgainst = 32;
constexpr size_t kMostForms = 32;
constexpr int64_t kMostUnspacedLetters = 8;  // Longer rows of Han have no parts.
constexpr size_t kTitleBytes = 32;

enum class Match : uint8_t { kNone, kForm, kSame };

bool HasInitials(WordScript script) {
  return script == WordScript::kLatin || script == WordScript::kCyrillic ||
         script == WordScript::kGreek;
}

std::string FirstLetter(std::string_view folded) {
  size_t end = 0;
  NextCodePoint(folded, end);
  return std::string(folded.substr(0, end));
}

// Where each letter of `text` begins, and the end.
std::vector<size_t> LetterBegins(std::string_view text) {
  std::vector<size_t> begins;
  for (size_t at = 0; at < text.size(); NextCodePoint(text, at)) begins.push_back(at);
  begins.push_back(text.size());
  return begins;
}

Match MatchOf(const NamePart& left, const NamePart& right) {
  const std::string& a = left.word.folded;
  const std::string& b = right.word.folded;
  if (a == b) return Match::kSame;
  if (IsUnspaced(left.word.script) && left.word.script == right.word.script) {
    const auto& shorter = a.size() < b.size() ? a : b;
    const auto& longer = a.size() < b.size() ? b : a;
    const bool part = longer.starts_with(shorter) || longer.ends_with(shorter);
    return part && CountCodePoints(longer) <= kMostUnspacedLetters ? Match::kSame : Match::kNone;
  }
  if (left.word.script != right.word.script) return Match::kNone;
  const bool shared = std::ranges::any_of(left.stems, [&](const std::string& stem) {
    return std::ranges::find(right.stems, stem) != right.stems.end();
  });
  return shared ? Match::kForm : Match::kNone;
}

// Each initial of `name` is a free part's first letter or an initial of `other`, if it has any.
bool InitialsFit(const std::vector<std::string>& initials, const PersonName& other,
                 std::vector<bool> taken) {
  for (const std::string& initial : initials) {
    bool fits = std::ranges::find(other.initials, initial) != other.initials.end();
    bool any_free = !other.initials.empty();
    for (size_t i = 0; i < other.parts.size() && !fits; ++i) {
      if (taken[i]) continue;
      any_free = true;
      if (FirstLetter(other.parts[i].word.folded) != initial) continue;
      taken[i] = true;
      fits = true;
    }
    if (!fits && any_free) return false;
  }
  return true;
}

// Names of initials alone: "J.S." is John Smith, and only he.
Match MatchOfInitials(const PersonName& shorter, const PersonName& longer) {
  std::vector<std::string> letters = longer.initials;
  for (const NamePart& part : longer.parts) letters.push_back(FirstLetter(part.word.folded));
  if (shorter.initials.size() < 2 && longer.initials != shorter.initials) return Match::kNone;
  return std::ranges::is_permutation(shorter.initials, letters) ? Match::kSame : Match::kNone;
}

Match MatchOf(const PersonName& left, const PersonName& right) {
  if (left.parts.empty()) return MatchOfInitials(left, right);
  if (right.parts.empty()) return MatchOfInitials(right, left);
  const bool left_is_shorter = left.parts.size() <= right.parts.size();
  const PersonName& shorter = left_is_shorter ? left : right;
  const PersonName& longer = left_is_shorter ? right : left;
  std::vector<bool> taken(longer.parts.size());
  Match all = Match::kSame;
  for (const NamePart& part : shorter.parts) {
    Match best = Match::kNone;
    size_t where = 0;
    for (size_t i = 0; i < longer.parts.size(); ++i) {
      if (taken[i]) continue;
      const Match match = MatchOf(part, longer.parts[i]);
      if (match > best) {
        best = match;
        where = i;
      }
    }
    if (best == Match::kNone) return Match::kNone;
    taken[where] = true;
    all = std::min(all, best);
  }
  const std::vector<bool> all_taken(shorter.parts.size(), true);
  const bool fit = InitialsFit(shorter.initials, longer, taken) &&
                   InitialsFit(longer.initials, shorter, all_taken);
  return fit ? all : Match::kNone;
}

// The name with more parts, with the initials of both that no part explains.
PersonName FullerOf(PersonName known, const PersonName& seen) {
  PersonName fuller = seen.parts.size() > known.parts.size() ? seen : known;
  std::vector<std::string> initials = known.initials;
  initials.insert(initials.end(), seen.initials.begin(), seen.initials.end());
  fuller.initials.clear();
  for (const std::string& initial : initials) {
    const bool explained = std::ranges::any_of(fuller.parts, [&](const NamePart& part) {
      return FirstLetter(part.word.folded) == initial;
    });
    const auto& kept = fuller.initials;
    if (!explained && std::ranges::find(kept, initial) == kept.end()) {
      fuller.initials.push_back(initial);
    }
  }
  return fuller;
}

bool GendersDiffer(Gender left, Gender right) {
  return left != Gender::kNotSaid && right != Gender::kNotSaid && left != right;
}

// The keys under which a part is looked up; `as_parts`: those too under which it is found by parts
// of it.
std::vector<std::string> KeysOf(const NamePart& part) {
  std::vector<std::string> keys = {part.word.folded};
  if (IsUnspaced(part.word.script)) {
    const std::string_view row = part.word.folded;
    const std::vector<size_t> begins = LetterBegins(row);
    const size_t letters = begins.size() - 1;
    for (size_t n = 1; n < letters && letters <= kMostUnspacedLetters; ++n) {
      keys.emplace_back(row.substr(0, begins[n]));
      keys.emplace_back(row.substr(begins[n]));
    }
    return keys;
  }
  for (const std::string& stem : part.stems) keys.push_back("\x02" + stem);
  return keys;
}

std::string InitialsKey(const PersonName& name) {
  std::vector<std::string> letters = name.initials;
  for (const NamePart& part : name.parts) {
    if (HasInitials(part.word.script)) letters.push_back(FirstLetter(part.word.folded));
  }
  std::ranges::sort(letters);
  std::string key = "\x03";
  for (const std::string& letter : letters) key += letter;
  return key;
}

// All words in their order: the same again is the same person.
std::string WholeKey(const PersonName& name) {
  std::string key = "\x01";
  for (const NamePart& part : name.parts) key += part.word.folded + ' ';
  for (const std::string& initial : name.initials) key += initial + '.';
  return key;
}

bool HasComma(std::string_view text, const NameWord& left, const NameWord& right) {
  return text.substr(static_cast<size_t>(left.end), static_cast<size_t>(right.begin - left.end))
             .find(',') != std::string_view::npos;
}

}  // namespace

Title TitleBefore(std::string_view text, int64_t begin) {
  const auto end = static_cast<size_t>(begin);
  size_t from = end - std::min(end, kTitleBytes);
  while (from < end && IsContinuationByte(text[from])) ++from;
  const std::vector<NameWord> words = NameWordsIn(text.substr(from, end - from));
  if (words.empty()) return {};
  const auto behind = from + static_cast<size_t>(words.back().end);
  const std::string_view gap = text.substr(behind, end - behind);
  if (gap != " " && gap != ". " && gap != ".") return {};
  return TitleOf(words.back().folded);
}

PersonName ReadName(std::string_view text, Span span, std::string_view language) {
  PersonName name;
  const std::vector<NameWord> words = NameWordsIn(
      text.substr(static_cast<size_t>(span.begin), static_cast<size_t>(span.end - span.begin)),
      span.begin);
  name.gender = TitleBefore(text, span.begin).gender;
  size_t surname_first = 0;  // How many parts stand before a comma.
  for (size_t i = 0; i < words.size(); ++i) {
    const NameWord& word = words[i];
    const bool alone = words.size() == 1;
    if (i > 0 && surname_first == 0 && HasComma(text, words[i - 1], word)) {
      surname_first = name.parts.size();
    }
    const Title title = TitleOf(word.folded);
    if (i == 0 && !alone && title.is_title) {
      if (title.gender != Gender::kNotSaid) name.gender = title.gender;
      continue;
    }
    if (HasInitials(word.script) && CountCodePoints(word.folded) == 1) {
      name.initials.push_back(word.folded);
    } else if (!alone && IsNameParticle(word.folded) && word.letter_case != WordCase::kNone) {
      name.small.push_back(word.folded);
    } else {
      name.parts.push_back({word, StemsOf(word, language)});
    }
  }
  if (name.empty()) {  // Particles alone: somebody is called "Van".
    for (const NameWord& word : words) name.parts.push_back({word, {}});
    name.small.clear();
  }
  std::rotate(name.parts.begin(), name.parts.begin() + static_cast<std::ptrdiff_t>(surname_first),
              name.parts.end());
  return name;
}

std::optional<int64_t> PersonLinker::Fitting(const PersonName& name) const {
  std::optional<int64_t> nearest;
  Match nearest_match = Match::kNone;
  const auto hold_against = [&](const std::string& key) {
    const auto found = recent_.find(key);
    if (found == recent_.end()) return;
    const std::vector<int64_t>& list = found->second;
    const size_t least = list.size() - std::min(list.size(), kMostHeldAgainst);
    for (size_t i = list.size(); i > least; --i) {
      const Person& person = persons_[static_cast<size_t>(list[i - 1])];
      if (GendersDiffer(name.gender, person.gender)) continue;
      const Match match = MatchOf(name, person.fullest);
      if (match == Match::kNone || match < nearest_match) continue;
      if (match == nearest_match &&
          person.last_seen <= persons_[static_cast<size_t>(*nearest)].last_seen) {
        continue;
      }
      nearest = list[i - 1];
      nearest_match = match;
    }
  };
  if (name.parts.size() + name.initials.size() > 1) {
    hold_against(WholeKey(name));
    if (nearest) return nearest;
  }
  for (const NamePart& part : name.parts) {
    for (const std::string& key : KeysOf(part)) hold_against(key);
  }
  if (name.parts.empty()) hold_against(InitialsKey(name));
  return nearest;
}

void PersonLinker::Push(std::string_view key, int64_t person) {
  auto found = recent_.find(key);
  if (found == recent_.end()) found = recent_.emplace(std::string(key), 0).first;
  std::vector<int64_t>& list = found->second;
  if (list.empty() || list.back() != person) list.push_back(person);
}

void PersonLinker::Index(int64_t person, const PersonName& name) {
  Push(WholeKey(name), person);
  for (const NamePart& part : name.parts) {
    for (const std::string& key : KeysOf(part)) Push(key, person);
  }
  Push(InitialsKey(name), person);
}

void PersonLinker::See(int64_t id, const PersonName& name) {
  Person& person = persons_[static_cast<size_t>(id)];
  person.last_seen = mentions_++;
  if (person.gender == Gender::kNotSaid) person.gender = name.gender;
  person.fullest = FullerOf(std::move(person.fullest), name);
  for (const NamePart& part : name.parts) {
    const bool known = std::ranges::any_of(
        person.forms, [&](const NamePart& form) { return form.word.folded == part.word.folded; });
    if (!known && person.forms.size() < kMostForms) person.forms.push_back(part);
  }
  for (const auto* list : {&name.initials, &name.small}) {
    for (const std::string& word : *list) {
      if (std::ranges::find(person.small, word) == person.small.end() &&
          person.small.size() < kMostForms) {
        person.small.push_back(word);
      }
    }
  }
  Index(id, person.fullest);
}

int64_t PersonLinker::Link(const PersonName& name) {
  std::optional<int64_t> person = Fitting(name);
  if (!person) {
    person = static_cast<int64_t>(persons_.size());
    persons_.push_back({.fullest = name});
  }
  See(*person, name);
  return *person;
}

}  // namespace parley
