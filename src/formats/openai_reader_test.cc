#include "formats/dialect_trial.h"

namespace parley {
namespace {

using ::testing::ElementsAre;

TEST(OpenaiReader, ReadsARequestWithItsResponse) {
  const ParsedRecord parsed = ReadSample("openai.log");
  ASSERT_EQ(parsed.conversations.size(), 1U);
  const RawConversation& chat = parsed.conversations[0];
  EXPECT_EQ(parsed.reasons[0], Reason{});
  EXPECT_EQ(chat.id, "chatcmpl-1");
  EXPECT_EQ(chat.model, "gpt-4o-2024-08-06");  // What answered, not what was asked for.
  EXPECT_EQ(chat.user, "account-17");
  EXPECT_EQ(chat.time_micros, 1'700'000'000'000'000);
  EXPECT_THAT(Said(chat), ElementsAre("system: Answer in a word.", "user: What colour is the sky?",
                                      "assistant: Blue."));
  EXPECT_EQ(chat.extra,
            R"({"request":{"model":"gpt-4o","temperature":0.2},)"
            R"("response":{"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}},)"
            R"("message_fields":[{"index":2,"finish_reason":"stop"}]})");
}

TEST(OpenaiReader, ReadsAFlatLogOfAGateway) {
  const RawConversation chat = ReadSample("openai.flat").conversations.at(0);
  EXPECT_EQ(chat.id, "chatcmpl-2");
  EXPECT_EQ(chat.model, "llama-3-8b");
  EXPECT_EQ(chat.user, "u-3");
  EXPECT_EQ(chat.time_micros, 1'700'000'001'500'000);  // When it ended.
  EXPECT_THAT(Said(chat), ElementsAre("user: Hi", "assistant: Hello!"));
  EXPECT_EQ(chat.extra, R"({"id":"req-9","startTime":1700000000.25,)"
                        R"("message_fields":[{"index":1,"finish_reason":"stop"}]})");
}

TEST(OpenaiReader, MakesAConversationOfEachChoice) {
  const ParsedRecord parsed = ReadSample("openai.choices");
  ASSERT_EQ(parsed.conversations.size(), 2U);
  const RawConversation& first = parsed.conversations[0];
  const RawConversation& second = parsed.conversations[1];
  EXPECT_EQ(first.id, "chatcmpl-3/0");
  EXPECT_EQ(first.linked_id, "chatcmpl-3/1");
  EXPECT_EQ(second.id, "chatcmpl-3/1");
  EXPECT_EQ(second.linked_id, "chatcmpl-3/0");
  EXPECT_THAT(Said(first), ElementsAre("user: Pick a number.", "assistant: Four"));
  EXPECT_THAT(Said(second), ElementsAre("user: Pick a number.", "assistant: Seven"));
  EXPECT_EQ(second.extra, R"({"request":{"n":2},)"
                          R"("message_fields":[{"index":1,"finish_reason":"length"}]})");
}

TEST(OpenaiReader, SaysWhatHalfABatchLacks) {
  const ParsedRecord input = ReadSample("openai.batch_input");
  ASSERT_EQ(input.conversations.size(), 1U);
  EXPECT_EQ(input.reasons[0].name, "no_answer");
  EXPECT_EQ(input.conversations[0].id, "request-1");
  EXPECT_THAT(Said(input.conversations[0]), ElementsAre("user: Name a river."));
  const ParsedRecord output = ReadSample("openai.batch_output");
  EXPECT_EQ(output.reasons[0].name, "no_prompt");
  EXPECT_EQ(output.conversations[0].id, "chatcmpl-4");
  EXPECT_THAT(Said(output.conversations[0]), ElementsAre("assistant: The Elbe."));
}

TEST(OpenaiReader, ReadsTheTwoHalvesOfABatchInOneRecord) {
  const ParsedRecord parsed =
      ReadAs("openai",
             R"({"custom_id":"q","body":{"model":"m","messages":[{"role":"user","content":"Hi"}]},
          "response":{"status_code":200,"body":{"choices":[{"message":{"role":"assistant",
          "content":"Ho"}}]}}})");
  EXPECT_EQ(parsed.reasons[0], Reason{});
  EXPECT_EQ(parsed.conversations[0].id, "q");
  EXPECT_THAT(Said(parsed.conversations[0]), ElementsAre("user: Hi", "assistant: Ho"));
  EXPECT_EQ(parsed.conversations[0].extra, R"({"response":{"status_code":200}})");
}

TEST(OpenaiReader, SaysThatAnErrorCameInPlaceOfAnAnswer) {
  const ParsedRecord parsed = ReadSample("openai.error");
  EXPECT_EQ(parsed.reasons[0].name, "error_response");
  EXPECT_THAT(Said(parsed.conversations[0]), ElementsAre("user: Hi"));
  const ParsedRecord failed = ReadAs(
      "openai", R"({"id":"b","custom_id":"q","response":null,"error":{"code":"batch_expired"}})");
  EXPECT_TRUE(failed.conversations.empty());
  EXPECT_EQ(failed.reason.name, "error_response");
}

TEST(OpenaiReader, TakesAListOfMessagesAsItIs) {
  const ParsedRecord parsed = ReadSample("openai.messages");
  EXPECT_EQ(parsed.reasons[0], Reason{});
  EXPECT_THAT(Said(parsed.conversations[0]),
              ElementsAre("system: You are a parrot.", "user: Hello", "assistant: Hello"));
  EXPECT_EQ(parsed.conversations[0].extra, "");
}

TEST(OpenaiReader, KeepsCallsOfToolsAndWhatTheyGave) {
  const RawConversation chat = ReadSample("openai.tools").conversations.at(0);
  EXPECT_THAT(Said(chat), ElementsAre("user: Weather in Ghent?",
                                      R"(assistant: [{"id":"call_1","type":"function","function":)"
                                      R"({"name":"weather","arguments":"{\"city\":\"Ghent\"}"}}])",
                                      "tool: 12 degrees", "assistant: It is 12 degrees."));
  EXPECT_EQ(chat.extra,
            R"({"tools":[{"type":"function","function":{"name":"weather","parameters":{}}}],)"
            R"("message_fields":[{"index":2,"tool_call_id":"call_1"}]})");
}

TEST(OpenaiReader, PutsACallBelowTheTextBesideIt) {
  const RawConversation chat = ReadAs("openai", R"({"messages":[{"role":"user","content":"Go"},
          {"role":"assistant","content":"Going.","function_call":{"name":"go"}},
          {"role":"function","name":"go","content":null}]})")
                                   .conversations.at(0);
  EXPECT_THAT(Said(chat),
              ElementsAre("user: Go", "assistant: Going.\n{\"name\":\"go\"}", "tool: "));
}

TEST(OpenaiReader, JoinsPartsOfTextAndKeepsTheOthersAside) {
  const RawConversation chat = ReadSample("openai.parts").conversations.at(0);
  EXPECT_THAT(Said(chat), ElementsAre("user: What is this?\nBe brief.", "assistant: A cat."));
  EXPECT_EQ(chat.extra, R"({"message_fields":[{"index":0,"parts":[{"type":"image_url",)"
                        R"("image_url":{"url":"data:image/png;base64,AAAA"}}]}]})");
}

TEST(OpenaiReader, ReadsLevelsThatAreJsonInAString) {
  const RawConversation chat =
      ReadAs("openai", R"({"request":"{\"model\":\"m\",\"messages\":[{\"role\":\"user\",)"
                       R"(\"content\":\"Hi\"}]}","response":"{\"choices\":[{\"message\":)"
                       R"({\"role\":\"assistant\",\"content\":\"Ho\"}}]}"})")
          .conversations.at(0);
  EXPECT_EQ(chat.model, "m");
  EXPECT_THAT(Said(chat), ElementsAre("user: Hi", "assistant: Ho"));
  EXPECT_EQ(chat.extra, "");
}

TEST(OpenaiReader, ReadsAnAnswerThatStandsByItself) {
  const RawConversation chat =
      ReadAs("openai", R"({"model":"m","conversation_id":"s-1","id":"r-1","messages":
          [{"role":"user","content":"Hi"}],"response":"Ho","latency_ms":12})")
          .conversations.at(0);
  EXPECT_EQ(chat.id, "s-1");  // Calls of one conversation are its snapshots.
  EXPECT_THAT(Said(chat), ElementsAre("user: Hi", "assistant: Ho"));
  EXPECT_EQ(chat.extra, R"({"id":"r-1","latency_ms":12})");
}

TEST(OpenaiReader, ReadsAStreamThatWasJoined) {
  const RawConversation chat =
      ReadAs("openai", R"({"model":"m","messages":[{"role":"user","content":"Hi"}],
          "choices":[{"index":0,"delta":{"content":"Ho"},"finish_reason":"stop"}]})")
          .conversations.at(0);
  EXPECT_THAT(Said(chat), ElementsAre("user: Hi", "assistant: Ho"));
}

TEST(OpenaiReader, RefusesOtherRecordsAndNamesWhatIsMissing) {
  EXPECT_EQ(Refusal("openai", R"({"a":1})"), "neither `messages` nor `choices`");
  EXPECT_EQ(Refusal("openai", "[1]"), "a JSON object was expected");
  EXPECT_EQ(ReadAs("openai", R"({"messages":[{"role":"wizard","content":"x"}]})").reasons[0].name,
            "unknown_role");
  EXPECT_EQ(ReadAs("openai", R"({"messages":[]})").reasons[0].name, "no_messages");
}

TEST(OpenaiReader, BoundsWhatManyChoicesMultiply) {
  std::string choices = "{}";
  for (int i = 0; i < 128; ++i) choices += ",{}";
  EXPECT_EQ(Refusal("openai",
                    R"({"messages":[{"role":"user","content":"Hi"}],"choices":[)" + choices + "]}"),
            "more than 128 choices");
  const std::string prompt(40 << 20, 'x');
  EXPECT_EQ(Refusal("openai", R"({"messages":[{"role":"user","content":")" + prompt +
                                  R"("}],"choices":[{"text":"a"},{"text":"b"}]})"),
            "over 64 MiB with the prompt repeated for each choice");
}

}  // namespace
}  // namespace parley
