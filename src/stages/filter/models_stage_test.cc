#include <gtest/gtest.h>

#include "stages/stage_functions.h"
#include "stages/stage_testing.h"

namespace parley {
namespace {

using Names = std::vector<std::string>;

TEST(ModelsStage, AllowsAndDeniesByTheWholeName) {
  RawConversation conversation = UserSays("Hello");
  conversation.model = "lab-7b";
  const auto judged = [&](const Settings& settings) {
    return MakeFilter(ModelsStage(), settings)->Judge(conversation).value();
  };
  EXPECT_EQ(judged({}), kKeep);
  EXPECT_EQ(judged({{"allow", Names{"lab-7b"}}}), kKeep);
  EXPECT_EQ(judged({{"allow", Names{"lab"}}}), Drop({"not_allowed"}));
  EXPECT_EQ(judged({{"deny", Names{"lab-7b"}}}), Drop({"denied"}));
  EXPECT_EQ(judged({{"deny", Names{"lab"}}}), kKeep);
}

TEST(ModelsStage, RefusesANameInBothLists) {
  EXPECT_NE(Objection(ModelsStage(), {{"allow", Names{"a", "b"}}, {"deny", Names{"b"}}}), "");
}

}  // namespace
}  // namespace parley
