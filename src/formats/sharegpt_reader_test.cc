#include "formats/dialect_trial.h"

namespace parley {
namespace {

using ::testing::ElementsAre;

TEST(SharegptReader, ReadsFromAndValue) {
  const RawConversation chat = ReadSample("sharegpt.pair").conversations.at(0);
  EXPECT_EQ(chat.id, "QWJhYvA_0");
  EXPECT_THAT(Said(chat), ElementsAre("user: Hi", "assistant: Hello!"));
  EXPECT_EQ(chat.extra, "");
}

TEST(SharegptReader, KnowsEveryNameOfARole) {
  const struct {
    std::string_view name;
    std::string_view want;
  } cases[] = {{"human", "user"},       {"user", "user"},
               {"gpt", "assistant"},    {"chatgpt", "assistant"},
               {"bing", "assistant"},   {"bard", "assistant"},
               {"system", "system"},    {"tool", "tool"},
               {"observation", "tool"}, {"function_call", "assistant"},
               {"Human", "user"},       {"GPT", "assistant"}};
  for (const auto& [name, want] : cases) {
    const std::string json =
        R"({"conversations":[{"from":")" + std::string(name) + R"(","value":"x"}]})";
    EXPECT_THAT(Said(ReadAs("sharegpt", json).conversations.at(0)),
                ElementsAre(std::string(want) + ": x"));
  }
}

TEST(SharegptReader, KeepsToolsAsTurnsAndTheSystemPromptInFront) {
  const RawConversation chat = ReadSample("sharegpt.tools").conversations.at(0);
  EXPECT_EQ(chat.id, "12");
  EXPECT_EQ(chat.model, "toolmaker-7b");
  EXPECT_THAT(Said(chat),
              ElementsAre("system: You may use tools.", "user: Is it raining?",
                          R"(assistant: {"name":"rain"})", "tool: no", "assistant: No."));
  EXPECT_EQ(chat.extra, R"({"tools":"[]"})");
}

TEST(SharegptReader, ReadsRoleAndContentToo) {
  EXPECT_THAT(Said(ReadSample("sharegpt.roles").conversations.at(0)),
              ElementsAre("user: Salut", "assistant: Bonjour"));
}

TEST(SharegptReader, KeepsFieldsOfATurn) {
  const RawConversation chat =
      ReadAs("sharegpt", R"({"source":"x","conversations":[{"from":"human","value":"a"},
          {"from":"gpt","value":"b","weight":0.5,"note":null}]})")
          .conversations.at(0);
  EXPECT_EQ(chat.extra, R"({"source":"x","message_fields":[{"index":1,"weight":0.5}]})");
}

TEST(SharegptReader, GivesAReasonForWhatHoldsNoWords) {
  EXPECT_EQ(ReadAs("sharegpt", R"({"id":"a","conversations":[]})").reasons[0].name, "no_messages");
  const ParsedRecord parsed = ReadAs("sharegpt", R"({"conversations":
      [{"from":"human","value":"a"},{"from":"oracle","value":"b"}]})");
  EXPECT_EQ(parsed.reasons[0].name, "unknown_role");
  EXPECT_THAT(Said(parsed.conversations[0]), ElementsAre("user: a"));
  EXPECT_EQ(Refusal("sharegpt", "{}"), "no list `conversations`");
}

TEST(SharegptReader, CountsWhatItMended) {
  const ParsedRecord parsed =
      ReadAs("sharegpt", "{\"conversations\":[{\"from\":\"human\",\"value\":\"a\xFF\\ud800\"}]}");
  EXPECT_EQ(parsed.repaired_utf8, 2);
  EXPECT_THAT(Said(parsed.conversations[0]), ElementsAre("user: a\xEF\xBF\xBD\xEF\xBF\xBD"));
}

}  // namespace
}  // namespace parley
