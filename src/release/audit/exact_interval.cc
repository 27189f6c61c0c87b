#include "release/audit/exact_interval.h"

#include <cmath>
#include <utility>

namespace parley {
namespace {

constexpr double kTail = 0.025;
constexpr double kTiny = 1e-300;

double NotZero(double value) { return std::abs(value) < kTiny ? kTiny : value; }

// The continued fraction by Lentz's method: numerator and denominator are carried along as ratios,
// two terms a round.
double BetaFraction(double a, double b, double x) {
  double up = 1;
  double down = 1 / NotZero(1 - (a + b) * x / (a + 1));
  double value = down;
  for (int m = 1; m < 10'000; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    double step = 1;
    for (const double term : {even, odd}) {
      down = 1 / NotZero(1 + term * down);
      up = NotZero(1 + term / up);
      step = up * down;
      value *= step;
    }
    if (std::abs(step - 1) < 1e-14) break;
  }
  return value;
}

// The x at which the probability is `share`. Halving is slow and sure, and there are few of them.
double BetaQuantile(double a, double b, double share) {
  double low = 0;
  double high = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (IncompleteBeta(a, b, middle) < share ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

double IncompleteBeta(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
                                a * std::log(x) + b * std::log1p(-x));
  // The fraction converges quickly on this side of the mean only.
  if (x < (a + 1) / (a + b + 2)) return front * BetaFraction(a, b, x) / a;
  return 1 - front * BetaFraction(b, a, 1 - x) / b;
}

ShareInterval ExactInterval(double hits, double trials) {
  if (trials <= 0) return {};
  ShareInterval interval;
  if (hits > 0) interval.low = BetaQuantile(hits, trials - hits + 1, kTail);
  if (hits < trials) interval.high = BetaQuantile(hits + 1, trials - hits, 1 - kTail);
  return interval;
}

}  // namespace parley
