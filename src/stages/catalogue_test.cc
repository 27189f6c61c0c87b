#include "stages/catalogue.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "io/file.h"

namespace parley {
namespace {

bool IsSnakeCase(std::string_view name) {
  return !name.empty() && name.front() != '_' && name.back() != '_' &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

TEST(StageCatalogue, NamesAreUniqueAndInSnakeCase) {
  std::set<std::string> names;
  for (const StageInfo& stage : StageCatalogue()) {
    EXPECT_TRUE(IsSnakeCase(stage.name)) << stage.name;
    EXPECT_TRUE(names.insert(stage.name).second) << stage.name << " stands there twice";
  }
}

TEST(StageCatalogue, SummariesAreOneSentence) {
  for (const StageInfo& stage : StageCatalogue()) {
    SCOPED_TRACE(stage.name);
    EXPECT_TRUE(stage.summary.ends_with('.'));
    EXPECT_EQ(stage.summary.find(". "), std::string::npos);
    EXPECT_EQ(stage.summary.find('\n'), std::string::npos);
  }
}

TEST(StageCatalogue, OptionsAreNamedOnceAndDocumented) {
  for (const StageInfo& stage : StageCatalogue()) {
    std::set<std::string> names;
    for (const OptionInfo& option : stage.options) {
      SCOPED_TRACE(stage.name + "." + option.name);
      EXPECT_TRUE(IsSnakeCase(option.name));
      EXPECT_NE(option.name, "enabled") << "the recipe's own switch";
      EXPECT_TRUE(names.insert(option.name).second);
      EXPECT_FALSE(option.summary.empty());
      EXPECT_FALSE(option.summary.ends_with('.'));
    }
  }
}

TEST(StageCatalogue, ReasonsAreUniqueWithinAStageAndInSnakeCase) {
  for (const StageInfo& stage : StageCatalogue()) {
    std::set<std::string_view> names;
    for (const Reason& reason : stage.reasons) {
      EXPECT_TRUE(IsSnakeCase(reason.name)) << stage.name << "." << reason.name;
      EXPECT_TRUE(names.insert(reason.name).second) << stage.name << "." << reason.name;
    }
  }
}

TEST(StageCatalogue, EveryFilterHasAReason) {
  for (const StageInfo& stage : StageCatalogue()) {
    EXPECT_TRUE(stage.kind != StageKind::kFilter || !stage.reasons.empty()) << stage.name;
  }
}

TEST(StageCatalogue, EveryEditorFilterAndRuleCanBeMadeFromItsDefaults) {
  for (const StageInfo& stage : StageCatalogue()) {
    SCOPED_TRACE(stage.name);
    if (stage.kind != StageKind::kEditor && stage.kind != StageKind::kFilter &&
        stage.kind != StageKind::kPlan) {
      continue;  // Annotators, redactors and counters open models, which may be absent here.
    }
    const Result<StageObject> made = stage.make({});
    ASSERT_TRUE(made.has_value()) << made.error().message;
    EXPECT_EQ(std::holds_alternative<std::unique_ptr<Editor>>(*made),
              stage.kind == StageKind::kEditor);
    EXPECT_EQ(std::holds_alternative<std::unique_ptr<Filter>>(*made),
              stage.kind == StageKind::kFilter);
    EXPECT_EQ(std::holds_alternative<std::monostate>(*made), stage.kind == StageKind::kPlan);
  }
}

TEST(StageCatalogue, EditorsComeBeforeFiltersAndFiltersOfSnapshotsBeforePlan) {
  bool filtered = false;
  bool planned = false;
  for (const StageInfo& stage : StageCatalogue()) {
    SCOPED_TRACE(stage.name);
    EXPECT_FALSE(stage.kind == StageKind::kEditor && (filtered || planned));
    EXPECT_FALSE(stage.kind == StageKind::kFilter && !stage.per_conversation && planned);
    filtered |= stage.kind == StageKind::kFilter;
    planned |= stage.kind == StageKind::kPlan;
  }
}

TEST(StageCatalogue, IsWhatTheDocumentsSay) {
  const std::string path = std::string(PARLEY_SOURCE_FOLDER) + "/docs/stages.md";
  if (std::getenv("PARLEY_REWRITE_GOLDEN") != nullptr) {
    ASSERT_TRUE(WriteWholeFile(path, StagesAsMarkdown()).has_value());
  }
  EXPECT_EQ(ReadWholeFile(path).value_or("(docs/stages.md is missing)"), StagesAsMarkdown())
      << "run this test with PARLEY_REWRITE_GOLDEN=1 and look at the change";
}

}  // namespace
}  // namespace parley
