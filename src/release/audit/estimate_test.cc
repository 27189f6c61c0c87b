#include "release/audit/estimate.h"

#include <gtest/gtest.h>

#include "release/audit/exact_interval.h"

namespace parley {
namespace {

JudgedText Text(int64_t stratum, const std::string& language, const std::string& type,
                JudgedCounts counts) {
  return {.stratum = stratum, .language = language, .by_type = {{type, counts}}};
}

AuditEstimate Estimated(const std::vector<int64_t>& texts, const std::vector<JudgedText>& judged) {
  AuditEstimate estimate;
  EstimateShares(texts, judged, estimate);
  return estimate;
}

// All four texts of the release were read: 3 of 4 found, which Clopper and Pearson bound by .1941
// and .9937 (their tables).
TEST(EstimateShares, OfEveryTextIsThePlainShare) {
  const AuditEstimate estimate = Estimated(
      {4}, {Text(0, "English", "NAME", {1, 0, 0}), Text(0, "English", "NAME", {2, 1, 0}),
            Text(0, "English", "NAME", {0, 0, 1}), Text(0, "English", "NAME", {0, 0, 0})});
  EXPECT_EQ(estimate.all.right, 3);
  EXPECT_EQ(estimate.all.recall, (MeasuredShare{0.75, 0.1941, 0.9937}));
  EXPECT_EQ(estimate.all.precision, (MeasuredShare{0.75, 0.1941, 0.9937}));
  EXPECT_EQ(estimate.covered_texts, 4);
}

// By hand. Two of 90 texts and two of 10 were read: weights 45 and 5. Found 45 x 1 + 5 x 4 = 65 of
// 45 x 2 + 5 x 4 = 110: 13/22. Residuals of the first stratum 9/22 and -13/22, so their variance is
// 1/2; of the second twice 18/22, so 0. The sum's variance is 45 x 45 x 2 x 1/2 x 88/90 = 1980, the
// ratio's 1980 / 12100, the effective size (13/22)(9/22) / (1980/12100) = 1.47727.
TEST(EstimateShares, WeighsStrataAndFindsTheEffectiveSize) {
  const AuditEstimate estimate = Estimated(
      {90, 10}, {Text(0, "English", "NAME", {1, 0, 0}), Text(0, "English", "NAME", {0, 0, 1}),
                 Text(1, "German", "NAME", {2, 0, 0}), Text(1, "German", "NAME", {2, 0, 0})});
  const double size = (13.0 * 9.0 / 484.0) / (1980.0 / 12100.0);
  EXPECT_NEAR(size, 1.47727, 1e-5);
  const ShareInterval interval = ExactInterval(size * 13 / 22, size);
  ASSERT_TRUE(estimate.all.recall.has_value());
  EXPECT_NEAR(estimate.all.recall->share, 13.0 / 22.0, 5e-5);
  EXPECT_NEAR(estimate.all.recall->low, interval.low, 5.1e-5);
  EXPECT_NEAR(estimate.all.recall->high, interval.high, 5.1e-5);
  EXPECT_EQ(estimate.covered_texts, 100);
}

// Nothing missed in two texts of German, each of weight 5: as many as two throws, .025^(1/2).
TEST(EstimateShares, WithoutAMissGoesByTheTextsThatHadAnything) {
  const AuditEstimate estimate = Estimated(
      {90, 10}, {Text(0, "English", "NAME", {1, 0, 0}), Text(0, "English", "NAME", {0, 0, 1}),
                 Text(1, "German", "NAME", {2, 0, 0}), Text(1, "German", "EMAIL", {3, 0, 0})});
  ASSERT_EQ(estimate.languages.size(), 2U);
  EXPECT_EQ(estimate.languages[1].name, "German");
  EXPECT_EQ(estimate.languages[1].recall, (MeasuredShare{1, 0.1581, 1}));
  ASSERT_EQ(estimate.types.size(), 2U);
  EXPECT_EQ(estimate.types[0].name, "EMAIL");
  EXPECT_EQ(estimate.types[0].right, 3);
  EXPECT_EQ(estimate.types[0].recall, (MeasuredShare{1, 0.025, 1}));
}

TEST(EstimateShares, SaysNothingWhereThereWasNothing) {
  const AuditEstimate estimate =
      Estimated({3, 7}, {Text(0, "English", "NAME", {0, 0, 2}), {.stratum = 0}});
  EXPECT_EQ(estimate.all.precision, std::nullopt);
  EXPECT_EQ(estimate.all.recall, (MeasuredShare{0, 0, 0.975}));
  EXPECT_EQ(estimate.covered_texts, 3);
  EXPECT_NE(ToJson(estimate).find("\"precision\":null"), std::string::npos);
}

}  // namespace
}  // namespace parley
