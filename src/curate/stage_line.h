// The stages of a recipe, made and in order.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "curate/recipe.h"
#include "parley/conversation.h"
#include "parley/status.h"
#include "stages/stage.h"

namespace parley {

/// Why a conversation is out; both empty: it is not.
struct Judgement {
  std::string snapshot;      ///< "stage.reason" of the first filter that set this snapshot aside.
  std::string conversation;  ///< Of the first that would drop the conversation for it.
};

/// Immutable, so shared by all threads.
class StageLine {
 public:
  /// Makes every enabled stage. Invalid or NotFound with the stage's own words: a wrong option, a
  /// missing model.
  static Result<StageLine> Create(const Recipe& recipe);

  void Edit(RawConversation& conversation, EditCounts& counts) const;
  Result<Judgement> Judge(const RawConversation& conversation) const;

  /// Fills `annotations`; the answer is "stage.reason" if a stage drops the conversation, else
  /// empty.
  Result<std::string> Annotate(const RawConversation& conversation, Annotations& annotations) const;
  const Redactor& redactor() const { return *redactor_; }
  /// Without such a step in the recipe: tags of the source go out and nobody judges.
  const ModerationStep& moderation() const { return *moderation_; }
  Status Count(const ReleasableConversation& conversation, Annotations& annotations) const;

 private:
  template <class T>
  using Named = std::vector<std::pair<std::string, std::unique_ptr<T>>>;

  StageLine() = default;
  Status Place(const StageInfo& info, StageObject object);

  std::vector<std::unique_ptr<Editor>> editors_;
  Named<Filter> snapshot_filters_;
  Named<Filter> conversation_filters_;
  Named<Annotator> annotators_;
  std::unique_ptr<Redactor> redactor_;
  std::unique_ptr<NameStep> names_;  // Until the redactor has it.
  std::unique_ptr<const ModerationStep> moderation_;
  std::vector<std::unique_ptr<Counter>> counters_;
};

}  // namespace parley
