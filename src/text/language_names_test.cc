#include "text/language_names.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(LanguageNameInEnglish, NamesCodesOfTwoAndThreeLetters) {
  EXPECT_EQ(LanguageNameInEnglish("de"), "German");
  EXPECT_EQ(LanguageNameInEnglish("nn"), "Norwegian Nynorsk");
  EXPECT_EQ(LanguageNameInEnglish("yue"), "Cantonese");
  EXPECT_EQ(LanguageNameInEnglish("iw"), "Hebrew");  // The code of before 1989.
}

TEST(LanguageNameInEnglish, LeavesOutScriptAndCountry) {
  EXPECT_EQ(LanguageNameInEnglish("zh-Hant"), "Chinese");
  EXPECT_EQ(LanguageNameInEnglish("pt-BR"), "Portuguese");
}

TEST(LanguageNameInEnglish, GivesTheCodeBackWhereThereIsNoName) {
  EXPECT_EQ(LanguageNameInEnglish("un"), "un");
  EXPECT_EQ(LanguageNameInEnglish("xqx"), "xqx");
  EXPECT_EQ(LanguageNameInEnglish(""), "");
}

}  // namespace
}  // namespace parley
