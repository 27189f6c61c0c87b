#include "text/chinese_variants.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "text/utf8.h"

namespace parley {
namespace {

const ChineseVariants& Variants() {
  static const ChineseVariants variants = ChineseVariants::Open("").value();
  return variants;
}

bool AreRelated(char32_t left, char32_t right) {
  const std::vector<char32_t> family = Variants().FamilyOf(left);
  return std::ranges::find(family, right) != family.end();
}

TEST(ChineseVariants, ConvertWordByWord) {
  EXPECT_EQ(Variants().ToSimplified("漢字"), "汉字");
  EXPECT_EQ(Variants().ToSimplified("乾燥"), "干燥");
  EXPECT_EQ(Variants().ToSimplified("乾坤"), "乾坤") << "a phrase that keeps its character";
  EXPECT_EQ(Variants().ToSimplified("plain, é, かな"), "plain, é, かな");
}

TEST(ChineseVariants, FamiliesHoldBothSides) {
  EXPECT_TRUE(AreRelated(U'漢', U'汉'));
  EXPECT_TRUE(AreRelated(U'乾', U'干'));
  EXPECT_TRUE(AreRelated(U'干', U'幹'));
  EXPECT_EQ(Variants().FamilyOf(U'x'), std::vector<char32_t>{U'x'});
  EXPECT_EQ(Variants().FamilyOf(U'人'), std::vector<char32_t>{U'人'});
}

TEST(ChineseVariants, ConversionStaysInTheFamilyPlaceByPlace) {
  for (uint64_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    std::string text;
    for (int i = 0; i < 60; ++i)
      AppendCodePoint(text, static_cast<char32_t>(0x4E00 + random.Below(0x5200)));
    const std::string simplified = Variants().ToSimplified(text);
    size_t at = 0;
    size_t simplified_at = 0;
    while (at < text.size()) {
      ASSERT_LT(simplified_at, simplified.size());
      const char32_t from = NextCodePoint(text, at);
      ASSERT_TRUE(AreRelated(from, NextCodePoint(simplified, simplified_at)));
    }
    ASSERT_EQ(simplified_at, simplified.size());
  }
}

TEST(ChineseVariants, SaysWhatIsMissing) {
  const auto variants = ChineseVariants::Open("/nowhere/t2s.json");
  ASSERT_FALSE(variants.has_value());
  EXPECT_EQ(variants.error().code, Code::kNotFound);
}

}  // namespace
}  // namespace parley
