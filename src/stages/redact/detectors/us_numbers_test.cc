#include "stages/redact/detectors/us_numbers.h"

#include <gtest/gtest.h>

#include <string>

namespace parley {
namespace {

struct Find {
  std::string type;
  double score = 0;
};

Find Found(std::string_view text) {
  DigitRow row;
  ReadDigitRow(text, text.find_first_of("0123456789"), row);
  std::vector<PiiSpan> spans;
  FindUsNumbers(text, row, spans);
  return spans.empty() ? Find{} : Find{spans[0].type, spans[0].score};
}

TEST(FindUsNumbers, KnowsAreasGroupsAndSerials) {
  for (const char* number :
       {"536-90-4399", "536 90 4399", "536.90.4399", "536904399", "53690-4399", "536-904399"})
    EXPECT_EQ(Found(number).type, "US_SSN") << number;
  for (const char* number : {"000-90-4399", "666-90-4399", "536-00-4399", "536-90-0000",
                             "078-05-1120", "123-45-6789", "536-90.4399", "5369-04-399",
                             "1536-90-4399", "536-90-43991", "x536904399", "536-90-4399-1"})
    EXPECT_EQ(Found(number).type, "") << number;
}

TEST(FindUsNumbers, TaxpayersHaveTheirOwnGroups) {
  for (const char* number :
       {"912-70-1234", "912 50 1234", "912881234", "912-90-1234", "912-94-1234", "91270-1234"})
    EXPECT_EQ(Found(number).type, "US_ITIN") << number;
  for (const char* number : {"912-49-1234", "912-66-1234", "912-89-1234", "912-93-1234"})
    EXPECT_EQ(Found(number).type, "") << number;
}

TEST(FindUsNumbers, AWordMakesBareDigitsSure) {
  EXPECT_LT(Found("536904399").score, 0.5);
  EXPECT_GE(Found("My SSN is 536904399.").score, 0.5);
  EXPECT_GE(Found("social security no 123456789").score, 0.5);
  EXPECT_LT(Found("classname 536904399").score, 0.5);
  EXPECT_GE(Found("ITIN: 912701234").score, 0.5);
}

}  // namespace
}  // namespace parley
