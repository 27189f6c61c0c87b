#include "stages/moderation/endpoint_moderation.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <mutex>

#include "http/misbehaving_server.h"
#include "stages/moderation/endpoint_answer.h"
#include "text/json.h"

namespace parley {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr size_t kHate = 2;

// One result; `without` names a category to leave out.
std::string ResultFor(std::string_view text, std::string_view without = "") {
  const bool flagged = text.find("fool") != std::string_view::npos;
  JsonWriter json;
  json.BeginObject().Key("flagged").Bool(flagged).Key("categories").BeginObject();
  for (const std::string_view category : kModerationCategories) {
    if (category != without) json.Key(category).Bool(flagged && category == "hate");
  }
  json.Key("illicit").Bool(true).End().Key("category_scores").BeginObject();
  for (const std::string_view category : kModerationCategories) {
    json.Key(category).Double(flagged && category == "hate" ? 0.75 : 0.125);
  }
  json.Key("illicit").Double(0.5).End().End();
  return json.text();
}

std::vector<std::string> TextsIn(const std::string& body) {
  JsonParser parser;
  const auto root = parser.Parse(body);
  std::vector<std::string> texts;
  for (const JsonElement text : JsonArray(root->at_key("input"))) {
    texts.emplace_back(std::string_view(text));
  }
  return texts;
}

// What a sound endpoint says.
std::string SoundBody(const std::vector<std::string>& texts) {
  std::string results;
  for (const std::string& text : texts) results += (results.empty() ? "" : ",") + ResultFor(text);
  return fmt::format(R"({{"id":"m-1","model":"judge-2","results":[{}]}})", results);
}

RawReply SoundAnswer(const std::string& body) { return Answer(200, SoundBody(TextsIn(body))); }

class EndpointModeration : public testing::Test {
 protected:
  std::shared_ptr<const ModerationSource> Open(const MisbehavingServer& server,
                                               EndpointOptions options = {}) {
    options.url = server.url() + "/v1/moderations";
    options.timeout_seconds = 1;
    return OpenEndpointModeration(options, {.sleep =
                                                [this](int64_t millis) {
                                                  const std::scoped_lock lock(mutex_);
                                                  waits_.push_back(millis);
                                                },
                                            .environment =
                                                [this](const std::string& variable) {
                                                  return variable == "OPENAI_API_KEY" ? key_ : "";
                                                }})
        .value();
  }

  static Result<std::vector<ModerationAnswer>> Judge(const ModerationSource& source,
                                                     const std::vector<std::string>& texts) {
    std::vector<ModerationText> asked;
    for (const std::string& text : texts) asked.push_back({.text = text});
    return source.Judge(asked);
  }

  std::mutex mutex_;
  std::vector<int64_t> waits_;
  std::string key_ = "sk-hush";
};

TEST_F(EndpointModeration, TagsEachTextAndKeepsNewerCategoriesApart) {
  std::string head;
  MisbehavingServer server([&](int, const std::string& heard, const std::string& body) {
    head = heard;
    return SoundAnswer(body);
  });
  const auto source = Open(server, {.model = "judge"});
  const auto answers = Judge(*source, {"Hello", "You fool", " \n", "Hello"}).value();
  ASSERT_EQ(answers.size(), 4U);
  EXPECT_FALSE(answers[0].tags->flagged);
  EXPECT_TRUE(answers[1].tags->flagged);
  EXPECT_TRUE(answers[1].tags->categories[kHate]);
  EXPECT_EQ(answers[1].tags->category_scores[kHate], 0.75);
  EXPECT_EQ(answers[1].note.by, "endpoint");
  EXPECT_EQ(answers[1].note.version, "judge-2");
  EXPECT_EQ(answers[1].note.other,
            R"({"categories":{"illicit":true},"category_scores":{"illicit":0.5}})");
  EXPECT_FALSE(answers[2].tags.has_value());
  EXPECT_EQ(answers[2].note.reason, "no text");
  EXPECT_FALSE(answers[3].tags->flagged);
  EXPECT_EQ(server.requests(), 1) << "equal texts are asked once";
  EXPECT_THAT(head, HasSubstr("Authorization: Bearer sk-hush"));
  EXPECT_THAT(source->version(), Not(HasSubstr("hush")));
}

TEST_F(EndpointModeration, TextsGoOutInBatchesAndComeBackInOrder) {
  MisbehavingServer server(
      [](int, const std::string&, const std::string& body) { return SoundAnswer(body); });
  const auto source = Open(server, {.batch_texts = 3, .connections = 4});
  std::vector<std::string> texts;
  for (int i = 0; i < 20; ++i) texts.push_back(fmt::format("{} {}", i % 3 == 0 ? "fool" : "", i));
  const auto answers = Judge(*source, texts).value();
  for (size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(answers[i].tags->flagged, i % 3 == 0) << i;
  EXPECT_EQ(server.requests(), 7);
}

// Each way of misbehaving once, then a sound answer.
TEST_F(EndpointModeration, AsksAgainAfterEveryKindOfTrouble) {
  const std::string line = "HTTP/1.1 200 OK\r\n";
  const std::string sound = SoundBody({"Hello"});
  const struct {
    const char* name;
    RawReply reply;
  } cases[] = {
      {"too many requests", Answer(429, "{}")},
      {"a failure", Answer(500, "{}")},
      {"overloaded", Answer(503, "<html>")},
      {"hangs up", {}},
      {"cut short", {.bytes = line + "Content-Length: 900\r\n\r\n" + sound.substr(0, 40)}},
      {"a length that is too short", {.bytes = line + "Content-Length: 10\r\n\r\n" + sound}},
      {"a length that is none", {.bytes = line + "Content-Length: x\r\n\r\n" + sound}},
      {"no JSON", Answer(200, "It is fine.")},
      {"another JSON", Answer(200, "[1, 2]")},
      {"no results", Answer(200, R"({"results": null})")},
      {"too few answers", Answer(200, SoundBody({}))},
      {"too many answers", Answer(200, SoundBody({"Hello", "You fool"}))},
      {"slow", {.bytes = line, .delay_millis = 1500}},
  };
  for (const auto& [name, reply] : cases) {
    SCOPED_TRACE(name);
    waits_.clear();
    MisbehavingServer server([&](int number, const std::string&, const std::string& body) {
      return number == 0 ? reply : SoundAnswer(body);
    });
    const auto source = Open(server);
    const auto answers = Judge(*source, {"Hello"});
    ASSERT_TRUE(answers.has_value()) << answers.error().message;
    ASSERT_TRUE(answers->at(0).tags.has_value()) << answers->at(0).note.reason;
    EXPECT_FALSE(answers->at(0).tags->flagged);
    EXPECT_EQ(server.requests(), 2);
    EXPECT_EQ(waits_.size(), 1U);
  }
}

TEST_F(EndpointModeration, WaitsAsLongAsItIsToldAndLongerEachTime) {
  MisbehavingServer told([](int number, const std::string&, const std::string& body) {
    return number == 0 ? Answer(429, "{}", "Retry-After: 7\r\n") : SoundAnswer(body);
  });
  ASSERT_TRUE(Judge(*Open(told), {"Hello"}).has_value());
  EXPECT_THAT(waits_, ElementsAre(7000));

  waits_.clear();
  MisbehavingServer down(
      [](int, const std::string&, const std::string&) { return Answer(500, "{}"); });
  ASSERT_TRUE(Judge(*Open(down, {.attempts = 4}), {"Hello"}).has_value());
  ASSERT_EQ(waits_.size(), 3U);
  EXPECT_GE(waits_[0], 250);
  EXPECT_LE(waits_[0], 500);
  EXPECT_GE(waits_[2], 1000);
  EXPECT_LE(waits_[2], 2000);
}

TEST_F(EndpointModeration, WhatIsNeverAnsweredHasNoTagsAndAReason) {
  MisbehavingServer server([](int, const std::string&, const std::string& body) {
    return body.find("Hello") != std::string::npos ? Answer(503, "{}") : SoundAnswer(body);
  });
  const auto source = Open(server, {.batch_texts = 1, .attempts = 2});
  const auto answers = Judge(*source, {"Hello", "You fool"}).value();
  EXPECT_FALSE(answers[0].tags.has_value());
  EXPECT_EQ(answers[0].note.reason, "status 503");
  EXPECT_EQ(answers[0].note.by, "");
  EXPECT_TRUE(answers[1].tags->flagged);
}

TEST_F(EndpointModeration, OneRefusedTextDoesNotTakeTheOthers) {
  MisbehavingServer server([](int, const std::string&, const std::string& body) {
    return body.find("odd") != std::string::npos ? Answer(400, "{}") : SoundAnswer(body);
  });
  const auto answers = Judge(*Open(server), {"a", "b", "odd", "You fool", "e"}).value();
  EXPECT_EQ(answers[2].note.reason, "refused with status 400");
  EXPECT_FALSE(answers[2].tags.has_value());
  for (const size_t i : {0, 1, 3, 4}) EXPECT_TRUE(answers[i].tags.has_value()) << i;
  EXPECT_TRUE(answers[3].tags->flagged);
}

TEST_F(EndpointModeration, AnAnswerThatLacksACategoryTagsNothing) {
  MisbehavingServer server([](int, const std::string&, const std::string&) {
    return Answer(200, fmt::format(R"({{"results":[{},{}]}})", ResultFor("a", "violence"),
                                   ResultFor("You fool")));
  });
  const auto answers = Judge(*Open(server), {"a", "You fool"}).value();
  EXPECT_FALSE(answers[0].tags.has_value());
  EXPECT_EQ(answers[0].note.reason, "incomplete answer");
  EXPECT_TRUE(answers[1].tags->flagged);
}

TEST_F(EndpointModeration, ARefusedKeyStopsAndIsNeverSaid) {
  MisbehavingServer server([](int, const std::string&, const std::string&) {
    return Answer(401, R"({"error": "wrong key sk-hush"})");
  });
  const auto refused = Judge(*Open(server), {"Hello"});
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().message, HasSubstr("OPENAI_API_KEY"));
  EXPECT_THAT(refused.error().message, Not(HasSubstr("hush")));
  EXPECT_EQ(server.requests(), 1);
}

TEST_F(EndpointModeration, GivesUpWhenNobodyAnswersAnyMore) {
  MisbehavingServer server([](int, const std::string&, const std::string&) { return RawReply{}; });
  const auto source =
      Open(server, {.batch_texts = 1, .connections = 1, .attempts = 2, .give_up_after = 3});
  const auto answers = Judge(*source, {"a", "b", "c", "d", "e"});
  ASSERT_FALSE(answers.has_value());
  EXPECT_EQ(answers.error().code, Code::kIo);
  EXPECT_THAT(answers.error().message, HasSubstr("goes on where it stopped"));
}

TEST_F(EndpointModeration, AsksNothingTwiceAlsoInALaterRun) {
  const std::string folder = testing::TempDir() + "/parley_endpoint_answers";
  std::filesystem::remove_all(folder);
  std::vector<std::string> asked;
  MisbehavingServer server([&](int, const std::string&, const std::string& body) {
    for (const std::string& text : TextsIn(body)) asked.push_back(text);
    return asked.size() == 1 ? Answer(400, "{}") : SoundAnswer(body);
  });
  {
    const auto source = Open(server);
    ASSERT_TRUE(source->KeepAnswersIn(folder).has_value());
    EXPECT_FALSE(Judge(*source, {"never"}).value()[0].tags.has_value());
    EXPECT_TRUE(Judge(*source, {"You fool", "a"}).value()[0].tags->flagged);
  }
  {
    const auto source = Open(server);
    ASSERT_TRUE(source->KeepAnswersIn(folder).has_value());
    const auto answers = Judge(*source, {"a", "You fool", "b", "never"}).value();
    EXPECT_TRUE(answers[1].tags->flagged);
    EXPECT_EQ(answers[1].note.version, "judge-2");
    EXPECT_THAT(answers[1].note.other, HasSubstr("illicit"));
  }
  EXPECT_THAT(asked, ElementsAre("never", "You fool", "a", "b", "never"));
  const auto another = Open(server, {.model = "another"});
  ASSERT_TRUE(another->KeepAnswersIn(folder).has_value());
  ASSERT_TRUE(Judge(*another, {"a"}).has_value());
  EXPECT_EQ(asked.size(), 6U) << "another model's answer is another";
}

TEST_F(EndpointModeration, KeepsToItsRate) {
  MisbehavingServer server(
      [](int, const std::string&, const std::string& body) { return SoundAnswer(body); });
  const auto source = Open(server, {.batch_texts = 1, .connections = 1, .requests_per_minute = 60});
  ASSERT_TRUE(Judge(*source, {"a", "b", "c"}).has_value());
  ASSERT_EQ(waits_.size(), 2U);  // The clock goes on, the waits do not happen: 1 s, then 2 s.
  EXPECT_GT(waits_[0], 500);
  EXPECT_GT(waits_[1], 1500);
}

TEST_F(EndpointModeration, WrongOptionsAreTold) {
  EXPECT_FALSE(OpenEndpointModeration({}).has_value());
  EXPECT_FALSE(OpenEndpointModeration({.url = "ftp://host"}).has_value());
  EXPECT_FALSE(OpenEndpointModeration({.url = "http://host", .batch_texts = 0}).has_value());
  const auto split = OpenEndpointModeration(
      {.url = "http://host"},
      {.environment = [](const std::string&) { return std::string("hush\r\nX: y"); }});
  ASSERT_FALSE(split.has_value());
  EXPECT_THAT(split.error().message, Not(HasSubstr("hush")));
}

}  // namespace
}  // namespace parley
