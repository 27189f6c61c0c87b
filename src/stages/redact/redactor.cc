// The finder says what must go (span_finder.h); here it goes, is counted, and a conversation that
// cannot be redacted with confidence is dropped if the recipe says so.

#include "stages/redact/redactor.h"

#include <algorithm>
#include <map>

#include "stages/redact/tags.h"
#include "text/edit_map.h"

namespace parley {
namespace {

constexpr std::string_view kNotTold = "und";

std::string_view LanguageOf(const RedactorInput& input, size_t message) {
  const Annotations* annotations = input.annotations;
  const bool told = annotations != nullptr && message < annotations->messages.size();
  return told ? std::string_view(annotations->messages[message].language) : kNotTold;
}

std::vector<SearchText> TextsOf(const RedactorInput& input) {
  std::vector<SearchText> texts;
  for (size_t i = 0; i < input.conversation->messages.size(); ++i) {
    const Message& message = input.conversation->messages[i];
    const bool by_person = message.role == Role::kUser || message.role == Role::kSystem;
    texts.push_back(
        {.text = message.content, .language = LanguageOf(input, i), .by_person = by_person});
  }
  return texts;
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

void Redactor::LookForNames(NameStep step) {
  Check(step.source != nullptr, "names are to be found by nobody");
  names_ = std::make_unique<const NameStep>(std::move(step));
}

std::vector<FoundSpans> Redactor::Find(
    std::span<const std::vector<SearchText>> conversations) const {
  return SpanFinder(*detector_, names_.get()).Find(conversations);
}

std::vector<std::string> Redactor::Unjudged(const RedactorInput& input) const {
  std::vector<std::string> codes;
  for (size_t i = 0; i < input.conversation->messages.size(); ++i) {
    const std::string_view language = LanguageOf(input, i);
    if (language == kNotTold ||
        std::ranges::find(names_->languages, language) != names_->languages.end()) {
      continue;
    }
    codes.emplace_back(language);
  }
  return codes;
}

Redaction Redactor::Replace(const RedactorInput& input, FoundSpans found) const {
  const RawConversation& conversation = *input.conversation;
  Redaction redaction{.spans = std::move(found.messages), .kept = std::move(found.kept)};
  if (names_ != nullptr && options_.enabled) {
    redaction.unjudged = Unjudged(input);
    if (names_->drop_no_model && !redaction.unjudged->empty()) redaction.dropped_for = kNoModel;
    if (names_->drop_unsure && found.unsure) redaction.dropped_for = kUnsure;
    if (!redaction.dropped_for.empty()) return redaction;
  }
  ReleasableConversation released;
  released.redacted_ = conversation.redacted;
  for (size_t i = 0; i < conversation.messages.size(); ++i) {
    const Message& message = conversation.messages[i];
    std::map<std::string, int64_t> counts;
    if (conversation.redacted) {
      for (const StandingTag& tag : FindTags(message.content)) ++counts[tag.type];
    }
    std::vector<Edit> edits;
    for (const TaggedSpan& span : redaction.spans[i]) {
      edits.push_back({span.begin, span.end, span.tag});
      ++counts[span.type];
      released.redacted_ = true;
    }
    released.messages_.push_back(
        {message.role, EditMap(std::move(edits)).Apply(message.content), Counted(counts)});
  }
  redaction.released = std::move(released);
  return redaction;
}

std::vector<Redaction> Redactor::RedactAll(std::span<const RedactorInput> inputs) const {
  std::vector<FoundSpans> found(inputs.size());
  if (options_.enabled) {
    std::vector<std::vector<SearchText>> texts;
    for (const RedactorInput& input : inputs) texts.push_back(TextsOf(input));
    found = Find(texts);
  }
  std::vector<Redaction> redactions;
  for (size_t i = 0; i < inputs.size(); ++i) {
    found[i].messages.resize(inputs[i].conversation->messages.size());
    redactions.push_back(Replace(inputs[i], std::move(found[i])));
  }
  return redactions;
}

Result<ReleasableConversation> Redactor::Redact(const RawConversation& conversation,
                                                const Annotations& annotations) const {
  const RedactorInput input{.conversation = &conversation, .annotations = &annotations};
  Redaction redaction = std::move(RedactAll({&input, 1})[0]);
  if (redaction.released) return *std::move(redaction.released);
  return Invalid("the recipe drops it: names." + std::string(redaction.dropped_for));
}

Result<std::string> Redactor::RedactLabel(std::string_view label) const {
  if (label.empty() || !options_.enabled) return std::string(label);
  const std::vector<SearchText> texts = {{.text = label}};
  const auto found = SpanFinder(*detector_, nullptr).Find({&texts, 1});
  std::vector<Edit> edits;
  for (const TaggedSpan& span : found[0].messages[0]) {
    edits.push_back({span.begin, span.end, span.tag});
  }
  return EditMap(std::move(edits)).Apply(label);
}

}  // namespace parley
