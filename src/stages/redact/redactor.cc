// Spans are found message by message; tags are numbered over the whole conversation.
//
// What was replaced can bring two pieces of text together so that they read like something
// personal. So each text is searched again with tags in place until nothing more is found, and the
// finds are carried back to the original text: redacting twice changes nothing, by construction.

#include "stages/redact/redactor.h"

#include <algorithm>
#include <map>

#include "stages/redact/pii_detector.h"
#include "stages/redact/tags.h"
#include "text/edit_map.h"

namespace parley {
namespace {

// `spans` with the tag of a type but no number yet.
EditMap Provisional(const std::vector<PiiSpan>& spans) {
  std::vector<Edit> edits;
  for (const PiiSpan& span : spans) edits.push_back({span.begin, span.end, span.type + "_0"});
  return EditMap(std::move(edits));
}

std::vector<PiiSpan> FindAll(const PiiDetector& detector, std::string_view text,
                             const std::string& language) {
  std::vector<PiiSpan> all = detector.FindPersonal(text, language);
  for (bool more = !all.empty(); more;) {
    const EditMap map = Provisional(all);
    const std::string edited = map.Apply(text);
    std::vector<PiiSpan> found = detector.FindPersonal(edited, language);
    more = !found.empty();
    for (PiiSpan& span : found) {
      const Span original = map.ToOriginal(Span{span.begin, span.end});
      span.begin = original.begin;
      span.end = original.end;
      // A URL or an address may hold what was found before it.
      std::erase_if(all, [&](const PiiSpan& earlier) {
        return span.begin <= earlier.begin && earlier.end <= span.end;
      });
      all.push_back(std::move(span));
    }
    std::ranges::sort(all, {}, &PiiSpan::begin);
  }
  return all;
}

std::vector<RedactionCount> Counted(const std::map<std::string, int64_t>& by_type) {
  std::vector<RedactionCount> counts;
  for (const auto& [type, count] : by_type) counts.push_back({type, count});
  return counts;
}

}  // namespace

Redactor::Redactor(Options options) : options_(std::move(options)) {}
Redactor::Redactor(Redactor&&) noexcept = default;
Redactor& Redactor::operator=(Redactor&&) noexcept = default;
Redactor::~Redactor() = default;

Result<Redactor> Redactor::Create(Options options) {
  Redactor redactor(std::move(options));
  redactor.detector_ = std::make_unique<PiiDetector>(
      TRY(PiiDetector::Create({redactor.options_.types, redactor.options_.phone_regions})));
  return redactor;
}

Result<ReleasableConversation> Redactor::Redact(const RawConversation& conversation,
                                                const Annotations& annotations) const {
  ReleasableConversation released;
  released.redacted_ = conversation.redacted;
  TagTable table;
  std::vector<std::map<std::string, int64_t>> counts(conversation.messages.size());
  for (size_t i = 0; i < conversation.messages.size(); ++i) {
    for (const StandingTag& tag : FindTags(conversation.messages[i].content)) {
      table.StepPast(tag);
      if (conversation.redacted) ++counts[i][tag.type];
    }
  }
  for (size_t i = 0; i < conversation.messages.size(); ++i) {
    const Message& message = conversation.messages[i];
    std::vector<PiiSpan> spans;
    if (options_.enabled) {
      const bool told = i < annotations.messages.size();
      spans = FindAll(*detector_, message.content,
                      told ? annotations.messages[i].language : std::string("und"));
    }
    std::vector<Edit> edits;
    for (const PiiSpan& span : spans) {
      edits.push_back({span.begin, span.end, table.TagOf(span.type, span.value)});
      ++counts[i][span.type];
      released.redacted_ = true;
    }
    released.messages_.push_back(
        {message.role, EditMap(std::move(edits)).Apply(message.content), Counted(counts[i])});
  }
  return released;
}

Result<std::string> Redactor::RedactLabel(std::string_view label) const {
  if (label.empty()) return std::string();
  RawConversation conversation;
  conversation.messages.push_back({.content = std::string(label)});
  const ReleasableConversation released = TRY(Redact(conversation, {}));
  return released.messages()[0].content;
}

}  // namespace parley
