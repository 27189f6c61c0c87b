#include "base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace parley {
namespace {

// The first outputs of the authors' splitmix64.c for the seed 1234567.
TEST(Random, GivesThePublishedSequence) {
  Random random(1234567);
  for (const uint64_t want : {6457827717110365317U, 3203168211198807973U, 9817491932198370423U,
                              4593380528125082431U, 16408922859458223821U}) {
    EXPECT_EQ(random.Next(), want);
  }
}

TEST(Random, BelowStaysBelowAndReachesAll) {
  Random random(7);
  std::array<int, 6> seen = {};
  for (int i = 0; i < 6000; ++i) {
    const int64_t value = random.Below(6);
    ASSERT_GE(value, 0);
    ASSERT_LT(value, 6);
    ++seen[static_cast<size_t>(value)];
  }
  // 1,000 each expected, with a standard deviation of 29.
  EXPECT_GT(*std::ranges::min_element(seen), 850);
  EXPECT_LT(*std::ranges::max_element(seen), 1150);
  EXPECT_EQ(random.Below(1), 0);
}

TEST(Random, ShareLiesInTheHalfOpenUnitInterval) {
  Random random(11);
  double sum = 0;
  for (int i = 0; i < 10'000; ++i) {
    const double share = random.Share();
    ASSERT_GE(share, 0);
    ASSERT_LT(share, 1);
    sum += share;
  }
  EXPECT_NEAR(sum / 10'000, 0.5, 0.02);  // Seven standard errors.
}

}  // namespace
}  // namespace parley
