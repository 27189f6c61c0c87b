#include "base/civil_time.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(CivilTime, ReadsTheFormsThatLogsUse) {
  constexpr int64_t kNoon = 1'682'337'600 * kMicrosPerSecond;  // date -u -d 2023-04-24T12:00Z +%s
  EXPECT_EQ(ParseTime("2023-04-24T12:00:00Z"), kNoon);
  EXPECT_EQ(ParseTime("2023-04-24 12:00:00"), kNoon);
  EXPECT_EQ(ParseTime("2023-04-24T14:00:00+02:00"), kNoon);
  EXPECT_EQ(ParseTime("2023-04-24T12:00:00.25+00:00"), kNoon + 250'000);
  EXPECT_EQ(ParseTime("2023-04-24"), kNoon - kMicrosPerDay / 2);
  EXPECT_EQ(ParseTime("2023-02-30"), std::nullopt);
  EXPECT_EQ(ParseTime("yesterday"), std::nullopt);
}

TEST(CivilTime, RefusesTimesThatNoClockShows) {
  for (const char* text : {"2023-04-24T24:00:00Z", "2023-04-24T12:60:00Z", "2023-04-24T12:00:61Z",
                           "2023-04-24T12:00:00+25:00", "2023-04-24T12:00:00+01:60",
                           "2023-04-24T12:00:00 Z", "2023-13-01", "2023-04-24T", "23-04-24"}) {
    EXPECT_EQ(ParseTime(text), std::nullopt) << text;
  }
}

TEST(CivilTime, WritesWhatItReads) {
  EXPECT_EQ(FormatTime(1'682'337'600'250'000), "2023-04-24T12:00:00.250000Z");
  EXPECT_EQ(FormatDay(-1), "1969-12-31");
}

TEST(CivilTime, TellsTheUnitByTheSize) {
  EXPECT_EQ(MicrosFromNumber(1'682'337'600.5), 1'682'337'600'500'000);
  EXPECT_EQ(MicrosFromNumber(1'682'337'600'500.0), 1'682'337'600'500'000);
  EXPECT_EQ(MicrosFromNumber(12), std::nullopt);
}

}  // namespace
}  // namespace parley
