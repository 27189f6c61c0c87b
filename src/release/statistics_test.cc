#include "release/statistics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stages/redact/redactor.h"

namespace parley {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

ReleasableConversation Releasable(bool redacted) {
  RawConversation raw;
  raw.messages = {{Role::kUser, "Hi"}, {Role::kAssistant, "Hello"}};
  raw.redacted = redacted;
  Annotations annotations;
  annotations.messages.resize(2);
  return Redactor::Create({.enabled = false}).value().Redact(raw, annotations).value();
}

Statistics OfTwoRows() {
  const ReleasableConversation plain = Releasable(false);
  const ReleasableConversation redacted = Releasable(true);
  Annotations annotations;
  annotations.messages = {{.language = "en", .llama2_tokens = 3, .cl100k_tokens = 1},
                          {.language = "und", .llama2_tokens = 9, .cl100k_tokens = 0}};
  Moderation moderation;
  moderation.categories[0] = true;
  moderation.flagged = true;
  const std::vector<std::optional<Moderation>> moderations = {moderation, std::nullopt};
  Statistics statistics;
  statistics.AddRow({.model = "b",
                     .language = "English",
                     .turn = 1,
                     .conversation = &plain,
                     .moderation = &moderations,
                     .annotations = &annotations,
                     .day = "2023-04-24",
                     .duplicate_group = 4,
                     .duplicate_group_size = 2});
  statistics.AddRow({.model = "a", .turn = 3, .conversation = &redacted});
  statistics.AddEdits({.repaired_utf8 = 2, .line_ends = 5});
  statistics.AddEdits({.control_characters = 1});
  statistics.AddOutcome("kept", "", "");
  statistics.AddOutcome("dropped", "message_length", "too_long");
  statistics.users = 2;
  return statistics;
}

TEST(Statistics, CountsWhatARowSays) {
  const Statistics statistics = OfTwoRows();
  EXPECT_EQ(statistics.conversations, 2);
  EXPECT_EQ(statistics.messages, 4);
  EXPECT_THAT(statistics.models, ElementsAre(Pair("a", 1), Pair("b", 1)));
  EXPECT_THAT(statistics.languages, ElementsAre(Pair("English", 1), Pair("unknown", 1)));
  EXPECT_THAT(statistics.days, ElementsAre(Pair("", 1), Pair("2023-04-24", 1)));
  EXPECT_THAT(statistics.turns, ElementsAre(Pair(1, 1), Pair(3, 1)));
  EXPECT_EQ(statistics.TurnCount(), 4);
  EXPECT_THAT(statistics.message_languages, ElementsAre(Pair("en", 1), Pair("und", 1)));
  EXPECT_EQ(statistics.prompt_llama2.tokens, 3);
  EXPECT_THAT(statistics.prompt_llama2.histogram, ElementsAre(Pair(2, 1)));
  EXPECT_EQ(statistics.response_llama2.Average(), 9.0);
  EXPECT_THAT(statistics.response_llama2.histogram, ElementsAre(Pair(8, 1)));
  EXPECT_THAT(statistics.response_cl100k.histogram, ElementsAre(Pair(0, 1)));
  EXPECT_THAT(statistics.duplicate_rows, ElementsAre(Pair(2, 1)));
  EXPECT_EQ(statistics.redacted_conversations, 1);
  EXPECT_EQ(statistics.moderated_conversations, 1);
  EXPECT_EQ(statistics.moderated_messages, 1);
  EXPECT_EQ(statistics.flagged_messages, 1);
  EXPECT_THAT(statistics.flagged_by_category, ElementsAre(Pair("harassment", 1)));
  EXPECT_EQ(statistics.repaired_conversations, 1);
  EXPECT_EQ(statistics.line_ends, 5);
  EXPECT_THAT(statistics.drops, ElementsAre(Pair("message_length.too_long", 1)));
  EXPECT_EQ(statistics.InputCount(), 2);
}

TEST(Statistics, CountsByLanguageAndListsTheLongestWithout) {
  RawConversation raw;
  raw.messages = {{Role::kUser, "mary@sunmail.de joe@sunmail.de"}, {Role::kAssistant, "Hello"}};
  Annotations annotations;
  annotations.messages = {{.language = "en"}, {.language = "sv"}};
  const ReleasableConversation replaced =
      Redactor::Create({}).value().Redact(raw, annotations).value();
  const ReleasableConversation plain = Releasable(false);
  const std::vector<std::string> unjudged = {"sv"};
  Statistics statistics;
  statistics.AddRow(
      {.conversation = &replaced, .annotations = &annotations, .unjudged_names = &unjudged});
  for (int i = 12; i > 0; --i) {
    statistics.AddRow(
        {.conversation_id = std::string(1, static_cast<char>('a' + i)), .conversation = &plain});
  }
  EXPECT_THAT(statistics.redactions_by_language, ElementsAre(Pair("EMAIL en", 2)));
  EXPECT_EQ(statistics.unjudged_conversations, 1);
  EXPECT_THAT(statistics.unjudged_languages, ElementsAre(Pair("sv", 1)));
  ASSERT_EQ(statistics.longest_without.entries.size(), 10U);
  EXPECT_THAT(statistics.longest_without.entries.front(), Pair(7, "b"));
  EXPECT_THAT(statistics.longest_without.entries.back(), Pair(7, "k"));
  EXPECT_EQ(Statistics::FromJson(statistics.ToJson()).value(), statistics);
}

TEST(LongestList, DoesNotDependOnTheOrder) {
  LongestList left;
  LongestList right;
  LongestList all;
  for (int i = 0; i < 30; ++i) {
    const std::string id = std::to_string(i * 7 % 30);
    (i % 3 == 0 ? left : right).Add(i * 11 % 17, id);
    all.Add(i * 11 % 17, id);
  }
  LongestList other = right;
  other.Merge(left);
  left.Merge(right);
  EXPECT_EQ(left, all);
  EXPECT_EQ(other, all);
}

TEST(Statistics, MergingEqualsCountingTogether) {
  Statistics twice = OfTwoRows();
  twice.Merge(OfTwoRows());
  EXPECT_EQ(twice.conversations, 4);
  EXPECT_EQ(twice.prompt_llama2.tokens, 6);
  EXPECT_EQ(twice.models.at("a"), 2);
  Statistics none;
  none.Merge(OfTwoRows());
  EXPECT_EQ(none, OfTwoRows());
}

TEST(Statistics, ReadsBackEqual) {
  const Statistics statistics = OfTwoRows();
  EXPECT_EQ(Statistics::FromJson(statistics.ToJson()).value(), statistics);
  EXPECT_EQ(Statistics::FromJson(Statistics().ToJson()).value(), Statistics());
}

TEST(Statistics, RefusesWhatItDidNotWrite) {
  std::string json = OfTwoRows().ToJson();
  json.replace(json.find("\"messages\""), 10, "\"letters\"");
  EXPECT_THAT(Statistics::FromJson(json).error().message, HasSubstr("messages"));
  EXPECT_FALSE(Statistics::FromJson("[]").has_value());
  EXPECT_FALSE(Statistics::FromJson("{").has_value());
}

}  // namespace
}  // namespace parley
