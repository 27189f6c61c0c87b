#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/dialects.h"

namespace parley {
namespace {

using ::testing::ElementsAre;

// "role: content" of each message.
std::vector<std::string> TextsOf(const RawConversation& conversation) {
  std::vector<std::string> texts;
  for (const Message& message : conversation.messages) {
    texts.push_back(std::string(NameOf(message.role)) + ": " + message.content);
  }
  return texts;
}

ParsedRecord ParseOne(std::string_view json, const DialectOptions& options = {}) {
  const auto dialect = MakeDialect("fastchat", options).value();
  ParsedRecord parsed;
  const Status status = dialect->Parse({.json = json}, parsed);
  EXPECT_TRUE(status.has_value()) << status.error().message;
  return parsed;
}

constexpr std::string_view kChat =
    R"({"tstamp": 1682351100.5, "type": "chat", "model": "vicuna-13b",
        "gen_params": {"temperature": 0.7, "top_p": 1.0, "max_new_tokens": 512},
        "start": 1682351090.25, "finish": 1682351100.5,
        "state": {"template_name": "vicuna_v1.1", "system_message": "Be kind.",
                  "roles": ["USER", "ASSISTANT"],
                  "messages": [["USER", "An example"], ["ASSISTANT", "Seen"],
                               ["USER", "Grüß Gott"], ["ASSISTANT", "Hello\n\"you\""]],
                  "offset": 2, "conv_id": "c1", "model_name": "vicuna-13b"},
        "ip": "198.18.0.1"})";

TEST(FastchatReader, ReadsAChat) {
  const ParsedRecord parsed = ParseOne(kChat);
  ASSERT_EQ(parsed.conversations.size(), 1U);
  EXPECT_EQ(parsed.reasons, std::vector<Reason>{Reason{}});
  EXPECT_EQ(parsed.reason, Reason{});
  const RawConversation& chat = parsed.conversations[0];
  EXPECT_EQ(chat.id, "c1");
  EXPECT_EQ(chat.model, "vicuna-13b");
  EXPECT_EQ(chat.user, "198.18.0.1");
  EXPECT_EQ(chat.event, "chat");
  EXPECT_EQ(chat.time_micros, 1'682'351'100'500'000);
  EXPECT_THAT(TextsOf(chat),
              ElementsAre("system: Be kind.", "user: Grüß Gott", "assistant: Hello\n\"you\""));
  EXPECT_EQ(chat.extra,
            R"({"gen_params":{"temperature":0.7,"top_p":1.0,"max_new_tokens":512},)"
            R"("start":1682351090.25,"finish":1682351100.5,)"
            R"("state":{"template_name":"vicuna_v1.1","roles":["USER","ASSISTANT"],"offset":2}})");
}

TEST(FastchatReader, LeavesTheSystemMessageOutWhereTheRecipeSaysSo) {
  const ParsedRecord parsed = ParseOne(kChat, {.fastchat_system_message = false});
  EXPECT_THAT(TextsOf(parsed.conversations[0]),
              ElementsAre("user: Grüß Gott", "assistant: Hello\n\"you\""));
  EXPECT_THAT(parsed.conversations[0].extra,
              ::testing::HasSubstr(R"("system_message":"Be kind.")"));
}

TEST(FastchatReader, ReadsABattleAsTwoLinkedConversations) {
  const ParsedRecord parsed = ParseOne(
      R"({"tstamp": 1682351100, "type": "leftvote", "models": ["", "<h3>Model B: koala-13b</h3>\n"],
          "states": [{"messages": [["U", "Hi"], ["A", "Ho"]], "offset": 0, "conv_id": "a",
                      "model_name": "vicuna-13b"},
                     {"messages": [["U", "Hi"], ["A", "Hm"]], "offset": 0, "conv_id": "b",
                      "model_name": null}], "ip": "203.0.113.7"})");
  ASSERT_EQ(parsed.conversations.size(), 2U);
  const RawConversation& left = parsed.conversations[0];
  const RawConversation& right = parsed.conversations[1];
  EXPECT_EQ(left.model, "vicuna-13b");
  EXPECT_EQ(right.model, "koala-13b");
  EXPECT_EQ(left.linked_id, "b");
  EXPECT_EQ(right.linked_id, "a");
  EXPECT_EQ(right.event, "leftvote");
  EXPECT_EQ(right.user, "203.0.113.7");
  EXPECT_THAT(TextsOf(right), ElementsAre("user: Hi", "assistant: Hm"));
}

// A chat whose messages, id and model are the given JSON.
std::string Chat(std::string_view messages, std::string_view id = "\"c\"",
                 std::string_view model = "\"m\"") {
  return std::string(R"({"type":"chat","tstamp":1682351100,"ip":"i","model":)")
      .append(model)
      .append(R"(,"state":{"offset":0,"messages":)")
      .append(messages)
      .append(R"(,"conv_id":)")
      .append(id)
      .append("}}");
}

TEST(FastchatReader, SaysWhatIsWrongWithAConversation) {
  const struct {
    const char* name;
    std::string json;
    std::string_view reason;
    std::vector<std::string> texts;
  } cases[] = {
      {"an answer that never came", Chat(R"([["U","q"],["A",null]])"), "", {"user: q"}},
      {"a null before the last", Chat(R"([["U",null],["A","a"]])"), "not_string", {"assistant: a"}},
      {"a number", Chat(R"([["U",7],["A","a"]])"), "not_string", {"assistant: a"}},
      {"an object", Chat(R"([["U",{"t":1}],["A","a"]])"), "not_string", {"assistant: a"}},
      {"no content", Chat(R"([["U"],["A","a"]])"), "not_string", {"assistant: a"}},
      {"no messages", Chat("[]"), "no_messages", {}},
      {"messages that are no list", Chat("{}"), "no_messages", {}},
      {"a null id", Chat(R"([["U","q"],["A","a"]])", "null"), "no_id", {"user: q", "assistant: a"}},
      {"an empty id", Chat(R"([["U","q"]])", "\"\""), "no_id", {"user: q"}},
      {"a null model", Chat(R"([["U","q"]])", "\"c\"", "null"), "no_model", {"user: q"}},
      {"a model that is a number", Chat(R"([["U","q"]])", "\"c\"", "4"), "no_model", {"user: q"}},
  };
  for (const auto& [name, json, reason, texts] : cases) {
    SCOPED_TRACE(name);
    const ParsedRecord parsed = ParseOne(json);
    ASSERT_EQ(parsed.conversations.size(), 1U);
    EXPECT_EQ(parsed.reasons[0].name, reason);
    EXPECT_EQ(TextsOf(parsed.conversations[0]), texts);
  }
}

TEST(FastchatReader, TakesNumbersAsIds) {
  EXPECT_EQ(ParseOne(Chat("[]", "17")).conversations[0].id, "17");
  EXPECT_EQ(ParseOne(Chat("[]", "18446744073709551615")).conversations[0].id,
            "18446744073709551615");
  EXPECT_EQ(ParseOne(Chat("[]", "-4")).conversations[0].id, "-4");
}

TEST(FastchatReader, KeepsTheImagesOfAMessage) {
  const ParsedRecord parsed =
      ParseOne(Chat(R"([["U",["What is this?",["0a1b","2c3d"]]],["A","A cat"]])"));
  EXPECT_EQ(parsed.reasons[0], Reason{});
  EXPECT_THAT(TextsOf(parsed.conversations[0]),
              ElementsAre("user: What is this?", "assistant: A cat"));
  EXPECT_EQ(parsed.conversations[0].extra, R"({"message_images":{"0":["0a1b","2c3d"]}})");
}

TEST(FastchatReader, TakesTheLastOfDuplicateKeys) {
  const ParsedRecord parsed = ParseOne(
      R"({"type":"flag","type":"chat","model":"old","model":"new","tstamp":1682351100,
          "state":{"conv_id":"x","messages":[],"conv_id":"y","messages":[["U","q"]]}})");
  EXPECT_EQ(parsed.conversations[0].event, "chat");
  EXPECT_EQ(parsed.conversations[0].model, "new");
  EXPECT_EQ(parsed.conversations[0].id, "y");
  EXPECT_THAT(TextsOf(parsed.conversations[0]), ElementsAre("user: q"));
}

TEST(FastchatReader, MendsInvalidUtf8AndLoneSurrogates) {
  const ParsedRecord parsed = ParseOne(Chat("[[\"U\",\"a\xFF\"],[\"A\",\"\\ud800b\"]]"));
  EXPECT_EQ(parsed.repaired_utf8, 2);
  EXPECT_THAT(TextsOf(parsed.conversations[0]), ElementsAre("user: a\uFFFD", "assistant: \uFFFDb"));
}

TEST(FastchatReader, PassesOverOtherEvents) {
  const ParsedRecord parsed = ParseOne(R"({"type":"load","tstamp":1682351100})");
  EXPECT_TRUE(parsed.conversations.empty());
  EXPECT_EQ(parsed.reason.name, "not_a_conversation");
}

TEST(FastchatReader, RefusesWhatIsNoEvent) {
  const auto dialect = MakeDialect("fastchat", {}).value();
  ParsedRecord parsed;
  std::string deep = R"({"type":"chat","state":)" + std::string(10'000, '[');
  for (const std::string& json :
       {std::string(R"({"type":"chat","sta)"), std::string("[]"), std::string("{}}"), std::string(),
        std::string(R"({"type":"chat","model":"m"})"), deep, deep + std::string(10'000, ']') + "}",
        std::string("{\"type\":\"\0\"}", 12),
        std::string(R"({"type":"tievote","states":[{}],"models":["a","b"]})")}) {
    SCOPED_TRACE(json.substr(0, 40));
    const Status status = dialect->Parse({.json = json}, parsed);
    ASSERT_FALSE(status.has_value());
    EXPECT_EQ(status.error().code, Code::kInvalid);
    EXPECT_GE(status.error().place.byte, 0);
  }
}

TEST(FastchatReader, LeavesNothingOfTheRecordBefore) {
  const auto dialect = MakeDialect("fastchat", {}).value();
  ParsedRecord used;
  ASSERT_TRUE(dialect->Parse({.json = kChat}, used).has_value());
  const std::string bare = R"({"type":"flag","state":{"conv_id":"z","messages":[["U","q"]]}})";
  ASSERT_TRUE(dialect->Parse({.json = bare}, used).has_value());
  const RawConversation& conversation = used.conversations[0];
  EXPECT_EQ(conversation.model, "");
  EXPECT_EQ(conversation.user, "");
  EXPECT_EQ(conversation.extra, "");
  EXPECT_FALSE(conversation.time_micros.has_value());
  EXPECT_THAT(TextsOf(conversation), ElementsAre("user: q"));
}

TEST(DialectCatalogue, NamesTheNearest) {
  const auto made = MakeDialect("fastcht", {});
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, Code::kNotFound);
  EXPECT_EQ(made.error().message, R"(no format is named "fastcht"; nearest: "fastchat")");
}

}  // namespace
}  // namespace parley
