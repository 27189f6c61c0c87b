#include "stages/catalogue.h"

#include "stages/stage_functions.h"

namespace parley {

const std::vector<StageInfo>& StageCatalogue() {
  static const std::vector<StageInfo> stages = {
      // Scan: the form of each conversation, and whether it is one.
      NormaliseStage(),
      RenameModelsStage(),
      EventsStage(),
      ModelsStage(),
      ShapeStage(),
      MessageLengthStage(),
      ConversationLengthStage(),
      ServiceErrorsStage(),
      SerialisedObjectsStage(),
      // Plan: which of the valid ones.
      SnapshotsStage(),
      AnonymisedStage(),
      BlockedWordsStage(),
      OptOutStage(),
      ConsentStage(),
      DuplicatesStage(),
      SampleStage(),
      // Write: tags and tallies.
      LanguageStage(),
      ModerationStage(),
      RedactStage(),
      NamesStage(),
      TokensStage(),
      // The whole run.
      IdentifiersStage(),
      LimitsStage(),
  };
  return stages;
}

}  // namespace parley
