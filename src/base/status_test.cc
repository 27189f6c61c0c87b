#include "parley/status.h"

#include <gtest/gtest.h>

#include <memory>

namespace parley {
namespace {

Result<int> Half(int value) {
  if (value % 2 != 0) return Invalid("odd", {.file = "numbers", .line = 3});
  return value / 2;
}

Result<int> Quarter(int value) {
  const int half = TRY(Half(value));
  return TRY(Half(half));
}

Status OnlyEven(int value) {
  TRY(Half(value));
  return {};
}

TEST(Status, TryHandsOnTheValueOrTheError) {
  EXPECT_EQ(Quarter(12).value(), 3);
  const auto failed = Quarter(6);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, Code::kInvalid);
  EXPECT_EQ(Describe(failed.error()), "numbers:3: odd");
  EXPECT_TRUE(OnlyEven(2));
  EXPECT_FALSE(OnlyEven(1));
}

TEST(Status, TryMovesWhatCannotBeCopied) {
  const auto make = []() -> Result<std::unique_ptr<int>> { return std::make_unique<int>(5); };
  const auto take = [&]() -> Result<int> { return *TRY(make()); };
  EXPECT_EQ(take().value(), 5);
}

TEST(Status, DescribeLeavesOutWhatIsNotKnown) {
  EXPECT_EQ(Describe({Code::kIo, "gone", {}}), "gone");
  EXPECT_EQ(Describe({Code::kIo, "gone", {.file = "a"}}), "a: gone");
  EXPECT_EQ(Describe({Code::kIo, "gone", {.file = "a", .line = 2}}), "a:2: gone");
  EXPECT_EQ(Describe({Code::kIo, "gone", {.file = "a", .line = 2, .byte = 0}}),
            "a:2 (byte 0): gone");
}

TEST(StatusDeathTest, CheckStopsTheProgramInEveryBuild) {
  Check(true, "never said");
  EXPECT_DEATH(Check(false, "two and two is five"), "a bug.*two and two is five");
}

}  // namespace
}  // namespace parley
