#include "curate/moderation_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/json.h"

namespace parley {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

// Flags what has "fool" in it, and remembers what it was asked.
class Fixed final : public ModerationSource {
 public:
  Result<std::vector<ModerationAnswer>> Judge(
      std::span<const ModerationText> texts) const override {
    std::vector<ModerationAnswer> answers;
    for (const ModerationText& text : texts) {
      asked.emplace_back(text.text);
      Moderation tags;
      tags.flagged = text.text.find("fool") != std::string_view::npos;
      tags.categories[0] = tags.flagged;
      tags.category_scores[0] = tags.flagged ? 0.75 : 0.125;
      answers.push_back({.tags = tags});
    }
    return answers;
  }
  std::string version() const override { return "fixed-1"; }

  mutable std::vector<std::string> asked;
};

HttpReply Post(const Fixed& source, const std::string& body) {
  return AnswerModeration(source, {.method = "POST", .target = "/v1/moderations", .body = body});
}

TEST(ModerationService, JudgesATextAListAndParts) {
  const struct {
    const char* input;
    std::vector<std::string> asked;
  } cases[] = {
      {R"("Hello")", {"Hello"}},
      {R"("")", {""}},
      {R"(["Hello", "you fool"])", {"Hello", "you fool"}},
      {R"([{"type": "text", "text": "Hello"}, {"type": "text", "text": "you"}])", {"Hello\nyou"}},
  };
  for (const auto& [input, asked] : cases) {
    SCOPED_TRACE(input);
    const Fixed source;
    const HttpReply reply = Post(source, std::string(R"({"model":"any","input":)") + input + "}");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(source.asked, asked);
    JsonParser parser;
    const auto root = parser.Parse(reply.json);
    ASSERT_TRUE(root.has_value());
    EXPECT_EQ(JsonArray(root->at_key("results")).size(), asked.size());
    EXPECT_EQ(std::string_view(root->at_key("model")), "fixed-1");
  }
}

TEST(ModerationService, AResultHasAllThatClientsRead) {
  const HttpReply reply = Post(Fixed(), R"({"input":["you fool"]})");
  JsonParser parser;
  const JsonElement root = parser.Parse(reply.json).value();
  EXPECT_THAT(std::string(std::string_view(root["id"])), HasSubstr("modr-"));
  EXPECT_TRUE(bool(root.at_pointer("/results/0/flagged")));
  EXPECT_TRUE(bool(root.at_pointer("/results/0/categories/harassment")));
  EXPECT_FALSE(bool(root.at_pointer("/results/0/categories/violence~1graphic")));
  EXPECT_EQ(double(root.at_pointer("/results/0/category_scores/harassment")), 0.75);
  EXPECT_EQ(JsonObject(root.at_pointer("/results/0/categories")).size(), 11U);
  EXPECT_EQ(JsonObject(root.at_pointer("/results/0/category_applied_input_types")).size(), 11U);
}

TEST(ModerationService, WrongRequestsGetAStatusAndNoTags) {
  const struct {
    HttpCall call;
    int status;
  } cases[] = {
      {{"POST", "/v1/moderations", ""}, 400},
      {{"POST", "/v1/moderations", "[]"}, 400},
      {{"POST", "/v1/moderations", R"({"text":"x"})"}, 400},
      {{"POST", "/v1/moderations", R"({"input":[]})"}, 400},
      {{"POST", "/v1/moderations", R"({"input":7})"}, 400},
      {{"POST", "/v1/moderations", R"({"input":["a",7]})"}, 400},
      {{"POST", "/v1/moderations", R"({"input":[{"type":"image_url","image_url":{}}]})"}, 400},
      {{"GET", "/v1/moderations", ""}, 405},
      {{"POST", "/v1/chat/completions", "{}"}, 404},
  };
  for (const auto& [call, status] : cases) {
    SCOPED_TRACE(call.body);
    const Fixed source;
    const HttpReply reply = AnswerModeration(source, call);
    EXPECT_EQ(reply.status, status);
    EXPECT_THAT(reply.json, HasSubstr("\"error\""));
    EXPECT_THAT(source.asked, SizeIs(0));
  }
}

TEST(ModerationService, NamesItsModel) {
  const HttpReply reply = AnswerModeration(Fixed(), {.method = "GET", .target = "/v1/models"});
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.json, HasSubstr(R"("id":"fixed-1")"));
}

}  // namespace
}  // namespace parley
