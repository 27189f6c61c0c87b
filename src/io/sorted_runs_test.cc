#include "io/sorted_runs.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace parley {
namespace {

std::vector<uint64_t> SortBy(const std::vector<uint64_t>& values, int64_t budget_bytes) {
  SortedRuns<uint64_t> runs(testing::TempDir() + "/sorted_runs_test", budget_bytes);
  for (const uint64_t value : values) EXPECT_TRUE(runs.Add(value).has_value());
  EXPECT_TRUE(runs.Finish().has_value());
  std::vector<uint64_t> sorted;
  for (;;) {
    const auto next = runs.Next().value();
    if (!next) return sorted;
    sorted.push_back(*next);
  }
}

TEST(SortedRuns, GivesTheSameOrderWithAnyBudget) {
  Random random(3);
  std::vector<uint64_t> values;
  for (int i = 0; i < 200; ++i) values.push_back(static_cast<uint64_t>(random.Below(100)));
  std::vector<uint64_t> expected = values;
  std::ranges::sort(expected);
  for (const int64_t budget : {int64_t{1}, int64_t{80}, int64_t{600}, int64_t{1} << 20}) {
    SCOPED_TRACE(budget);
    EXPECT_EQ(SortBy(values, budget), expected);
  }
}

TEST(SortedRuns, NothingGivesNothing) { EXPECT_TRUE(SortBy({}, 100).empty()); }

TEST(SortedRuns, TakesItsFilesAway) {
  const std::string path = testing::TempDir() + "/sorted_runs_away";
  {
    SortedRuns<uint64_t> runs(path, 16);
    for (uint64_t i = 0; i < 10; ++i) ASSERT_TRUE(runs.Add(i).has_value());
    ASSERT_TRUE(runs.Finish().has_value());
    EXPECT_TRUE(Exists(path + ".0"));
  }
  EXPECT_FALSE(Exists(path + ".0"));
}

}  // namespace
}  // namespace parley
