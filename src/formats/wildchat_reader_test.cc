#include "formats/dialect_trial.h"

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr int kViolence = 9;  // In kModerationCategories.

TEST(WildchatReader, ReadsARowOf1M) {
  const RawConversation chat = ReadSample("wildchat.1m").conversations.at(0);
  EXPECT_EQ(chat.id, "0f1e2d");
  EXPECT_EQ(chat.model, "gpt-3.5-turbo-0301");
  EXPECT_EQ(chat.user, "ab12");
  EXPECT_EQ(chat.language, "English");
  EXPECT_EQ(chat.time_micros, 1'681'084'868'000'000);  // 2023-04-10 00:01:08.
  EXPECT_TRUE(chat.redacted);
  EXPECT_THAT(Said(chat), ElementsAre("user: Tell me about moss.", "assistant: Moss is small."));
  EXPECT_EQ(chat.messages[0].sent_micros, std::nullopt);
  EXPECT_EQ(chat.messages[1].sent_micros, 1'681'084'868'000'000);
  EXPECT_THAT(chat.extra, HasSubstr(R"("toxic":false,"state":"Lisbon","country":"Portugal")"));
  EXPECT_THAT(chat.extra, HasSubstr(R"({"index":0,"country":"Portugal","hashed_ip":"ab12")"));
  EXPECT_THAT(chat.extra, HasSubstr(R"("detoxify_moderation":[{"identity_attack":0.01)"));
}

TEST(WildchatReader, ReadsModerationUnderEitherName) {
  // The first entry has nulls under the names with a slash and values under those without; the
  // second has the names with a slash alone.
  const RawConversation chat = ReadSample("wildchat.1m").conversations.at(0);
  ASSERT_EQ(chat.moderation.size(), 2U);
  ASSERT_TRUE(chat.moderation[0] && chat.moderation[1]);
  for (int i = 0; i < kModerationCategoryCount; ++i) {
    EXPECT_FALSE(chat.moderation[0]->categories[i]);
    EXPECT_EQ(chat.moderation[0]->category_scores[i], 0.001) << kModerationCategories[i];
    EXPECT_EQ(chat.moderation[1]->categories[i], i == kViolence);
    EXPECT_EQ(chat.moderation[1]->category_scores[i], i == kViolence ? 0.75 : 0.001);
  }
  EXPECT_FALSE(chat.moderation[0]->flagged);
  EXPECT_TRUE(chat.moderation[1]->flagged);
}

TEST(WildchatReader, ReadsARowOf4M) {
  const RawConversation chat = ReadSample("wildchat.4m").conversations.at(0);
  EXPECT_EQ(chat.id, "9988");
  EXPECT_EQ(chat.user, "cd34");
  EXPECT_EQ(chat.time_micros, 1'727'784'000'000'000);  // 2024-10-01 12:00:00.
  EXPECT_THAT(Said(chat), ElementsAre("user: 2+2?", "assistant: 4"));
  EXPECT_THAT(chat.extra, HasSubstr(R"("openai_id":"chatcmpl-9")"));
}

TEST(WildchatReader, ReadsARowOfTheFirstRelease) {
  const RawConversation chat = ReadSample("wildchat.first").conversations.at(0);
  EXPECT_EQ(chat.id, "777");
  EXPECT_EQ(chat.user, "");
  EXPECT_FALSE(chat.redacted);
  EXPECT_EQ(chat.language, "Spanish");
}

TEST(WildchatReader, FindsTheUserInTheMessagesWhereTheRowNamesNone) {
  EXPECT_EQ(ReadAs("wildchat", R"({"conversation_hash":"h","conversation":[
      {"role":"user","content":"a","hashed_ip":"9f"},{"role":"assistant","content":"b"}]})")
                .conversations.at(0)
                .user,
            "9f");
}

TEST(WildchatReader, KeepsModerationAsideThatFitsNoMessages) {
  const RawConversation chat =
      ReadAs("wildchat", R"({"conversation_hash":"h","conversation":[{"role":"user","content":"a"},
          {"role":"assistant","content":"b"}],"openai_moderation":[{"categories":{"hate":true}}]})")
          .conversations.at(0);
  EXPECT_TRUE(chat.moderation.empty());
  EXPECT_EQ(chat.extra, R"({"openai_moderation":[{"categories":{"hate":true}}]})");
}

TEST(WildchatReader, RefusesARowWithoutConversation) {
  EXPECT_EQ(Refusal("wildchat", R"({"conversation_hash":"h"})"), "no list `conversation`");
}

}  // namespace
}  // namespace parley
