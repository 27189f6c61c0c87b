#include "formats/dialect_trial.h"

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(ArenaReader, ReadsABattleOf33k) {
  const ParsedRecord parsed = ReadSample("arena.33k");
  ASSERT_EQ(parsed.conversations.size(), 2U);
  const RawConversation& left = parsed.conversations[0];
  const RawConversation& right = parsed.conversations[1];
  EXPECT_EQ(left.id, "58210e/a");
  EXPECT_EQ(left.linked_id, "58210e/b");
  EXPECT_EQ(right.id, "58210e/b");
  EXPECT_EQ(right.linked_id, "58210e/a");
  EXPECT_EQ(left.model, "chatglm-6b");
  EXPECT_EQ(right.model, "koala-13b");
  EXPECT_EQ(left.event, "rightvote");
  EXPECT_EQ(right.event, "rightvote");
  EXPECT_EQ(left.user, "arena_user_973");
  EXPECT_EQ(left.language, "English");
  EXPECT_EQ(left.time_micros, 1'682'351'591'132'200);
  EXPECT_THAT(Said(left), ElementsAre("user: Tallest tower?", "assistant: No idea."));
  EXPECT_THAT(Said(right), ElementsAre("user: Tallest tower?", "assistant: In Dubai."));
  EXPECT_TRUE(left.moderation.empty());  // One for the battle is none for a message.
  EXPECT_THAT(left.extra, HasSubstr(R"("openai_moderation":{"categories")"));
  EXPECT_THAT(right.extra, HasSubstr(R"("anony":true)"));
}

TEST(ArenaReader, ReadsABattleOf55k) {
  const ParsedRecord parsed = ReadSample("arena.55k");
  ASSERT_EQ(parsed.conversations.size(), 2U);
  EXPECT_EQ(parsed.conversations[0].id, "30192/a");
  EXPECT_EQ(parsed.conversations[0].event, "leftvote");
  EXPECT_THAT(Said(parsed.conversations[0]),
              ElementsAre("user: Is a tomato a fruit?", "assistant: Yes.", "user: Why?",
                          "assistant: It has seeds."));
  EXPECT_THAT(
      Said(parsed.conversations[1]),
      ElementsAre("user: Is a tomato a fruit?", "assistant: Yes", "user: Why?", "assistant: "));
  EXPECT_EQ(parsed.conversations[0].extra, "");
}

TEST(ArenaReader, ReadsABattleOf140k) {
  const ParsedRecord parsed = ReadSample("arena.140k");
  ASSERT_EQ(parsed.conversations.size(), 2U);
  EXPECT_EQ(parsed.conversations[0].event, "bothbad_vote");
  EXPECT_THAT(Said(parsed.conversations[0]), ElementsAre("user: Rhyme on tea", "assistant: Sea"));
  EXPECT_THAT(Said(parsed.conversations[1]), ElementsAre("user: Rhyme on tea", "assistant: Tree"));
  EXPECT_EQ(parsed.conversations[0].time_micros, 1'751'277'600'000'000);  // 2025-06-30 10:00.
  EXPECT_THAT(parsed.conversations[1].extra, HasSubstr(R"({"index":1,"num_tokens":2})"));
}

TEST(ArenaReader, KnowsEveryWinner) {
  const struct {
    std::string_view winner;
    std::string_view event;
  } cases[] = {{R"("winner":"model_a")", "leftvote"},
               {R"("winner":"tie")", "tievote"},
               {R"j("winner":"tie (bothbad)")j", "bothbad_vote"},
               {R"("winner":"both_bad")", "bothbad_vote"},
               {R"("winner_model_a":0,"winner_model_b":1,"winner_tie":0)", "rightvote"},
               {R"("winner_model_a":0,"winner_model_b":0,"winner_tie":1)", "tievote"},
               {R"("winner":null)", ""}};
  for (const auto& [winner, event] : cases) {
    const std::string row =
        R"({"id":"1","prompt":"p","response_a":"a","response_b":"b",)" + std::string(winner) + "}";
    const ParsedRecord parsed = ReadAs("arena", row);
    EXPECT_EQ(parsed.conversations.at(0).event, event) << winner;
    EXPECT_THAT(Said(parsed.conversations.at(1)), ElementsAre("user: p", "assistant: b"));
  }
}

TEST(ArenaReader, ReadsListsThatAreJsonInAString) {
  const ParsedRecord parsed =
      ReadAs("arena", R"({"conversation_a":"[{\"role\":\"user\",\"content\":\"x\"}]",
                          "conversation_b":"[{\"role\":\"user\",\"content\":\"y\"}]"})");
  EXPECT_THAT(Said(parsed.conversations.at(0)), ElementsAre("user: x"));
  EXPECT_THAT(Said(parsed.conversations.at(1)), ElementsAre("user: y"));
  EXPECT_EQ(parsed.conversations[0].linked_id, "");
}

TEST(ArenaReader, GivesEachSideItsOwnReason) {
  const ParsedRecord parsed =
      ReadAs("arena", R"({"conversation_a":[],"conversation_b":[{"role":"user","content":"y"}]})");
  EXPECT_EQ(parsed.reasons.at(0).name, "no_messages");
  EXPECT_EQ(parsed.reasons.at(1), Reason{});
  EXPECT_NE(Refusal("arena", R"({"conversation_a":[]})"), "");
}

}  // namespace
}  // namespace parley
