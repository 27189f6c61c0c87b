#include "text/letter_fold.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace parley {
namespace {

std::u32string Folded(std::u32string_view text) {
  std::u32string folded;
  for (const char32_t c : text) {
    const FoldedLetter letter = FoldLetter(c);
    for (int i = 0; i < letter.count; ++i) folded += letter.letters[static_cast<size_t>(i)];
  }
  return folded;
}

TEST(LetterFold, LeavesOutCaseAndAccents) {
  EXPECT_EQ(Folded(U"JOSÉ Núñez"), U"jose nunez");
  EXPECT_EQ(Folded(U"Jose\u0301"), U"jose");
  EXPECT_EQ(Folded(U"Łukasz Żółć"), U"lukasz zolc");
  EXPECT_EQ(Folded(U"Søren Weiß Æsa"), U"soren weiss aesa");
  EXPECT_EQ(Folded(U"Işık İnce"), U"isik ince");
  EXPECT_EQ(Folded(U"Сергей ПЁТР"), U"сергеи петр");
  EXPECT_EQ(Folded(U"Γιώργος"), U"γιωργοσ");
  EXPECT_EQ(Folded(U"Nguyễn Đức"), U"nguyen duc");
}

TEST(LetterFold, ReadsCompatibilityForms) {
  EXPECT_EQ(Folded(U"Ｍａｒｙ"), U"mary");
  EXPECT_EQ(Folded(U"𝓜𝓪𝓻𝔂"), U"mary");
  EXPECT_EQ(Folded(U"ﾏﾘｱ"), U"マリア");
}

TEST(LetterFold, DropsWhatCannotBeSeen) {
  EXPECT_EQ(Folded(U"Ma\u200Bry\u00AD\u2060\uFEFF"), U"mary");
  EXPECT_EQ(Folded(U"مُحَمَّد"), U"محمد");
  EXPECT_EQ(Folded(U"أحمد"), U"احمد");
  EXPECT_TRUE(IsIgnorable(0x200D));
  EXPECT_FALSE(IsIgnorable(U' '));
}

TEST(LetterFold, KeepsTheLettersOfOtherScripts) {
  EXPECT_EQ(Folded(U"王小明"), U"王小明");
  EXPECT_EQ(Folded(U"김민수"), U"김민수");
  EXPECT_EQ(Folded(U"が"), U"が");
  EXPECT_EQ(Folded(U"राहुल"), U"राहुल");
}

TEST(LetterFold, KnowsLatinTwins) {
  EXPECT_EQ(LatinTwin(U'а'), U'a');
  EXPECT_EQ(LatinTwin(U'Р'), U'p');
  EXPECT_EQ(LatinTwin(U'ж'), 0U);
  EXPECT_EQ(LatinTwin(U'a'), 0U);
}

}  // namespace
}  // namespace parley
