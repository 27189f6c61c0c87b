#include "release/audit/exact_interval.h"

#include <gtest/gtest.h>

#include <cmath>

namespace parley {
namespace {

// Of whole a and b it is the chance of a or more heads in a + b - 1 throws: summed up one by one.
double AtLeast(int a, int throws, double x) {
  double sum = 0;
  for (int k = a; k <= throws; ++k) {
    double ways = 1;
    for (int i = 0; i < k; ++i) ways = ways * (throws - i) / (i + 1);
    sum += ways * std::pow(x, k) * std::pow(1 - x, throws - k);
  }
  return sum;
}

TEST(IncompleteBeta, IsTheTailOfTheBinomial) {
  for (int a = 1; a < 12; ++a) {
    for (int b = 1; b < 12; ++b) {
      for (const double x : {0.01, 0.2, 0.5, 0.83, 0.99}) {
        EXPECT_NEAR(IncompleteBeta(a, b, x), AtLeast(a, a + b - 1, x), 1e-10) << a << " " << b;
      }
    }
  }
}

TEST(IncompleteBeta, HasItsEndsAndItsMiddle) {
  EXPECT_EQ(IncompleteBeta(2, 3, 0), 0);
  EXPECT_EQ(IncompleteBeta(2, 3, 1), 1);
  EXPECT_NEAR(IncompleteBeta(7.5, 7.5, 0.5), 0.5, 1e-12);
}

// Where all or none were hits the bounds are roots: 0.025^(1/10) = 0.69150.
TEST(ExactInterval, OfAllAndOfNone) {
  EXPECT_NEAR(ExactInterval(10, 10).low, 0.69150, 1e-5);
  EXPECT_EQ(ExactInterval(10, 10).high, 1);
  EXPECT_EQ(ExactInterval(0, 10).low, 0);
  EXPECT_NEAR(ExactInterval(0, 10).high, 0.30850, 1e-5);
  EXPECT_NEAR(ExactInterval(0.0, 2.5).high, 1 - std::pow(0.025, 1 / 2.5), 1e-9);
}

// By the definition: at its bounds the chance of as many hits, or as few, is 2.5 %.
TEST(ExactInterval, CutsOffItsTails) {
  const ShareInterval interval = ExactInterval(7, 12);
  EXPECT_NEAR(AtLeast(7, 12, interval.low), 0.025, 1e-9);
  EXPECT_NEAR(1 - AtLeast(8, 12, interval.high), 0.025, 1e-9);
}

TEST(ExactInterval, OfNothingSaysNothing) {
  EXPECT_EQ(ExactInterval(0, 0).low, 0);
  EXPECT_EQ(ExactInterval(0, 0).high, 1);
}

}  // namespace
}  // namespace parley
