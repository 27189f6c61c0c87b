#include <gtest/gtest.h>

#include "stages/stage_functions.h"
#include "stages/stage_testing.h"

namespace parley {
namespace {

TEST(MessageLengthStage, CountsCodePointsNotBytes) {
  const struct {
    const char* name;
    std::string_view content;
    Verdict want;
  } cases[] = {
      {"one below", "ab", Drop({"too_short"})},
      {"six bytes, two characters", "你好", Drop({"too_short"})},
      {"three characters", "abc", kKeep},
      {"four characters, twelve bytes", "你好世界", kKeep},
      {"four characters, sixteen bytes", "😀😀😀😀", kKeep},
      {"one emoji, five code points", "👨‍👩‍👧", Drop({"too_long"})},
      {"one above", "abcde", Drop({"too_long"})},
  };
  const auto filter =
      MakeFilter(MessageLengthStage(), {{"min_code_points", 3}, {"max_code_points", 4}});
  for (const auto& [name, content, want] : cases) {
    EXPECT_EQ(filter->Judge(UserSays(content)).value(), want) << name;
  }
}

TEST(MessageLengthStage, LetsSystemAndToolMessagesBeShortButNotLong) {
  const auto filter =
      MakeFilter(MessageLengthStage(), {{"min_code_points", 3}, {"max_code_points", 6}});
  EXPECT_EQ(filter->Judge(Conversation({{Role::kSystem, ""}, {Role::kUser, "Hello"}})).value(),
            kKeep);
  EXPECT_EQ(filter->Judge(Conversation({{Role::kTool, "1234567"}})).value(), Drop({"too_long"}));
}

TEST(MessageLengthStage, RefusesLimitsThatKeepNothing) {
  EXPECT_NE(Objection(MessageLengthStage(), {{"min_code_points", 5}, {"max_code_points", 4}}), "");
  EXPECT_NE(Objection(MessageLengthStage(), {{"min_code_points", -1}}), "");
}

}  // namespace
}  // namespace parley
