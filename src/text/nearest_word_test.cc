#include "text/nearest_word.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(NearestWord, FindsTheSlipOfTheFinger) {
  const std::vector<std::string> words = {"min_code_points", "max_code_points", "seed"};
  EXPECT_EQ(NearestWord("max_codepoints", words), "max_code_points");
  EXPECT_EQ(NearestWord("sede", words), "seed");
}

TEST(NearestWord, SaysNothingWhereNothingIsNear) {
  EXPECT_EQ(NearestWord("zzzzzzzz", {"min_code_points"}), "");
  EXPECT_EQ(NearestWord("a", {}), "");
}

}  // namespace
}  // namespace parley
