#include "stages/redact/span_finder.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "stages/redact/name_words.h"
#include "stages/redact/tags.h"
#include "stages/redact/value_echo.h"

namespace parley {
namespace {

// One look at a text seldom asks for another, and two hardly ever for a third. A text made to ask
// again and again is given up after these; what is left by then is left.
constexpr int kMostLooks = 8;

constexpr std::string_view kName = "NAME";
// What of a path or a profile is a user's name may be a person's, and is then the person's.
constexpr std::string_view kUserName = "USERNAME";

// A message on its way: what is found so far, in the original text, and how it reads with that
// replaced.
struct Message {
  SearchText original = {};
  std::vector<PiiSpan> pii = {};           // Ascending, without overlaps.
  std::vector<NameMention> mentions = {};  // Ascending.
  EditMap map = {};
  std::string edited = {};
  bool to_look_at = true;
  bool looked_at = false;

  std::string_view text() const { return looked_at ? edited : original.text; }
};

bool Holds(std::span<const Span> spans, Span span) {
  const auto next = std::ranges::lower_bound(spans, span.end, {}, &Span::end);
  return next != spans.end() && next->begin <= span.begin;
}

// Takes in what was found in the edited text. A URL or an address may hold what was found before. A
// tag is nothing personal, even where a user's name would stand.
void TakePii(std::vector<PiiSpan> found, Message& message) {
  const std::vector<Span> tags = FindTagLike(message.text());
  for (PiiSpan& span : found) {
    if (Holds(tags, {span.begin, span.end})) continue;
    const Span original = message.map.ToOriginal(Span{span.begin, span.end});
    span.begin = original.begin;
    span.end = original.end;
    message.pii.push_back(std::move(span));
  }
  std::ranges::stable_sort(message.pii, [](const PiiSpan& left, const PiiSpan& right) {
    return left.begin != right.begin ? left.begin < right.begin : left.end > right.end;
  });
  std::vector<PiiSpan> outer;
  for (PiiSpan& span : message.pii) {
    if (outer.empty() || span.begin >= outer.back().end) outer.push_back(std::move(span));
  }
  message.pii = std::move(outer);
}

// The same for mentions. One may lie about tags: the parts beside these count. What was found now
// goes before what was found there earlier.
void TakeMentions(const std::vector<NameMention>& found, Message& message) {
  const std::vector<Span> tags = FindTagLike(message.text());
  std::vector<NameMention> taken;
  for (const NameMention& mention : found) {
    for (const Span& piece : OutsideOf(message.text(), {mention.begin, mention.end}, tags)) {
      NameMention& original = taken.emplace_back(mention);
      original.begin = message.map.ToOriginal(piece.begin, EditMap::Side::kBegin);
      original.end = message.map.ToOriginal(piece.end, EditMap::Side::kEnd);
    }
  }
  size_t next = 0;
  const size_t count = taken.size();
  for (const NameMention& earlier : message.mentions) {
    while (next < count && taken[next].end <= earlier.begin) ++next;
    if (next == count || taken[next].begin >= earlier.end) taken.push_back(earlier);
  }
  std::ranges::sort(taken, {}, &NameMention::begin);
  message.mentions = std::move(taken);
}

bool Overlap(const auto& left, const auto& right) {
  return left.begin < right.end && right.begin < left.end;
}

// Both kinds of spans, ascending; the value or the person stands in the place of the tag. They
// overlap only at users' names: the person's name goes before if it covers that.
std::vector<TaggedSpan> Together(const std::vector<PiiSpan>& pii,
                                 const std::vector<PersonSpan>& persons) {
  std::vector<TaggedSpan> spans;
  size_t next = 0;
  const auto add_name = [&](const PersonSpan& name) {
    spans.push_back({.begin = name.begin,
                     .end = name.end,
                     .type = std::string(kName),
                     .tag = std::to_string(name.person),
                     .score = name.score,
                     .kind = name.kind});
  };
  for (const PiiSpan& span : pii) {
    while (next < persons.size() && persons[next].end <= span.begin) add_name(persons[next++]);
    const bool covered =
        next < persons.size() && persons[next].begin <= span.begin && span.end <= persons[next].end;
    if (covered) continue;
    while (next < persons.size() && Overlap(persons[next], span)) ++next;
    spans.push_back({.begin = span.begin,
                     .end = span.end,
                     .type = span.type,
                     .tag = span.value,
                     .score = span.score});
  }
  while (next < persons.size()) add_name(persons[next++]);
  return spans;
}

// A conversation on its way.
class Search {
 public:
  Search(const std::vector<SearchText>& texts, const NameStep* names) : names_(names) {
    for (const SearchText& text : texts) {
      messages_.push_back({.original = text});
      for (const StandingTag& tag : FindTags(text.text)) standing_.StepPast(tag);
    }
  }

  std::vector<Message>& messages() { return messages_; }

  // Replaces all that is known; notes which messages read otherwise than when last looked at.
  void Replace() {
    Persons persons = LinkAll();
    found_ = {.messages = std::vector<std::vector<TaggedSpan>>(messages_.size()),
              .kept = std::move(persons.kept),
              .unsure = persons.unsure};
    TagTable tags = standing_;
    std::vector<EchoText> texts;
    for (size_t i = 0; i < messages_.size(); ++i) {
      found_.messages[i] = Together(messages_[i].pii, persons.spans[i]);
      texts.push_back({messages_[i].original.text, &found_.messages[i], &found_.kept[i]});
    }
    AddEchoes(texts);
    for (size_t i = 0; i < messages_.size(); ++i) {
      Message& message = messages_[i];
      std::vector<Edit> edits;
      for (TaggedSpan& span : found_.messages[i]) {
        span.tag = tags.TagOf(span.type, span.tag);
        edits.push_back({span.begin, span.end, span.tag});
      }
      message.map = EditMap(std::move(edits));
      std::string edited = message.map.Apply(message.original.text);
      message.to_look_at = edited != message.text();
      message.edited = std::move(edited);
      message.looked_at = true;
    }
  }

  FoundSpans TakeFound() { return std::move(found_); }

 private:
  Persons LinkAll() const {
    std::vector<std::vector<Span>> closed(messages_.size());
    std::vector<PersonText> texts;
    for (size_t i = 0; i < messages_.size(); ++i) {
      const Message& message = messages_[i];
      if (names_ == nullptr) continue;
      closed[i] = ClosedIn(message);
      texts.push_back({.text = message.original.text,
                       .language = message.original.language,
                       .mentions = message.mentions,
                       .closed = closed[i]});
    }
    if (names_ != nullptr) return LinkPersons(texts, names_->rules);
    Persons none;
    none.spans.resize(messages_.size());
    none.kept.resize(messages_.size());
    return none;
  }

  static std::vector<Span> ClosedIn(const Message& message) {
    std::vector<Span> all = FindTagLike(message.original.text);
    for (const PiiSpan& span : message.pii) {
      if (span.type != kUserName) all.push_back({span.begin, span.end});
    }
    std::ranges::sort(all, {}, &Span::begin);
    std::vector<Span> closed;
    for (const Span& span : all) {
      if (!closed.empty() && span.begin < closed.back().end) {
        closed.back().end = std::max(closed.back().end, span.end);
      } else {
        closed.push_back(span);
      }
    }
    return closed;
  }

  const NameStep* names_;
  std::vector<Message> messages_;
  TagTable standing_;
  FoundSpans found_;
};

}  // namespace

std::vector<FoundSpans> SpanFinder::Find(
    std::span<const std::vector<SearchText>> conversations) const {
  std::vector<Search> searches;
  searches.reserve(conversations.size());
  for (const auto& texts : conversations) searches.emplace_back(texts, names_);
  std::vector<size_t> open(searches.size());
  for (size_t i = 0; i < open.size(); ++i) open[i] = i;
  for (int look = 0; look < kMostLooks && !open.empty(); ++look) {
    std::vector<NameText> batch;
    std::vector<Message*> owners;
    for (const size_t i : open) {
      for (Message& message : searches[i].messages()) {
        if (!message.to_look_at) continue;
        owners.push_back(&message);
        const std::string_view language = message.original.language;
        batch.push_back({.text = message.text(),
                         .language = language == "und" ? std::string_view() : language,
                         .by_person = message.original.by_person});
      }
    }
    std::vector<std::vector<NameMention>> mentions(batch.size());
    if (names_ != nullptr) mentions = names_->source->Find(batch);
    for (size_t i = 0; i < owners.size(); ++i) {
      Message& message = *owners[i];
      auto pii = detector_.FindPersonal(message.text(), message.original.language);
      TakeMentions(mentions[i], message);
      TakePii(std::move(pii), message);
    }
    std::erase_if(open, [&](size_t i) {
      searches[i].Replace();
      return std::ranges::none_of(searches[i].messages(), &Message::to_look_at);
    });
  }
  std::vector<FoundSpans> found;
  for (Search& search : searches) found.push_back(search.TakeFound());
  return found;
}

}  // namespace parley
