#include "release/selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "release/sample_release.h"

namespace parley {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr size_t kHate = 2;
constexpr size_t kSexual = 7;

Moderation Tags(bool flagged, size_t category = kHate) {
  Moderation moderation;
  moderation.flagged = flagged;
  moderation.categories[category] = flagged;
  return moderation;
}

// A row with a question and an answer to choose by.
struct Row {
  std::vector<Message> messages = {{Role::kUser, "Hello"}, {Role::kAssistant, "Hi"}};
  std::vector<std::optional<Moderation>> moderation = {Tags(false), Tags(false)};
  std::string model = "vicuna-13b";
  std::string language = "English";
  int64_t turn = 1;
  bool redacted = false;
  bool first_of_group = true;
};

std::string WhyOut(const SelectionOptions& options, const Row& row) {
  const ReleasableConversation conversation = AsReleased(row.messages, row.redacted);
  const ReleaseRow released = {.conversation_id = "c",
                               .model = row.model,
                               .language = row.language,
                               .turn = row.turn,
                               .conversation = &conversation,
                               .moderation = &row.moderation,
                               .first_of_group = row.first_of_group};
  return std::string(Selection::Create(options).value().LeavesOut(released));
}

TEST(Selection, TakesEverythingByDefault) {
  EXPECT_EQ(WhyOut({}, {}), "");
  EXPECT_EQ(WhyOut({}, {.moderation = {Tags(true), std::nullopt}}), "");
  EXPECT_EQ(WhyOut({}, {.moderation = {}, .model = "", .turn = 0, .first_of_group = false}), "");
}

TEST(Selection, EachRuleSaysWhy) {
  const struct {
    const char* name;
    SelectionOptions options;
    Row row;
    const char* want;
  } cases[] = {
      {"another language", {.languages = {"German", "French"}}, {}, "language"},
      {"one of the languages", {.languages = {"German", "English"}}, {}, ""},
      {"an unwanted language", {.except_languages = {"English"}}, {}, "language"},
      {"another model", {.models = {"koala-13b"}}, {}, "model"},
      {"a part of a model's name is not the model", {.models = {"vicuna"}}, {}, "model"},
      {"an unwanted model", {.except_models = {"vicuna-13b"}}, {}, "model"},
      {"a later one of equals", {.duplicates = "first"}, {.first_of_group = false}, "duplicate"},
      {"the first of equals", {.duplicates = "first"}, {}, ""},
      {"redacted", {.redacted = "none"}, {.redacted = true}, "redacted"},
      {"not redacted", {.redacted = "only"}, {}, "not_redacted"},
      {"of these roles", {.roles = {"user", "assistant"}}, {}, ""},
      {"of another role", {.roles = {"user"}}, {}, "role"},
      {"too few turns", {.min_turns = 2}, {}, "turns"},
      {"too many turns", {.max_turns = 2}, {.turn = 3}, "turns"},
      {"turns at both limits", {.min_turns = 2, .max_turns = 2}, {.turn = 2}, ""},
  };
  for (const auto& [name, options, row, want] : cases) {
    SCOPED_TRACE(name);
    EXPECT_EQ(WhyOut(options, row), want);
  }
}

TEST(Selection, NoneFlaggedAsksForEveryMessageToBeJudged) {
  const SelectionOptions safe = {.flagged = "none"};
  EXPECT_EQ(WhyOut(safe, {}), "");
  EXPECT_EQ(WhyOut(safe, {.moderation = {Tags(false), Tags(true)}}), "flagged");
  EXPECT_EQ(WhyOut(safe, {.moderation = {std::nullopt, Tags(true)}}), "flagged");
  EXPECT_EQ(WhyOut(safe, {.moderation = {Tags(false), std::nullopt}}), "not_judged");
  EXPECT_EQ(WhyOut(safe, {.moderation = {}}), "not_judged");
  const SelectionOptions lenient = {.flagged = "none", .unjudged = true};
  EXPECT_EQ(WhyOut(lenient, {.moderation = {}}), "");
  EXPECT_EQ(WhyOut(lenient, {.moderation = {std::nullopt, Tags(true)}}), "flagged");
}

TEST(Selection, AMessageWithoutTextNeedsNoJudgement) {
  EXPECT_EQ(
      WhyOut({.flagged = "none"}, {.messages = {{Role::kUser, "Hello"}, {Role::kAssistant, " \n"}},
                                   .moderation = {Tags(false), std::nullopt}}),
      "");
}

TEST(Selection, OnlyFlaggedTellsUnjudgedFromClean) {
  const SelectionOptions only = {.flagged = "only"};
  EXPECT_EQ(WhyOut(only, {.moderation = {std::nullopt, Tags(true)}}), "");
  EXPECT_EQ(WhyOut(only, {}), "not_flagged");
  EXPECT_EQ(WhyOut(only, {.moderation = {Tags(false), std::nullopt}}), "not_judged");
}

TEST(Selection, CategoriesNarrowWhatIsFlagged) {
  const SelectionOptions options = {.flagged = "none", .flagged_categories = {"sexual"}};
  EXPECT_EQ(WhyOut(options, {.moderation = {Tags(true, kHate), Tags(false)}}), "");
  EXPECT_EQ(WhyOut(options, {.moderation = {Tags(true, kSexual), Tags(false)}}), "flagged");
}

TEST(Selection, RefusesWhatCannotBeMeant) {
  const struct {
    SelectionOptions options;
    const char* said;
  } cases[] = {
      {{.flagged = "yes"}, "flagged: \"yes\" is none of any, none, only"},
      {{.flagged = "none", .flagged_categories = {"rude"}}, "there is no \"rude\""},
      {{.duplicates = "drop"}, "none of all, first"},
      {{.redacted = "some"}, "redacted"},
      {{.roles = {"bot"}}, "roles: there is no \"bot\""},
      {{.min_turns = 3, .max_turns = 2}, "nothing would be released"},
      {{.flagged_categories = {"hate"}}, "would do nothing"},
      {{.unjudged = true}, "would do nothing"},
  };
  for (const auto& [options, said] : cases) {
    SCOPED_TRACE(said);
    const auto selection = Selection::Create(options);
    ASSERT_FALSE(selection.has_value());
    EXPECT_THAT(selection.error().message, HasSubstr(said));
  }
}

TEST(Selection, SaysItsRulesInBothTongues) {
  EXPECT_THAT(InWords({}, Tongue::kEnglish), IsEmpty());
  const SelectionOptions options = {.flagged = "none", .models = {"a*b"}, .max_turns = 3};
  EXPECT_THAT(InWords(options, Tongue::kEnglish),
              ElementsAre("No message is flagged.", HasSubstr("was judged"),
                          "`model` is one of: a\\*b.", "It has 3 turns or fewer."));
  EXPECT_EQ(InWords(options, Tongue::kChinese).size(), 4U);
}

}  // namespace
}  // namespace parley
