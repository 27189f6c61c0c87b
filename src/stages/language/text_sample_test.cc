#include "stages/language/text_sample.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace parley {
namespace {

TEST(SampleProse, KeepsWordsAndLeavesOutWhatIsNone) {
  const struct {
    const char* name;
    std::string_view text;
    std::string_view words;
  } cases[] = {
      {"punctuation and digits", "Well, it's 7 o'clock!", "Well it's o'clock"},
      {"marks around words", "**bold** and \"quoted\" (yes)", "bold and quoted yes"},
      {"addresses", "see https://example.com/a?b=c or mail x@example.com now", "see or mail now"},
      {"identifiers", "call getName and main_loop in main.cc please", "call and in please"},
      {"a mention and a hashtag", "@someone good morning #sun", "good morning sun"},
      {"fenced code", "Look:\n```\nint x = 1;\n```\nThanks a lot", "Look Thanks a lot"},
      {"a line of code", "while (a < b) { a += 1; }\nWhat does it do", "What does it do"},
      {"a table", "| name | age | town |\nWho is older", "Who is older"},
      {"a log", "2024-03-01 12:00:07 INFO ready\nIs it well", "Is it well"},
      {"markup", "<div class=\"x\">text</div>\nWhy so", "Why so"},
      {"two scripts", "用Python写", "用Python写"},
      {"ends with a semicolon", "Nobody knows the way;", "Nobody knows the way"},
      {"a statement", "x = y;", ""},
  };
  for (const auto& [name, text, words] : cases) {
    EXPECT_EQ(SampleProse(text).words, words) << name;
  }
}

TEST(SampleProse, CountsLettersWordsAndScripts) {
  const TextSample sample = SampleProse("Привет, world! 你好");
  EXPECT_EQ(sample.letter_count, 6 + 5 + 2);
  EXPECT_EQ(sample.word_count, 3);
  EXPECT_EQ(sample.letters_by_script[static_cast<int>(Script::kCyrillic)], 6);
  EXPECT_EQ(sample.letters_by_script[static_cast<int>(Script::kLatin)], 5);
  EXPECT_EQ(sample.letters_by_script[static_cast<int>(Script::kHan)], 2);
}

TEST(SampleProse, TakesPartsFromAllOverALongText) {
  std::string text;
  for (const std::string_view word : {"alpha", "betas", "gamma", "delta"}) {
    for (int i = 0; i < 5'000; ++i) text.append(word) += ' ';
  }
  const TextSample sample = SampleProse(text, {.budget_bytes = 240});
  for (const std::string_view word : {"alpha", "betas", "gamma", "delta"}) {
    EXPECT_NE(sample.words.find(word), std::string::npos) << word;
  }
  EXPECT_LE(sample.words.size(), 2 * 240U);
}

TEST(SampleProse, TakesInvalidBytesForBlanks) {
  EXPECT_EQ(SampleProse("caf\xE9 noir").words, "caf noir");
  EXPECT_EQ(SampleProse("a\xF0\x9F").words, "a");
  EXPECT_EQ(SampleProse("\xC0\xC1\xE0\x80\x81").letter_count, 0);  // Too long for what they say.
  EXPECT_EQ(SampleProse("\xED\xA0\x80").letter_count, 0);          // A lone surrogate.
}

TEST(ScriptOf, KnowsALetterOfEach) {
  EXPECT_EQ(ScriptOf(U'z'), Script::kLatin);
  EXPECT_EQ(ScriptOf(U'ệ'), Script::kLatin);
  EXPECT_EQ(ScriptOf(U'ж'), Script::kCyrillic);
  EXPECT_EQ(ScriptOf(U'ω'), Script::kGreek);
  EXPECT_EQ(ScriptOf(U'ת'), Script::kHebrew);
  EXPECT_EQ(ScriptOf(U'ک'), Script::kArabic);
  EXPECT_EQ(ScriptOf(U'अ'), Script::kDevanagari);
  EXPECT_EQ(ScriptOf(U'ก'), Script::kThai);
  EXPECT_EQ(ScriptOf(U'한'), Script::kHangul);
  EXPECT_EQ(ScriptOf(U'カ'), Script::kKana);
  EXPECT_EQ(ScriptOf(U'漢'), Script::kHan);
  EXPECT_EQ(ScriptOf(U'\u20AC'), Script::kOther);
}

TEST(IsLetter, DigitsAndSignsAreNone) {
  for (const char32_t sign : {U'7', U'!', U'\u00D7', U'\u0967', U'\u06F3', U'\u3002', U'\u20AC',
                              U'\uFF01', U'\U0001F600', U'\u0964', U'\u30FB'}) {
    EXPECT_FALSE(IsLetter(sign)) << static_cast<uint32_t>(sign);
  }
  for (const char32_t letter : {U'a', U'\u00E9', U'\u0301', U'\u0939', U'\u093F', U'\u0E33',
                                U'\u4E00', U'\uAC00', U'\uFF41', U'\U00020000'}) {
    EXPECT_TRUE(IsLetter(letter)) << static_cast<uint32_t>(letter);
  }
}

}  // namespace
}  // namespace parley
