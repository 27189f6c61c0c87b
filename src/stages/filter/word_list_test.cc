#include "stages/filter/word_list.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

using Words = std::vector<std::string>;

TEST(ParseWordList, ReadsLinesAndJson) {
  EXPECT_EQ(ParseWordList("one\n  two words \r\n\n三").value(), (Words{"one", "two words", "三"}));
  EXPECT_EQ(ParseWordList("\xEF\xBB\xBFone\n").value(), Words{"one"});
  EXPECT_EQ(ParseWordList("\n[\"one\", \" two\", \"\"]").value(), (Words{"one", " two"}));
  EXPECT_EQ(ParseWordList("").value(), Words{});
}

TEST(ParseWordList, SaysWhereItIsWrong) {
  EXPECT_EQ(ParseWordList("one\ntwo\n\xFF\n").error().place.line, 3);
  EXPECT_FALSE(ParseWordList("[\"one\", 2]").has_value());
  EXPECT_FALSE(ParseWordList("[\"one\"").has_value());
}

}  // namespace
}  // namespace parley
