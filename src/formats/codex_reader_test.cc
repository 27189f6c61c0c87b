#include "formats/dialect_trial.h"

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(CodexReader, ReadsASession) {
  const ParsedRecord parsed = ReadSample("codex.session");
  ASSERT_EQ(parsed.conversations.size(), 1U);
  const RawConversation& chat = parsed.conversations[0];
  EXPECT_EQ(chat.id, "0199-aa");
  EXPECT_EQ(chat.model, "gpt-5-codex");
  EXPECT_THAT(Said(chat),
              ElementsAre("system: <environment_context>\n  <cwd>/home/ada/mill</cwd>\n"
                          "</environment_context>",
                          "user: List the stones.",
                          "assistant: Looking.\n"
                          R"({"type":"function_call","name":"shell","arguments":)"
                          R"("{\"command\":[\"ls\"]}","call_id":"call_1"})",
                          R"(tool: {"output":"granite","metadata":{"exit_code":0}})",
                          "assistant: One: granite.",
                          "system: The user asked for the stones: granite.", "user: Good.",
                          R"(assistant: {"type":"custom_tool_call","call_id":"call_2",)"
                          R"("name":"apply_patch","input":"*** Begin Patch"})",
                          "tool: Success.", "assistant: Done."));
  EXPECT_EQ(chat.messages[1].sent_micros, 1'758'355'203'000'000);  // 2025-09-20 08:00:03.
  EXPECT_EQ(chat.time_micros, 1'758'355'213'000'000);
}

TEST(CodexReader, KeepsOtherLinesAside) {
  const RawConversation chat = ReadSample("codex.session").conversations.at(0);
  EXPECT_THAT(chat.extra, HasSubstr(R"("cwd":"/home/ada/mill","originator":"codex_cli_rs")"));
  EXPECT_THAT(chat.extra, HasSubstr(R"("compactions":[{"before_message":5}])"));
  EXPECT_THAT(chat.extra, HasSubstr(R"("events":[)"));
  EXPECT_THAT(chat.extra, HasSubstr(R"("encrypted_content":"gAAA")"));
  EXPECT_THAT(chat.extra, HasSubstr(R"({"index":3,"call_id":"call_1"})"));
  EXPECT_THAT(chat.extra, Not(HasSubstr("One: granite.")));
}

TEST(CodexReader, ReadsTheFirstVersionsLines) {
  const RawConversation chat = ReadSample("codex.first_version").conversations.at(0);
  EXPECT_EQ(chat.id, "0100-bb");
  EXPECT_EQ(chat.time_micros, 1'748'764'800'000'000);  // 2025-06-01 08:00.
  EXPECT_THAT(Said(chat), ElementsAre("user: Hi", "assistant: Hello."));
}

TEST(CodexReader, LinksAForkToWhereItCameFrom) {
  const RawConversation chat =
      ReadAs("codex", R"([{"type":"session_meta","payload":{"id":"b","forked_from_id":"a"}},
          {"type":"session_meta","payload":{"id":"a"}},
          {"type":"response_item","payload":{"type":"message","role":"user","content":"Hi"}}])")
          .conversations.at(0);
  EXPECT_EQ(chat.id, "b");
  EXPECT_EQ(chat.linked_id, "a");
}

TEST(CodexReader, ReadsAnOutputThatIsAnObject) {
  const RawConversation chat =
      ReadAs("codex", R"([{"type":"response_item","payload":{"type":"function_call","name":"f"}},
          {"type":"response_item","payload":{"type":"function_call_output",
           "output":{"content":"ok","success":true}}}])")
          .conversations.at(0);
  EXPECT_THAT(Said(chat),
              ElementsAre(R"(assistant: {"type":"function_call","name":"f"})", "tool: ok"));
}

TEST(CodexReader, SaysThatASessionWithoutWordsIsNoConversation) {
  const ParsedRecord parsed = ReadAs("codex", R"([{"type":"session_meta","payload":{"id":"b"}}])");
  EXPECT_TRUE(parsed.conversations.empty());
  EXPECT_EQ(parsed.reason.name, "not_a_conversation");
  EXPECT_EQ(Refusal("codex", "{}"), "a session is a list of events");
}

}  // namespace
}  // namespace parley
