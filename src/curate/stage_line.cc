#include "curate/stage_line.h"

#include <fmt/format.h>

namespace parley {
namespace {

std::string Why(const std::string& stage, const Verdict& verdict) {
  return fmt::format("{}.{}", stage, verdict.reason.name);
}

template <class Filters>
Result<std::string> FirstAgainst(const Filters& filters, const RawConversation& conversation) {
  for (const auto& [name, filter] : filters) {
    const Verdict verdict = TRY(filter->Judge(conversation));
    if (!verdict.keep()) return Why(name, verdict);
  }
  return std::string();
}

}  // namespace

Status StageLine::Place(const StageInfo& info, StageObject object) {
  if (auto* editor = std::get_if<std::unique_ptr<Editor>>(&object)) {
    editors_.push_back(std::move(*editor));
  } else if (auto* filter = std::get_if<std::unique_ptr<Filter>>(&object)) {
    auto& filters = info.per_conversation ? conversation_filters_ : snapshot_filters_;
    filters.emplace_back(info.name, std::move(*filter));
  } else if (auto* annotator = std::get_if<std::unique_ptr<Annotator>>(&object)) {
    annotators_.emplace_back(info.name, std::move(*annotator));
  } else if (auto* counter = std::get_if<std::unique_ptr<Counter>>(&object)) {
    counters_.push_back(std::move(*counter));
  } else if (auto* redactor = std::get_if<std::unique_ptr<Redactor>>(&object)) {
    redactor_ = std::move(*redactor);
  } else if (auto* names = std::get_if<std::unique_ptr<NameStep>>(&object)) {
    names_ = std::move(*names);
  } else if (auto* moderation = std::get_if<std::unique_ptr<ModerationStep>>(&object)) {
    moderation_ = std::move(*moderation);
  }
  return {};
}

Result<StageLine> StageLine::Create(const Recipe& recipe) {
  StageLine line;
  for (const StageInfo* info : recipe.StagesInOrder()) {
    if (!recipe.Enabled(info->name)) continue;
    // Names are part of the redaction: without it no model is asked for.
    if (info->name == "names" && !recipe.Enabled("redact")) continue;
    Result<StageObject> object = info->make(recipe.Section(info->name));
    if (!object) {
      object.error().message = fmt::format("[{}] {}", info->name, object.error().message);
      return std::unexpected(std::move(object.error()));
    }
    TRY(line.Place(*info, std::move(*object)));
  }
  if (line.names_) line.redactor_->LookForNames(std::move(*line.names_));
  if (!line.redactor_) {
    line.redactor_ = std::make_unique<Redactor>(TRY(Redactor::Create({.enabled = false})));
  }
  const bool outside = line.moderation_ && line.moderation_->backend == "endpoint";
  if (outside && !line.redactor_->enabled()) {
    return Invalid(
        "[moderation] backend is \"endpoint\" and redaction is off: people's words as they typed "
        "them never leave this machine");
  }
  if (!line.moderation_) {
    line.moderation_ = std::make_unique<const ModerationStep>(ModerationStep{.backend = "carry"});
  }
  return line;
}

void StageLine::Edit(RawConversation& conversation, EditCounts& counts) const {
  for (const auto& editor : editors_) editor->Edit(conversation, counts);
}

Result<Judgement> StageLine::Judge(const RawConversation& conversation) const {
  Judgement judgement;
  judgement.snapshot = TRY(FirstAgainst(snapshot_filters_, conversation));
  if (judgement.snapshot.empty()) {
    judgement.conversation = TRY(FirstAgainst(conversation_filters_, conversation));
  }
  return judgement;
}

Result<std::string> StageLine::Annotate(const RawConversation& conversation,
                                        Annotations& annotations) const {
  annotations.messages.resize(conversation.messages.size());
  for (const auto& [name, annotator] : annotators_) {
    const Verdict verdict = TRY(annotator->Annotate(conversation, annotations));
    if (!verdict.keep()) return Why(name, verdict);
  }
  return std::string();
}

Status StageLine::Count(const ReleasableConversation& conversation,
                        Annotations& annotations) const {
  for (const auto& counter : counters_) TRY(counter->Count(conversation, annotations));
  return {};
}

}  // namespace parley
