// One function a stage; catalogue.cc puts them in order.

#pragma once

#include "stages/stage.h"

namespace parley {

StageInfo NormaliseStage();
StageInfo RenameModelsStage();
StageInfo EventsStage();
StageInfo ModelsStage();
StageInfo ShapeStage();
StageInfo MessageLengthStage();
StageInfo ConversationLengthStage();
StageInfo ServiceErrorsStage();
StageInfo SerialisedObjectsStage();
StageInfo SnapshotsStage();
StageInfo AnonymisedStage();
StageInfo BlockedWordsStage();
StageInfo OptOutStage();
StageInfo ConsentStage();
StageInfo DuplicatesStage();
StageInfo SampleStage();
StageInfo IdentifiersStage();
StageInfo LimitsStage();
StageInfo LanguageStage();
StageInfo ModerationStage();
StageInfo RedactStage();
StageInfo NamesStage();
StageInfo TokensStage();

}  // namespace parley
