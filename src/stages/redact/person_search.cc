// One pass over the words of a text with a hash of the persons' words. Names without blanks are
// looked up at every letter of a row, once for each length that a name has. Words side by side that
// one person has both of settle whom they are of; else it is the one spoken of last.

#include "stages/redact/person_search.h"

#include <algorithm>

#include "stages/redact/letters.h"
#include "text/letter_fold.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr size_t kMostPersonsOfAKey = 32;
constexpr size_t kMostUnspacedSizes = 16;
constexpr int64_t kLeastGluedLetters = 6;
constexpr int64_t kLeastCamelLetters = 4;

std::string_view Piece(std::string_view text, int64_t begin, int64_t end) {
  return text.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
}

// What may stand between two words of one name.
bool JoinsName(std::string_view gap) {
  return gap.empty() || gap == " " || gap == "-" || gap == "_" || gap == "." || gap == "'" ||
         gap == "’" || gap == "·" || gap == "・" || gap == "‐" || gap == "\u00A0" || gap == "+" ||
         gap == "%20";
}

// The same behind an initial: "J. Smith".
bool JoinsInitial(std::string_view gap) {
  return JoinsName(gap) || gap == ". " || gap == ".\u00A0";
}

bool IsCapital(WordCase letter_case) {
  return letter_case == WordCase::kTitle || letter_case == WordCase::kUpper;
}

// Whether a sentence may begin at `begin`, so that a capital tells nothing.
bool SentenceBegins(std::string_view text, int64_t begin) {
  auto at = static_cast<size_t>(begin);
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '"' || text[at - 1] == '\'' ||
                    text[at - 1] == '*' || text[at - 1] == '(')) {
    --at;
  }
  if (at == 0) return true;
  const char before = text[at - 1];
  return before == '\n' || before == '.' || before == '!' || before == '?' || before == ':' ||
         before == '-' || before == '>' || before == '#' || before == '|';
}

bool Overlaps(std::span<const Span> closed, int64_t begin, int64_t end) {
  const auto first = std::ranges::upper_bound(closed, begin, {}, &Span::end);
  return first != closed.end() && first->begin < end;
}

// Behind "Mary" in "mary85" the digits belong to her: a tag cannot stand before a digit.
int64_t BehindDigits(std::string_view text, int64_t end) {
  while (end < static_cast<int64_t>(text.size()) && IsDigit(text[static_cast<size_t>(end)])) ++end;
  return end;
}

}  // namespace

struct PersonSearch::Hit {
  int64_t begin = 0;
  int64_t end = 0;
  Key* key = nullptr;
  WordCase letter_case = WordCase::kNone;
  bool mention = false;
  bool sure = false;  // Needs no evidence.
  PersonPlace place = {};
};

PersonSearch::PersonSearch(const std::vector<Person>& persons,
                           const std::vector<int64_t>& confirmed)
    : persons_(persons) {
  for (const int64_t id : confirmed) {
    const Person& person = persons[static_cast<size_t>(id)];
    for (const NamePart& form : person.forms) AddForm(id, form);
    const auto& parts = person.fullest.parts;
    if (parts.size() < 2) continue;
    std::string glued;
    bool spaced = true;
    for (const NamePart& part : parts) {
      glued += part.word.folded;
      spaced = spaced && (part.word.script == WordScript::kLatin ||
                          part.word.script == WordScript::kCyrillic);
    }
    if (spaced && CountCodePoints(glued) >= kLeastGluedLetters) {
      AddKey(words_, glued, id).glued = true;
    }
  }
}

PersonSearch::Key& PersonSearch::AddKey(Keys& keys, const std::string& name, int64_t person) {
  Key& key = keys[name];
  const bool known = std::ranges::find(key.persons, person) != key.persons.end();
  if (!known && key.persons.size() < kMostPersonsOfAKey) key.persons.push_back(person);
  return key;
}

void PersonSearch::AddForm(int64_t person, const NamePart& form) {
  const NameWord& word = form.word;
  const int64_t letters = CountCodePoints(word.folded);
  const bool common = IsCommonWord(word.folded);
  Key& key = AddKey(words_, word.folded, person);
  if (key.form.empty()) key.form = word.folded;
  if (IsUnspaced(word.script)) {
    key.weak = letters < 2 || common;
    if (unspaced_sizes_.size() < kMostUnspacedSizes) unspaced_sizes_.insert(word.folded.size());
    return;
  }
  key.weak = letters < 3 || common;
  if (key.weak) return;
  for (const std::string& stem : form.stems) {
    Key& stem_key = AddKey(stems_, stem, person);
    if (stem_key.form.empty()) stem_key.form = word.folded;
  }
}

PersonSearch::Key* PersonSearch::Find(Keys& keys, std::string_view name) {
  const auto found = keys.find(name);
  return found == keys.end() ? nullptr : &found->second;
}

void PersonSearch::SpokenOf(int64_t person) {
  for (const NamePart& form : persons_[static_cast<size_t>(person)].forms) {
    if (Key* key = Find(words_, form.word.folded)) key->last = person;
    for (const std::string& stem : form.stems) {
      if (Key* key = Find(stems_, stem)) key->last = person;
    }
  }
}

// One text.
class PersonSearch::TextSearch {
 public:
  TextSearch(PersonSearch& search, std::string_view text, std::string_view language,
             std::vector<PersonPlace> mentions, std::span<const Span> closed)
      : search_(search),
        text_(text),
        language_(language),
        mentions_(std::move(mentions)),
        closed_(closed),
        words_(NameWordsIn(text)) {}

  std::vector<PersonPlace> Do() {
    size_t next = 0;
    const auto take_mentions = [&](int64_t before) {
      while (next < mentions_.size() && mentions_[next].begin < before) {
        const PersonPlace& mention = mentions_[next++];
        hits_.push_back({.begin = mention.begin,
                         .end = mention.end,
                         .mention = true,
                         .sure = true,
                         .place = mention});
        NoteWordsOf(mention);
      }
    };
    for (const NameWord& word : words_) {
      take_mentions(word.end);
      LookAt(word);
    }
    take_mentions(static_cast<int64_t>(text_.size()) + 1);
    std::ranges::stable_sort(hits_, {}, &Hit::begin);
    Settle();
    return Joined();
  }

 private:
  // The words of the fuller names of this text: evidence for a common word in it.
  void NoteWordsOf(const PersonPlace& mention) {
    const auto words = NameWordsIn(Piece(text_, mention.begin, mention.end));
    if (words.size() < 2) return;
    for (const NameWord& word : words) full_here_.insert(word.folded);
  }

  bool Free(int64_t begin, int64_t end) const {
    if (begin < covered_to_ || Overlaps(closed_, begin, end)) return false;
    const auto next = std::ranges::upper_bound(mentions_, begin, {}, &PersonPlace::end);
    if (next != mentions_.end() && next->begin < end) return false;
    return begin == 0 || text_[static_cast<size_t>(begin) - 1] != '@';  // A handle is no name.
  }

  void AddHit(int64_t begin, int64_t end, Key* key, WordCase letter_case, bool sure) {
    if (!Free(begin, end)) return;
    hits_.push_back(
        {.begin = begin, .end = end, .key = key, .letter_case = letter_case, .sure = sure});
    covered_to_ = end;
  }

  void LookAt(const NameWord& word) {
    if (IsUnspaced(word.script)) return LookInRow(word);
    if (Key* key = search_.Find(search_.words_, word.folded)) {
      AddHit(word.begin, word.end, key, word.letter_case, !key->weak || key->glued);
      return;
    }
    if (word.letter_case == WordCase::kMixed) return LookAtParts(word);
    const bool cased = word.script != WordScript::kOther;
    if (search_.stems_.empty() || (cased && !IsCapital(word.letter_case))) return;
    if (IsCommonWord(word.folded)) return;
    for (const std::string& stem : StemsOf(word, language_)) {
      Key* key = search_.Find(search_.stems_, stem);
      if (key == nullptr) continue;
      AddHit(word.begin, word.end, key, word.letter_case, true);
      return;
    }
  }

  void LookAtParts(const NameWord& word) {
    for (const NameWord& part : CamelParts(text_, word)) {
      Key* key = search_.Find(search_.words_, part.folded);
      if (key == nullptr) continue;
      const bool sure = !key->weak && CountCodePoints(part.folded) >= kLeastCamelLetters;
      AddHit(part.begin, part.end, key, part.letter_case, sure);
    }
  }

  // A row without blanks. Letters of such scripts fold to themselves, so places in the folded row
  // are places in the text; where something that cannot be seen lies between, they are counted out.
  void LookInRow(const NameWord& word) {
    const std::string_view row = word.folded;
    const bool korean = word.script == WordScript::kHangul;
    std::vector<int64_t> places;
    if (static_cast<int64_t>(row.size()) != word.end - word.begin) places = PlacesIn(word);
    const auto place = [&](size_t at) {
      return places.empty() ? word.begin + static_cast<int64_t>(at) : places[at];
    };
    for (size_t at = 0; at < row.size();) {
      size_t taken = 0;
      for (const size_t size : search_.unspaced_sizes_) {
        if (size > row.size() - at) continue;
        const std::string_view piece = row.substr(at, size);
        Key* key = search_.Find(search_.words_, piece);
        if (key == nullptr) continue;
        const std::string_view rest = row.substr(at + size);
        if (korean && !IsKoreanEnding(rest)) continue;
        const bool titled = TitleBeginsAt(rest) || TitleBeginsAt(BehindBlank(word.end, rest));
        if (key->weak && !titled) continue;
        const int64_t end = size == row.size() - at ? word.end : place(at + size);
        AddHit(place(at), end, key, WordCase::kNone, true);
        taken = size;
        break;
      }
      if (taken > 0) {
        at += taken;
      } else if (korean) {
        break;  // A Korean name begins its word.
      } else {
        NextCodePoint(row, at);
      }
    }
  }

  // The text behind a row that ends with a name, one blank passed over.
  std::string_view BehindBlank(int64_t end, std::string_view rest) const {
    if (!rest.empty()) return {};
    const std::string_view behind = text_.substr(static_cast<size_t>(end));
    return behind.starts_with(' ') ? behind.substr(1) : behind;
  }

  // For each byte of the folded row, where its letter begins in the text.
  std::vector<int64_t> PlacesIn(const NameWord& word) const {
    std::vector<int64_t> places;
    std::string letter;
    for (auto at = static_cast<size_t>(word.begin); at < static_cast<size_t>(word.end);) {
      const auto begin = static_cast<int64_t>(at);
      const FoldedLetter folded = FoldLetter(NextCodePoint(text_, at));
      letter.clear();
      for (size_t i = 0; i < folded.count; ++i) AppendCodePoint(letter, folded.letters[i]);
      places.insert(places.end(), letter.size(), begin);
    }
    places.resize(word.folded.size(), word.end);
    return places;
  }

  bool HasPerson(const Key& key, int64_t person) const {
    return std::ranges::find(key.persons, person) != key.persons.end();
  }

  bool SideBySide(const Hit& left, const Hit& right) const {
    return left.end <= right.begin && JoinsName(Piece(text_, left.end, right.begin));
  }

  // Whose a hit is: of the hit beside it if it can be, else of whom was spoken last.
  int64_t PersonOf(const Hit& hit, const Hit* before, const Hit* behind) const {
    const std::vector<int64_t>& persons = hit.key->persons;
    if (before != nullptr && HasPerson(*hit.key, before->place.person) &&
        SideBySide(*before, hit)) {
      return before->place.person;
    }
    if (behind != nullptr && SideBySide(hit, *behind)) {
      if (behind->mention && HasPerson(*hit.key, behind->place.person)) {
        return behind->place.person;
      }
      if (!behind->mention) {
        for (const int64_t person : persons) {
          if (HasPerson(*behind->key, person) && !(hit.key == behind->key)) return person;
        }
      }
    }
    return hit.key->last >= 0 ? hit.key->last : persons.front();
  }

  // Whether the two are words of one name side by side, both with a capital or both without.
  bool IsPartBeside(const Hit& hit, const Hit& other, bool other_is_before) const {
    const bool beside = other_is_before ? SideBySide(other, hit) : SideBySide(hit, other);
    if (!beside) return false;
    if (other.mention) return other.place.person == hit.place.person && IsCapital(hit.letter_case);
    if (other.key->form == hit.key->form) return false;
    if (IsCapital(other.letter_case) != IsCapital(hit.letter_case)) return false;
    return other_is_before ? other.place.person == hit.place.person
                           : HasPerson(*other.key, hit.place.person);
  }

  // A common word is a name beside another part of it, or with a capital behind a title or within a
  // sentence of a text that has the fuller name.
  bool HasEvidence(const Hit& hit, const Hit* before, const Hit* behind) const {
    if (before != nullptr && IsPartBeside(hit, *before, true)) return true;
    if (behind != nullptr && IsPartBeside(hit, *behind, false)) return true;
    if (!IsCapital(hit.letter_case)) return false;
    if (TitleBefore(text_, hit.begin).is_title) return true;
    if (!full_here_.contains(hit.key->form) || SentenceBegins(text_, hit.begin)) return false;
    const std::string_view rest = text_.substr(static_cast<size_t>(hit.end));
    const bool before_number = rest.size() > 1 && rest[0] == ' ' && IsDigit(rest[1]);
    return !before_number;
  }

  void Settle() {
    std::vector<Hit> settled;
    for (size_t i = 0; i < hits_.size(); ++i) {
      Hit hit = hits_[i];
      const Hit* before = settled.empty() ? nullptr : &settled.back();
      const Hit* behind = i + 1 < hits_.size() ? &hits_[i + 1] : nullptr;
      if (!hit.mention) {
        hit.place = {.begin = hit.begin,
                     .end = hit.end,
                     .person = PersonOf(hit, before, behind),
                     .score = 0};
        if (!hit.sure && !HasEvidence(hit, before, behind)) continue;
      }
      search_.SpokenOf(hit.place.person);
      settled.push_back(std::move(hit));
    }
    hits_ = std::move(settled);
  }

  // Takes in initials and particles beside a place.
  void Widen(PersonPlace& place) const {
    const Person& person = search_.persons_[static_cast<size_t>(place.person)];
    if (person.small.empty()) return;
    const auto is_small = [&](const NameWord& word) {
      return std::ranges::find(person.small, word.folded) != person.small.end();
    };
    auto first = std::ranges::lower_bound(words_, place.begin, {}, &NameWord::begin);
    while (first != words_.begin() && is_small(*(first - 1)) &&
           JoinsInitial(Piece(text_, (first - 1)->end, place.begin)) &&
           !Overlaps(closed_, (first - 1)->begin, (first - 1)->end)) {
      --first;
      place.begin = first->begin;
    }
    auto next = std::ranges::lower_bound(words_, place.end, {}, &NameWord::begin);
    while (next != words_.end() && is_small(*next) && next->letter_case == WordCase::kTitle &&
           JoinsName(Piece(text_, place.end, next->begin)) &&
           !Overlaps(closed_, next->begin, next->end)) {
      place.end = next->end;
      ++next;
    }
  }

  std::vector<PersonPlace> Joined() const {
    std::vector<PersonPlace> places;
    std::string_view last_form;
    for (const Hit& hit : hits_) {
      PersonPlace place = hit.place;
      Widen(place);
      const int64_t behind = BehindDigits(text_, place.end);
      if (behind > place.end && !Overlaps(closed_, place.end, behind)) place.end = behind;
      PersonPlace* last = places.empty() ? nullptr : &places.back();
      if (last != nullptr && place.begin < last->end) {  // Widened into the one before.
        if (place.end <= last->end) continue;
        place.begin = last->end;
      }
      const std::string_view form = hit.mention ? std::string_view() : hit.key->form;
      const bool same_word = !form.empty() && form == last_form;
      last_form = form;
      if (last != nullptr && last->person == place.person && !same_word &&
          JoinsName(Piece(text_, last->end, place.begin)) &&
          !Overlaps(closed_, last->end, place.end)) {
        last->end = place.end;
        last->score = std::max(last->score, place.score);
        continue;
      }
      places.push_back(place);
    }
    return places;
  }

  PersonSearch& search_;
  std::string_view text_;
  std::string_view language_;
  std::vector<PersonPlace> mentions_;
  std::span<const Span> closed_;
  std::vector<NameWord> words_;
  std::vector<Hit> hits_;
  std::set<std::string, std::less<>> full_here_;
  int64_t covered_to_ = 0;
};

std::vector<PersonPlace> PersonSearch::AddTo(std::string_view text, std::string_view language,
                                             std::vector<PersonPlace> mentions,
                                             std::span<const Span> closed) {
  return TextSearch(*this, text, language, std::move(mentions), closed).Do();
}

}  // namespace parley
