#include "stages/redact/detectors/card_number.h"

#include <gtest/gtest.h>

#include <string>

namespace parley {
namespace {

// The first card in `text` with its score, or nothing.
std::string Found(std::string_view text, double* score = nullptr) {
  DigitRow row;
  ReadDigitRow(text, text.find_first_of("0123456789"), row);
  std::vector<PiiSpan> spans;
  FindCards(text, row, spans);
  if (spans.empty()) return "";
  if (score != nullptr) *score = spans[0].score;
  return std::string(text.substr(spans[0].begin, spans[0].end - spans[0].begin));
}

TEST(FindCards, TakesTheLengthsAndGroupsOfIssuers) {
  for (const std::string number :
       {"4012888888881881", "4012 8888 8888 1881", "4012-8888-8888-1881", "5105105105105100",
        "2223003122003222", "371449635398431", "3714 496353 98431", "30569309025904",
        "3056 930902 5904", "6011000990139424", "3530111333300000"}) {
    double score = 0;
    EXPECT_EQ(Found("pay with " + number + ", please", &score), number);
    EXPECT_GE(score, 0.5) << number;
  }
}

TEST(FindCards, LeavesWhatNoIssuerHas) {
  for (const std::string number : {
           "4012888888881882",         // The check digit is 1.
           "9012888888881884",         // Nobody's range.
           "401288888888188",          // Fifteen digits.
           "0000000000000000",         // Passes every check.
           "x4012888888881881",        // Part of a word.
           "4012888888881881_b",       // Part of a name.
           "40 12 88 88 88 88 18 81",  // A table.
       })
    EXPECT_EQ(Found(number), "") << number;
}

TEST(FindCards, IsUnsureOfRareLengthsWithoutAWord) {
  double bare = 0;
  double named = 0;
  EXPECT_EQ(Found("4222222222222", &bare), "4222222222222");
  EXPECT_LT(bare, 0.5);
  EXPECT_EQ(Found("my old Visa 4222222222222", &named), "4222222222222");
  EXPECT_GE(named, 0.5);
}

TEST(FindCards, FindsTheCardAmongOtherNumbers) {
  EXPECT_EQ(Found("12 4012 8888 8888 1881 123"), "4012 8888 8888 1881");
}

}  // namespace
}  // namespace parley
