#include "formats/dialect_trial.h"

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The sample's tree: r ─ a (rank 1) ─ a1 ─ a2
//                      ├ b (rank 0)
//                      ├ c deleted
//                      └ d not reviewed
std::vector<std::string> Outcomes(const ParsedRecord& parsed) {
  std::vector<std::string> outcomes;
  for (size_t i = 0; i < parsed.conversations.size(); ++i) {
    outcomes.push_back(parsed.conversations[i].id + " " + std::string(parsed.reasons[i].name));
  }
  return outcomes;
}

TEST(OasstReader, GivesEveryPathAndAccountsForThePruned) {
  const ParsedRecord parsed = ReadSample("oasst.tree");
  EXPECT_THAT(Outcomes(parsed), ElementsAre("a2 ", "b ", "c deleted", "d unreviewed"));
  EXPECT_THAT(Said(parsed.conversations[0]),
              ElementsAre("user: Why is grass green?", "assistant: Chlorophyll.",
                          "user: What is that?", "assistant: A pigment."));
  EXPECT_THAT(Said(parsed.conversations[1]),
              ElementsAre("user: Why is grass green?", "assistant: It just is."));
  EXPECT_EQ(parsed.conversations[0].time_micros, 1'675'607'030'983'374);
  EXPECT_THAT(parsed.conversations[1].extra,
              HasSubstr(R"({"message_tree_id":"r","tree_state":"ready_for_export",)"
                        R"("message_fields":[{"index":0,"lang":"en")"));
}

TEST(OasstReader, GivesOnlyTheBestRankedPathWhereAsked) {
  const ParsedRecord parsed = ReadSample("oasst.tree", {.oasst_paths = "best"});
  EXPECT_THAT(Outcomes(parsed), ElementsAre("b ", "c deleted", "d unreviewed"));
}

TEST(OasstReader, PrunesWhatStandsBelowAMessageThatIsPruned) {
  const ParsedRecord parsed = ReadAs("oasst", R"({"message_tree_id":"r","prompt":{"message_id":"r",
      "role":"prompter","text":"q","review_result":false,"replies":[{"message_id":"a",
      "role":"assistant","text":"x","replies":[]}]}})");
  EXPECT_THAT(Outcomes(parsed), ElementsAre("r turned_down"));
}

TEST(OasstReader, TakesAFileWithoutReviewsAsItIs) {
  const ParsedRecord parsed = ReadAs("oasst", R"({"prompt":{"message_id":"r","role":"prompter",
      "text":"q","user_id":"u7","replies":[{"message_id":"a","role":"assistant","text":"x",
      "model_name":"pythia-12b","synthetic":true}]}})");
  EXPECT_THAT(Outcomes(parsed), ElementsAre("a "));
  EXPECT_EQ(parsed.conversations[0].user, "u7");
  EXPECT_EQ(parsed.conversations[0].model, "pythia-12b");
}

TEST(OasstReader, RanksTheUnrankedLast) {
  const ParsedRecord parsed = ReadAs("oasst", R"({"prompt":{"message_id":"r","role":"prompter",
      "text":"q","replies":[{"message_id":"a","role":"assistant","text":"x"},
      {"message_id":"b","role":"assistant","text":"y","rank":3},
      {"message_id":"c","role":"assistant","text":"z","rank":null}]}})",
                                     {.oasst_paths = "best"});
  EXPECT_THAT(Outcomes(parsed), ElementsAre("b "));
}

TEST(OasstReader, SaysThatASingleMessageIsNoConversation) {
  const ParsedRecord parsed = ReadSample("oasst.flat");
  EXPECT_TRUE(parsed.conversations.empty());
  EXPECT_EQ(parsed.reason.name, "not_a_conversation");
  EXPECT_EQ(Refusal("oasst", "{}"), "no object `prompt`");
}

TEST(OasstReader, BoundsDeepTreesAndWhatPathsRepeat) {
  std::string deep;
  for (int i = 0; i < 505; ++i) deep += R"({"role":"user","text":"x","replies":[)";
  deep += "{}";
  for (int i = 0; i < 505; ++i) deep += "]}";
  EXPECT_NE(Refusal("oasst", R"({"prompt":)" + deep + "}"), "");
  std::string replies = R"({"text":"a"})";
  for (int i = 0; i < 100; ++i) replies += R"(,{"text":"a"})";
  const std::string megabyte(1 << 20, 'x');
  EXPECT_NE(Refusal("oasst", R"({"prompt":{"role":"user","text":")" + megabyte +
                                 R"(","replies":[)" + replies + "]}}"),
            "");
}

}  // namespace
}  // namespace parley
