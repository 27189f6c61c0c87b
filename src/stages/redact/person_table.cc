// Mentions first, in the order of the conversation: each joins a person or makes one. Then the
// search goes over every text once with all that is confirmed.

#include "stages/redact/person_table.h"

#include <algorithm>
#include <set>

#include "stages/redact/name_words.h"
#include "stages/redact/person_linker.h"
#include "stages/redact/person_search.h"
#include "text/utf8.h"

namespace parley {
namespace {

// From these scores on a person is looked for: of one bare mention, and of a full name or several.
constexpr double kSure = 0.8;
constexpr double kLikely = 0.5;

struct Found {
  Span span = {};
  double score = 0;
  NameKind kind = NameKind::kPrivate;
};

// What is told of a person besides the words of the name.
struct Evidence {
  double best = 0;
  int64_t mentions = 0;
  int64_t most_words = 0;  // Of the mention that decides the kind.
  double kind_score = 0;
  NameKind kind = NameKind::kPrivate;

  void Add(const Found& found, const PersonName& name) {
    ++mentions;
    best = std::max(best, found.score);
    const auto words = static_cast<int64_t>(name.parts.size());
    if (words > most_words || (words == most_words && found.score > kind_score)) {
      most_words = words;
      kind_score = found.score;
      kind = found.kind;
    }
  }
};

std::string_view Piece(std::string_view text, Span span) {
  return text.substr(static_cast<size_t>(span.begin), static_cast<size_t>(span.end - span.begin));
}

// `spans` in order, overlapping ones made one.
std::vector<Span> Disjoint(std::vector<Span> spans) {
  std::ranges::sort(spans, {}, &Span::begin);
  std::vector<Span> disjoint;
  for (const Span& span : spans) {
    if (!disjoint.empty() && span.begin < disjoint.back().end) {
      disjoint.back().end = std::max(disjoint.back().end, span.end);
    } else {
      disjoint.push_back(span);
    }
  }
  return disjoint;
}

class Table {
 public:
  Table(std::span<const PersonText> texts, const NameRules& rules) : texts_(texts), rules_(rules) {
    result_.spans.resize(texts.size());
    result_.kept.resize(texts.size());
    places_.resize(texts.size());
    closed_.resize(texts.size());
  }

  Persons Do() {
    for (size_t i = 0; i < texts_.size(); ++i) LinkText(i);
    JoinTheUnsure();
    Search();
    return std::move(result_);
  }

 private:
  struct Unsure {
    size_t text = 0;
    Found found = {};
    PersonName name = {};
  };

  // The mentions of a text that count, ascending, without overlaps, denied names among them. Notes
  // what a rule keeps.
  std::vector<Found> FoundIn(size_t i) {
    const PersonText& text = texts_[i];
    std::vector<Found> found;
    if (!rules_.deny.empty()) {
      for (const Span& span :
           rules_.deny.FindIn(NameWordsIn(text.text), text.text, text.language)) {
        for (const Span& piece : OutsideOf(text.text, span, text.closed)) {
          found.push_back({piece, 1.0, NameKind::kPrivate});
        }
      }
    }
    std::vector<Span> denied;
    for (const Found& one : found) denied.push_back(one.span);
    for (const NameMention& mention : text.mentions) {
      const Span span{mention.begin, mention.end};
      if (mention.eponym || IsAllowed(text, span)) {
        result_.kept[i].push_back(span);
        continue;
      }
      for (const Span& open : OutsideOf(text.text, span, text.closed)) {
        for (const Span& piece : OutsideOf(text.text, open, denied)) {
          found.push_back({piece, mention.score, mention.kind});
        }
      }
    }
    std::ranges::sort(found, {}, [](const Found& one) { return one.span.begin; });
    return found;
  }

  bool IsAllowed(const PersonText& text, Span span) const {
    return !rules_.allow.empty() &&
           rules_.allow.Holds(NameWordsIn(Piece(text.text, span)), text.language);
  }

  void LinkText(size_t i) {
    const PersonText& text = texts_[i];
    for (const Found& found : FoundIn(i)) {
      PersonName name = ReadName(text.text, found.span, text.language);
      if (name.empty()) continue;
      if (found.score >= rules_.threshold) {
        Place(i, found, linker_.Link(name), name);
      } else if (const auto person = linker_.Fitting(name)) {
        linker_.See(*person, name);
        Place(i, found, *person, name);
      } else {
        unsure_.push_back({i, found, std::move(name)});
      }
    }
    closed_[i].assign(text.closed.begin(), text.closed.end());
    closed_[i].insert(closed_[i].end(), result_.kept[i].begin(), result_.kept[i].end());
    if (!rules_.allow.empty()) {
      const auto allowed = rules_.allow.FindIn(NameWordsIn(text.text), text.text, text.language);
      for (const Span& span : allowed) {
        if (!InsideAPlace(i, span)) closed_[i].push_back(span);
      }
    }
    closed_[i] = Disjoint(std::move(closed_[i]));
  }

  // "Ford" is allowed, but not within "Harrison Ford".
  bool InsideAPlace(size_t i, Span span) const {
    const auto& places = places_[i];
    const auto next = std::ranges::upper_bound(places, span.begin, {}, &PersonPlace::end);
    return next != places.end() && next->begin < span.end;
  }

  void Place(size_t i, const Found& found, int64_t person, const PersonName& name) {
    if (static_cast<size_t>(person) >= evidence_.size()) {
      evidence_.resize(static_cast<size_t>(person) + 1);
    }
    evidence_[static_cast<size_t>(person)].Add(found, name);
    places_[i].push_back({found.span.begin, found.span.end, person, found.score});
  }

  // A mention under the threshold of somebody who is named for certain later.
  void JoinTheUnsure() {
    for (const Unsure& one : unsure_) {
      const auto person = linker_.Fitting(one.name);
      if (!person) {
        result_.unsure = true;
        continue;
      }
      Place(one.text, one.found, *person, one.name);
      std::ranges::sort(places_[one.text], {}, &PersonPlace::begin);
    }
  }

  std::vector<int64_t> Confirmed() const {
    std::vector<int64_t> confirmed;
    for (size_t i = 0; i < evidence_.size(); ++i) {
      const Evidence& told = evidence_[i];
      const bool in_full = linker_.persons()[i].fullest.parts.size() >= 2;
      const bool borne_out = in_full || told.mentions >= 2;
      if (told.best >= kSure || (borne_out && told.best >= kLikely)) {
        confirmed.push_back(static_cast<int64_t>(i));
      }
    }
    return confirmed;
  }

  void Search() {
    if (evidence_.empty()) return;
    PersonSearch search(linker_.persons(), Confirmed());
    for (size_t i = 0; i < texts_.size(); ++i) {
      const PersonText& text = texts_[i];
      for (const PersonPlace& place :
           search.AddTo(text.text, text.language, std::move(places_[i]), closed_[i])) {
        Keep(i, place);
      }
      std::ranges::sort(result_.kept[i], {}, &Span::begin);
    }
  }

  void Keep(size_t i, const PersonPlace& place) {
    const Evidence& told = evidence_[static_cast<size_t>(place.person)];
    if (rules_.private_only && told.kind != NameKind::kPrivate) {
      result_.kept[i].push_back({place.begin, place.end});
      return;
    }
    result_.spans[i].push_back({.begin = place.begin,
                                .end = place.end,
                                .person = place.person,
                                .score = place.score > 0 ? place.score : told.best,
                                .kind = told.kind});
  }

  std::span<const PersonText> texts_;
  const NameRules& rules_;
  PersonLinker linker_;
  std::vector<Evidence> evidence_;  // [persons]
  std::vector<std::vector<PersonPlace>> places_;
  std::vector<std::vector<Span>> closed_;
  std::vector<Unsure> unsure_;
  Persons result_;
};

}  // namespace

Persons LinkPersons(std::span<const PersonText> texts, const NameRules& rules) {
  return Table(texts, rules).Do();
}

}  // namespace parley
