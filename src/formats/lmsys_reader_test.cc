#include "formats/dialect_trial.h"

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(LmsysReader, ReadsARow) {
  const RawConversation chat = ReadSample("lmsys.row").conversations.at(0);
  EXPECT_EQ(chat.id, "c33dc9");
  EXPECT_EQ(chat.model, "wizardlm-13b");
  EXPECT_EQ(chat.language, "English");
  EXPECT_TRUE(chat.redacted);
  EXPECT_THAT(Said(chat),
              ElementsAre("user: How can I thank NAME_1?", "assistant: Write a card to NAME_1."));
  ASSERT_EQ(chat.moderation.size(), 2U);
  EXPECT_FALSE(chat.moderation[0]->flagged);
  EXPECT_TRUE(chat.moderation[1]->flagged);
  EXPECT_EQ(chat.extra, "");
}

TEST(LmsysReader, ReadsAReleaseInTheExtendedProfile) {
  const RawConversation chat = ReadSample("lmsys.release").conversations.at(0);
  EXPECT_EQ(chat.id, "p-1");
  EXPECT_EQ(chat.language, "");  // "unknown" names none.
  EXPECT_EQ(chat.user, "5e55");
  EXPECT_EQ(chat.consent, "2");
  EXPECT_EQ(chat.time_micros, 1'706'918'400'000'000);  // 2024-02-03.
  EXPECT_TRUE(chat.moderation.empty());
  EXPECT_FALSE(chat.redacted);
  EXPECT_THAT(chat.extra, HasSubstr(R"("duplicate_group":4,"duplicate_group_size":2)"));
}

TEST(LmsysReader, LeavesOutModerationThatFitsNoMessage) {
  const RawConversation chat =
      ReadAs("lmsys", R"({"conversation_id":"a","conversation":[{"role":"user","content":"x"}],
          "openai_moderation":[null,{"categories":{"hate":true}}]})")
          .conversations.at(0);
  EXPECT_TRUE(chat.moderation.empty());
  EXPECT_THAT(chat.extra, HasSubstr("openai_moderation"));
}

TEST(LmsysReader, KeepsAMessageWithoutTagsAmongOthersWithThem) {
  const RawConversation chat =
      ReadAs("lmsys", R"({"conversation_id":"a","conversation":[{"role":"user","content":"x"},
          {"role":"assistant","content":"y"}],"openai_moderation":[null,
          {"categories":{"hate":true}}]})")
          .conversations.at(0);
  ASSERT_EQ(chat.moderation.size(), 2U);
  EXPECT_FALSE(chat.moderation[0].has_value());
  EXPECT_TRUE(chat.moderation[1]->flagged);  // Not said, so a set category says it.
}

TEST(LmsysReader, RefusesARowWithoutConversation) {
  EXPECT_EQ(Refusal("lmsys", R"({"conversation_id":"a","conversation":"x"})"),
            "no list `conversation`");
}

}  // namespace
}  // namespace parley
