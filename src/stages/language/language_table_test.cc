#include "stages/language/language_table.h"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace parley {
namespace {

TEST(LanguageTable, EachCodeStandsOnceAndHasAScript) {
  std::set<std::string_view> codes;
  for (const LanguageEntry& entry : LanguageTable()) {
    EXPECT_TRUE(codes.insert(entry.code).second) << entry.code;
    EXPECT_TRUE(entry.code.size() == 2 || entry.code.size() == 3) << entry.code;
    EXPECT_NE(entry.scripts, 0U) << entry.code;
  }
  EXPECT_GE(codes.size(), 170U);
}

TEST(FindLanguage, KnowsTheDetectorsOwnCodes) {
  const auto code_of = [](std::string_view code) {
    const int language = FindLanguage(code);
    return language < 0 ? std::string_view() : LanguageTable()[language].code;
  };
  EXPECT_EQ(code_of("de"), "de");
  EXPECT_EQ(code_of("iw"), "he");
  EXPECT_EQ(code_of("zh-Hant"), "zh");
  EXPECT_EQ(code_of("nb"), "no");
  EXPECT_EQ(code_of("ckb"), "ku");
  EXPECT_EQ(code_of("fil"), "tl");
  EXPECT_EQ(code_of("un"), "");
  EXPECT_EQ(code_of(""), "");
  EXPECT_EQ(code_of("tlh"), "");
}

}  // namespace
}  // namespace parley
