#include "stages/plan_rules.h"

#include <gtest/gtest.h>

#include <limits>

#include "stages/stage_functions.h"
#include "stages/stage_testing.h"

namespace parley {
namespace {

TEST(PlanRules, TakeTheirDefaultsFromTheStruct) {
  EXPECT_EQ(DuplicateOptionsFrom({}).value().policy, "annotate");
  EXPECT_EQ(DuplicateOptionsFrom({}).value().over, "conversation");
  EXPECT_EQ(SampleOptionsFrom({}).value().count, 0);
  EXPECT_EQ(IdentifierOptionsFrom({}).value().ids, "hashed");
  EXPECT_EQ(LimitOptionsFrom({}).value().max_bad_share, 1.0);
  EXPECT_EQ(OptOutOptionsFrom({}).value().emails, "");
}

TEST(PlanRules, TakeWhatTheRecipeSays) {
  const Settings settings = {{"policy", std::string("drop")}, {"over", std::string("user")}};
  EXPECT_EQ(DuplicateOptionsFrom(settings).value().policy, "drop");
  EXPECT_EQ(DuplicateOptionsFrom(settings).value().over, "user");
  EXPECT_EQ(SampleOptionsFrom({{"count", 7}}).value().count, 7);
  EXPECT_EQ(OptOutOptionsFrom({{"ids", std::string("ids.txt")}}).value().ids, "ids.txt");
}

TEST(PlanRules, RefuseWhatTheyDoNotKnowBeforeAnyWork) {
  const struct {
    StageInfo stage;
    Settings settings;
    std::string_view names;
  } cases[] = {
      {DuplicatesStage(), {{"policy", std::string("erase")}}, "policy"},
      {DuplicatesStage(), {{"over", std::string("assistant")}}, "over"},
      {SampleStage(), {{"count", -1}}, "count"},
      {IdentifiersStage(), {{"ids", std::string("plain")}}, "ids"},
      {LimitsStage(), {{"max_bad_share", 1.5}}, "max_bad_share"},
      {LimitsStage(),
       {{"max_dropped_share", std::numeric_limits<double>::quiet_NaN()}},
       "max_dropped_share"},
  };
  for (const auto& [stage, settings, names] : cases) {
    EXPECT_NE(Objection(stage, settings).find(names), std::string::npos) << stage.name;
  }
}

}  // namespace
}  // namespace parley
