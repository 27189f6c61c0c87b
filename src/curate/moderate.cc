#include "curate/moderate.h"

#include <utility>
#include <vector>

#include "text/edit_map.h"

namespace parley {
namespace {

constexpr std::string_view kNotTold = "und";

void KeepOrClear(const ModerationStep& step, const ModerationMessage& message) {
  *message.note = {};
  if (step.backend == "none" || !step.carry) message.tags->reset();
  if (*message.tags) {
    message.note->by = "source";
  } else {
    message.note->reason = step.backend == "none" ? "not wanted" : "not judged";
  }
}

}  // namespace

Status ModerateMessages(const ModerationStep& step, std::span<const ModerationMessage> messages) {
  std::vector<ModerationText> texts;
  std::vector<const ModerationMessage*> untagged;
  for (const ModerationMessage& message : messages) {
    KeepOrClear(step, message);
    if (*message.tags || step.source == nullptr) continue;
    const bool told = message.language != kNotTold;
    const bool outside = step.backend == "endpoint";
    texts.push_back({.text = outside ? message.released : message.message->content,
                     .language = told ? message.language : std::string_view(),
                     .role = message.message->role});
    untagged.push_back(&message);
  }
  if (texts.empty()) return {};
  std::vector<ModerationAnswer> answers = TRY(step.source->Judge(texts));
  Check(answers.size() == texts.size(), "a source of moderation gave another count of answers");
  for (size_t i = 0; i < answers.size(); ++i) {
    *untagged[i]->tags = answers[i].tags;
    *untagged[i]->note = std::move(answers[i].note);
  }
  return {};
}

void MovePlaces(const Redaction& redaction, Annotations& annotations) {
  for (size_t i = 0; i < redaction.spans.size() && i < annotations.messages.size(); ++i) {
    ModerationNote& note = annotations.messages[i].moderation;
    if (note.end == 0 || redaction.spans[i].empty()) continue;
    std::vector<Edit> edits;
    for (const TaggedSpan& span : redaction.spans[i]) {
      edits.push_back({span.begin, span.end, span.tag});
    }
    const Span moved = EditMap(std::move(edits)).ToEdited(Span{note.begin, note.end});
    note.begin = moved.begin;
    note.end = moved.end;
  }
}

}  // namespace parley
