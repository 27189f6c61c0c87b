#include <gtest/gtest.h>

#include "stages/stage_functions.h"
#include "stages/stage_testing.h"

namespace parley {
namespace {

using Names = std::vector<std::string>;

std::string Renamed(const Settings& settings, std::string model,
                    std::optional<int64_t> time_micros = std::nullopt) {
  RawConversation conversation;
  conversation.model = std::move(model);
  conversation.time_micros = time_micros;
  EditCounts counts;
  MakeEditor(RenameModelsStage(), settings)->Edit(conversation, counts);
  return conversation.model;
}

TEST(RenameModelsStage, RenamesNothingUnlessAsked) {
  EXPECT_EQ(Renamed({}, "gpt-4", 0), "gpt-4");
  EXPECT_EQ(Renamed({}, "bard"), "bard");
}

TEST(RenameModelsStage, GivesTheNamesThatTheRecipeSays) {
  const Settings settings = {{"names", Names{"lab-7b=lab-7b-chat", "a=b=c"}}};
  EXPECT_EQ(Renamed(settings, "lab-7b"), "lab-7b-chat");
  EXPECT_EQ(Renamed(settings, "a"), "b=c") << "the first sign parts the names";
  EXPECT_EQ(Renamed(settings, "lab-7b-chat"), "lab-7b-chat");
}

TEST(RenameModelsStage, RenamesAsFastChatByNameAndTime) {
  const Settings settings = {{"fastchat", true}};
  constexpr int64_t kSwitch = 1'687'849'200'000'000;
  EXPECT_EQ(Renamed(settings, "bard"), "palm-2");
  EXPECT_EQ(Renamed(settings, "claude-2"), "claude-2.0");
  EXPECT_EQ(Renamed(settings, "claude-instant-v1"), "claude-instant-1");
  EXPECT_EQ(Renamed(settings, "vicuna-13b", kSwitch), "vicuna-13b");
  EXPECT_EQ(Renamed(settings, "gpt-4", kSwitch), "gpt-4-0314");
  EXPECT_EQ(Renamed(settings, "gpt-4", kSwitch + 1), "gpt-4-0613");
  EXPECT_EQ(Renamed(settings, "gpt-3.5-turbo", 0), "gpt-3.5-turbo-0314");
  EXPECT_EQ(Renamed(settings, "gpt-4"), "gpt-4") << "without a time nobody knows which";
}

TEST(RenameModelsStage, TheRecipesNamesGoBeforeFastChats) {
  EXPECT_EQ(Renamed({{"fastchat", true}, {"names", Names{"bard=bard-2023"}}}, "bard"), "bard-2023");
}

TEST(RenameModelsStage, RefusesWhatIsNoPairOfNames) {
  for (const char* entry : {"", "old", "=new", "old="}) {
    EXPECT_NE(Objection(RenameModelsStage(), {{"names", Names{entry}}}), "") << entry;
  }
  EXPECT_NE(Objection(RenameModelsStage(), {{"names", Names{"a=b", "a=c"}}}), "");
}

}  // namespace
}  // namespace parley
