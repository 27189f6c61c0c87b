#include <gtest/gtest.h>

#include "stages/stage_functions.h"
#include "stages/stage_testing.h"

namespace parley {
namespace {

const std::vector<Message> kTwoTurns = {{Role::kSystem, "12345"}, {Role::kUser, "你好"},
                                        {Role::kTool, "ab"},      {Role::kAssistant, "c"},
                                        {Role::kUser, "d"},       {Role::kAssistant, "e"}};

Verdict Judged(const Settings& settings) {
  return MakeFilter(ConversationLengthStage(), settings)->Judge(Conversation(kTwoTurns)).value();
}

TEST(ConversationLengthStage, KeepsEverythingUnlessGivenALimit) { EXPECT_EQ(Judged({}), kKeep); }

TEST(ConversationLengthStage, CountsTurns) {
  EXPECT_EQ(Judged({{"min_turns", 2}, {"max_turns", 2}}), kKeep);
  EXPECT_EQ(Judged({{"min_turns", 3}}), Drop({"too_few_turns"}));
  EXPECT_EQ(Judged({{"max_turns", 1}}), Drop({"too_many_turns"}));
}

TEST(ConversationLengthStage, CountsMessagesAndCodePoints) {
  EXPECT_EQ(Judged({{"max_messages", 6}}), kKeep);
  EXPECT_EQ(Judged({{"max_messages", 5}}), Drop({"too_many_messages"}));
  EXPECT_EQ(Judged({{"max_code_points", 12}}), kKeep) << "5 + 2 + 2 + 1 + 1 + 1";
  EXPECT_EQ(Judged({{"max_code_points", 11}}), Drop({"too_long"}));
}

TEST(ConversationLengthStage, RefusesLimitsThatKeepNothing) {
  EXPECT_NE(Objection(ConversationLengthStage(), {{"min_turns", 3}, {"max_turns", 2}}), "");
  EXPECT_NE(Objection(ConversationLengthStage(), {{"max_messages", -1}}), "");
}

}  // namespace
}  // namespace parley
