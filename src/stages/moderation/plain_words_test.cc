#include "stages/moderation/plain_words.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "stages/moderation/age_cues.h"
#include "stages/moderation/calibration.h"
#include "stages/moderation/ngram_features.h"
#include "stages/moderation/passages.h"
#include "text/random_text.h"
#include "text/utf8.h"

namespace parley {
namespace {

// The words with a space between; a run of a writing without spaces in brackets.
std::string Words(std::string_view text) {
  PlainWords words;
  words.Read(text);
  std::string joined;
  for (const PlainWord& word : words.words()) {
    if (!joined.empty()) joined += ' ';
    if (word.unspaced) joined += '[';
    for (const char32_t letter : words.LettersOf(word)) AppendCodePoint(joined, letter);
    if (word.unspaced) joined += ']';
  }
  return joined;
}

TEST(PlainWords, UndoesWhatHidesAWord) {
  const struct {
    const char* name;
    std::string_view text;
    std::string_view want;
  } cases[] = {
      {"nothing", "", ""},
      {"case and accents", "Grüße, ÉCOLE", "grusse ecole"},
      {"leet", "h4te 1diot a$shole k!ll", "hate idiot asshole kill"},
      {"numbers stay", "12 13yo 2024", "12 13yo 2024"},
      {"spaced", "I h a t e you", "ihate you"},
      {"two letters alone stay", "I a man", "i a man"},
      {"zero-width", "ha\u200Bte", "hate"},
      {"soft hyphen", "ha\u00ADte", "hate"},
      {"Cyrillic twins", "h\u0430t\u0435", "hate"},
      {"Cyrillic", "кот", "кот"},
      {"full width", "ｈａｔｅ", "hate"},
      {"mathematical", "𝐡𝐚𝐭𝐞", "hate"},
      {"drawn out", "haaaate sooo", "hate so"},
      {"two of a letter", "book", "book"},
      {"apostrophe", "don't don’t", "dont dont"},
      {"starred", "f*ck it*", "f*ck it"},
      {"Chinese", "你好,世界", "[你好] [世界]"},
      {"mixed writings", "看video吧", "[看] video [吧]"},
  };
  for (const auto& [name, text, want] : cases) {
    SCOPED_TRACE(name);
    EXPECT_EQ(Words(text), want);
  }
}

TEST(PlainWords, DataIsOneShortWord) {
  EXPECT_EQ(Words(std::string(100'000, 'x') + "yz").size(), 1U);  // Of one letter, drawn out.
  std::string base64;
  for (int i = 0; i < 10'000; ++i) base64 += "QmFzZTY0";
  EXPECT_EQ(Words(base64).size(), 40U);
}

TEST(NgramFeatures, CountsWordsPairsAndParts) {
  NgramFeatures features;
  EXPECT_TRUE(features.Of("").empty());
  EXPECT_EQ(features.Of("good").size(), 2U);          // Word and pair.
  EXPECT_EQ(features.Of("morning").size(), 2U + 3U);  // And morni, ornin, rning.
  EXPECT_EQ(features.Of("你好吗").size(), 2U + 1U);   // Two pairs and all three.
  EXPECT_EQ(features.Of("好").size(), 1U);
  const std::vector<uint32_t> once = features.Of("good morning");
  EXPECT_EQ(features.Of("GOOD, m0rning!"), once);
  for (const uint32_t bucket : once) EXPECT_LT(bucket, 1U << kNgramBucketBits);
}

// The weights are made for these buckets: a change of them needs another kNgramFeatures.
TEST(NgramFeatures, ADisguisedWordHasTheFeaturesOfTheWord) {
  NgramFeatures features;
  const std::vector<uint32_t> plain = features.Of("you are an idiot");
  for (const std::string_view text :
       {"YOU ARE AN IDIOT", "you are an 1d1ot", "you are an idi\u200Bot", "you are an \u0456diot",
        "ｙｏｕ ａｒｅ ａｎ ｉｄｉｏｔ", "you are an i d i o t"}) {
    EXPECT_EQ(features.Of(text), plain) << text;
  }
}

TEST(CutPassages, CoverEveryWordInAboutEqualParts) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "This is a sentence of forty bytes or so.  ";
  const auto passages = CutPassages(text, 480);
  ASSERT_EQ(passages.size(), 3U);
  int64_t at = 0;
  for (const Passage& passage : passages) {
    EXPECT_LE(passage.end - passage.begin, 480);
    EXPECT_GT(passage.end - passage.begin, 330);
    for (; at < passage.begin; ++at) EXPECT_EQ(text[static_cast<size_t>(at)], ' ');
    at = passage.end;
  }
  EXPECT_EQ(CutPassages("", 480).size(), 0U);
  EXPECT_EQ(CutPassages(" \n ", 480).size(), 0U);
  EXPECT_EQ(CutPassages(" a", 480), (std::vector<Passage>{{.begin = 1, .end = 2}}));
}

TEST(Calibration, TheLogisticIsExactEnoughAndScoresHaveFourDigits) {
  for (double x = -30; x <= 30; x += 0.37) {
    EXPECT_NEAR(Logistic(x), 1 / (1 + std::exp(-x)), 1e-14 * Logistic(x) + 1e-16);
  }
  EXPECT_EQ(Logistic(0), 0.5);
  EXPECT_EQ(Logistic(1e9), 1);
  EXPECT_EQ(RoundScore(0.123456), 0.1235);
  EXPECT_EQ(RoundScore(0.0123456), 0.01235);
  EXPECT_EQ(RoundScore(0.99999), 1);
  EXPECT_EQ(RoundScore(1e-12), 0);
}

TEST(AgeCues, KnowsNumbersOpenWordsAndWritingsWithoutSpaces) {
  const AgeCues cues = AgeCues::Parse(
                           "// note\n[en]\n0.5 # year old\n0.5 child*\n[zh]\n0.9 # 岁\n0.8 小学生\n"
                           "[ko]\n0.7 미성년\n",
                           "cues.txt")
                           .value();
  const struct {
    std::string_view text;
    double want;
  } cases[] = {
      {"", 0},
      {"a 12-year-old", 0.5},
      {"12 YEAR OLD", 0.5},
      {"0 year old", 0},
      {"18 year old", 0},
      {"112 year old", 0},
      {"a 9 year old child and other children", 0.75},
      {"grandchild", 0},
      {"她13岁", 0.9},
      {"她18岁", 0},
      {"她是小学生吗", 0.8},
      {"미성년자가", 0.7},
  };
  for (const auto& [text, want] : cases) EXPECT_NEAR(cues.Strength(text), want, 1e-12) << text;
  for (const char* bad : {"teen\n", "1.5 teen\n", "0 teen\n", "0.5\n", "0.5  \n", ""}) {
    EXPECT_FALSE(AgeCues::Parse(bad, "cues.txt")) << bad;
  }
}

}  // namespace
}  // namespace parley
