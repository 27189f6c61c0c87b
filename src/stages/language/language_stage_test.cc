#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "stages/stage_functions.h"
#include "stages/stage_testing.h"

namespace parley {
namespace {

const std::vector<Message> kMixed = {
    {Role::kSystem, "You are a helpful assistant."},
    {Role::kUser, "Wie spät ist es gerade in Tokio?"},
    {Role::kAssistant, "It is a quarter past nine in the evening there."},
    {Role::kUser, "ok"}};

struct Outcome {
  Verdict verdict;
  Annotations annotations;
};

Outcome Annotated(const Settings& settings, RawConversation conversation = Conversation(kMixed)) {
  const StageObject stage = LanguageStage().make(settings).value();
  Outcome outcome;
  outcome.verdict = std::get<std::unique_ptr<Annotator>>(stage)
                        ->Annotate(conversation, outcome.annotations)
                        .value();
  return outcome;
}

TEST(LanguageStage, NamesTheFirstUserMessageAndTagsEach) {
  const auto [verdict, annotations] = Annotated({});
  EXPECT_EQ(verdict, kKeep);
  EXPECT_EQ(annotations.language, "German");
  ASSERT_EQ(annotations.messages.size(), 4U);
  EXPECT_EQ(annotations.messages[0].language, "en");
  EXPECT_EQ(annotations.messages[1].language, "de");
  EXPECT_GT(annotations.messages[1].language_confidence, 0.9);
  EXPECT_EQ(annotations.messages[2].language, "en");
  EXPECT_EQ(annotations.messages[3].language, "und");
  EXPECT_EQ(annotations.messages[3].language_confidence, 0);
}

TEST(LanguageStage, IsUnknownWithoutAUserMessage) {
  const RawConversation conversation =
      Conversation({{Role::kAssistant, "Good morning, how can I help you today?"}});
  EXPECT_EQ(Annotated({}, conversation).annotations.language, "unknown");
  EXPECT_EQ(Annotated({{"detector", "fastchat"}}, conversation).annotations.language, "unknown");
}

TEST(LanguageStage, LikeFastChatJudgesTheFirstPromptAlone) {
  const auto [verdict, annotations] = Annotated({{"detector", "fastchat"}});
  EXPECT_EQ(annotations.language, "German");
  ASSERT_EQ(annotations.messages.size(), 4U);
  for (const MessageNotes& notes : annotations.messages) EXPECT_EQ(notes.language, "und");
}

TEST(LanguageStage, CarriesTheSourcesLanguage) {
  RawConversation conversation = Conversation(kMixed);
  conversation.language = "Swiss German";
  EXPECT_EQ(Annotated({}, conversation).annotations.language, "Swiss German");
  EXPECT_EQ(Annotated({{"carry", false}}, conversation).annotations.language, "German");
  conversation.language = "pt";
  EXPECT_EQ(Annotated({}, conversation).annotations.language, "Portuguese");
}

TEST(LanguageStage, KeepsTheLanguagesThatAreAskedFor) {
  using List = std::vector<std::string>;
  EXPECT_EQ(Annotated({{"keep", List{"de"}}}).verdict, kKeep);
  EXPECT_EQ(Annotated({{"keep", List{"english", "german"}}}).verdict, kKeep);
  EXPECT_EQ(Annotated({{"keep", List{"en", "French"}}}).verdict, Drop({"not_wanted"}));
  EXPECT_EQ(Annotated({{"keep", List{"de"}}, {"detector", "fastchat"}}).verdict, kKeep);
  const RawConversation number = Conversation({{Role::kUser, "42"}});
  EXPECT_EQ(Annotated({{"keep", List{"de"}}}, number).verdict, Drop({"not_wanted"}));
  EXPECT_EQ(Annotated({{"keep", List{"unknown"}}}, number).verdict, kKeep);
}

TEST(LanguageStage, RefusesOptionsThatMeanNothing) {
  EXPECT_NE(Objection(LanguageStage(), {{"detector", "guess"}}), "");
  EXPECT_NE(Objection(LanguageStage(), {{"min_confidence", 2.0}}), "");
}

}  // namespace
}  // namespace parley
