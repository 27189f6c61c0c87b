#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "io/data_files.h"
#include "stages/count/tokens.h"
#include "stages/redact/redactor.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

ReleasableConversation TwoMessages() {
  RawConversation raw;
  raw.messages = {{.role = Role::kUser, .content = "Hello"},
                  {.role = Role::kAssistant, .content = "  Hello"}};
  return Redactor::Create({.enabled = false}).value().Redact(raw, {}).value();
}

Annotations CountWith(const Settings& settings) {
  Annotations annotations;
  const StageObject stage = TokensStage().make(settings).value();
  EXPECT_TRUE(
      std::get<std::unique_ptr<Counter>>(stage)->Count(TwoMessages(), annotations).has_value());
  return annotations;
}

// "Hello" is one token to both. Of two spaces in front cl100k_base leaves one to the word; Llama 2
// has a space of its own in front of the text: two and the word's.
TEST(TokensStage, CountsEachMessageByBothVocabularies) {
  const Annotations annotations = CountWith({});
  ASSERT_EQ(annotations.messages.size(), 2U);
  EXPECT_EQ(annotations.messages[0].llama2_tokens, 1);
  EXPECT_EQ(annotations.messages[0].cl100k_tokens, 1);
  EXPECT_EQ(annotations.messages[1].llama2_tokens, 2);
  EXPECT_EQ(annotations.messages[1].cl100k_tokens, 2);
}

TEST(TokensStage, LeavesNullWhatWasNotAskedFor) {
  const Annotations annotations = CountWith({{"llama2", false}, {"cl100k", false}});
  EXPECT_EQ(annotations.messages[0].llama2_tokens, std::nullopt);
  EXPECT_EQ(annotations.messages[0].cl100k_tokens, std::nullopt);
}

TEST(TokensStage, TakesAVocabularyTheUserNames) {
  const std::string path = FindDataFile("tokens/llama2.model").value();
  EXPECT_EQ(CountWith({{"tokenizer", path}}).messages[1].llama2_tokens, 2);
}

TEST(TokensStage, RefusesAVocabularyThatIsNotThere) {
  const auto made = TokensStage().make({{"tokenizer", "/nowhere/tokenizer.model"}});
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, Code::kNotFound);
}

}  // namespace
}  // namespace parley
