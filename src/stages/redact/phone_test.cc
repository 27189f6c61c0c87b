#include "stages/redact/phone.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "stages/redact/pii_detector.h"

namespace parley {
namespace {

const PiiDetector& Detector() {
  static const PiiDetector detector = PiiDetector::Create({.types = {"PHONE"}}).value();
  return detector;
}

std::vector<std::string> Found(std::string_view text, std::string_view language = "en") {
  std::vector<std::string> found;
  for (const PiiSpan& span : Detector().FindPersonal(text, language))
    found.emplace_back(text.substr(span.begin, span.end - span.begin));
  return found;
}

using Strings = std::vector<std::string>;

TEST(PhoneFinder, TakesPlusAndBracketsAlong) {
  EXPECT_EQ(Found("(+1 415-736-2671)"), Strings{"+1 415-736-2671"});
  EXPECT_EQ(Found("at (415) 736-2671)"), Strings{"(415) 736-2671"});
  EXPECT_EQ(Found("＋４９ ３０ ９０１８２０"), Strings{"＋４９ ３０ ９０１８２０"});
}

TEST(PhoneFinder, TellsNeighboursApart) {
  EXPECT_EQ(Found("415-736-2671 415-736-2672"), (Strings{"415-736-2671", "415-736-2672"}));
  EXPECT_EQ(Found("room 5 415-736-2671 2 beds"), Strings{"415-736-2671"});
  EXPECT_EQ(Found("2023-04-24 415-736-2671"), Strings{"415-736-2671"});
  EXPECT_EQ(Found("+1 415-736-2671 +49 30 901820"), (Strings{"+1 415-736-2671", "+49 30 901820"}));
}

TEST(PhoneFinder, NeedsAWordForBareDigits) {
  EXPECT_EQ(Found("4157362671"), Strings{});
  EXPECT_EQ(Found("phone 4157362671"), Strings{"4157362671"});
  EXPECT_EQ(Found("4157362671 (cell)"), Strings{"4157362671"});
  EXPECT_EQ(Found("order number 4157362671"), Strings{});
}

TEST(PhoneFinder, ReadsNationalNumbersByLanguage) {
  EXPECT_EQ(Found("06 12 34 56 78", "fr"), Strings{"06 12 34 56 78"});
  EXPECT_EQ(Found("06 12 34 56 78", "en"), Strings{});
  EXPECT_EQ(Found("13812345678", "zh"), Strings{"13812345678"});
  EXPECT_EQ(Found("13812345678", "de"), Strings{});
}

TEST(PhoneFinder, TriesTheRegionsAskedFor) {
  const PiiDetector detector =
      PiiDetector::Create({.types = {"PHONE"}, .phone_regions = {"FR"}}).value();
  EXPECT_EQ(detector.FindPersonal("06 12 34 56 78", "en").size(), 1U);
  EXPECT_FALSE(PiiDetector::Create({.phone_regions = {"XX"}}).has_value());
}

TEST(PhoneFinder, HasOneValueForAllSpellings) {
  const auto value = [](std::string_view text) {
    const auto found = Detector().FindPersonal(text, "en");
    return found.empty() ? std::string("none") : found[0].value;
  };
  for (const std::string_view text :
       {"+1 415 736 2671", "(415) 736-2671", "415.736.2671", "1-415-736-2671", "tel 4157362671"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(value(text), "+14157362671");
  }
  EXPECT_EQ(value("+49 (0)30 901820"), "+4930901820");
  EXPECT_EQ(value("0049 30 901820"), "+4930901820");
}

TEST(PhoneFinder, LeavesOtherNumbers) {
  for (const std::string_view text :
       {"1998-2003", "3.14159265358979", "1,234,567,890", "978-3-16-148410-0",
        "40.712776, -74.005974", "20230424", "10 20 30 40 50 60",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479", "-2147483648", "1203 802 1457 2569 3366",
        "0.742 46.648", "$4157362671", "123-45-6789", "10. 10000", "0-4294967295", "x4157362671",
        "415-736-2671-99887766-12"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(Found(text), Strings{});
  }
}

// Twice the digits, twice the time and not four times: a table of a megabyte in one row.
TEST(PhoneFinder, TakesLinearTime) {
  const auto seconds = [](int64_t groups) {
    std::string text = "phone ";
    for (int64_t i = 0; i < groups; ++i) text += std::to_string(100 + i % 900) + " ";
    const auto start = std::chrono::steady_clock::now();
    Detector().Find(text, "en");
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  seconds(1000);
  const double small = seconds(20'000);
  const double large = seconds(160'000);
  EXPECT_LT(large, 8 * 4 * small + 0.1);
}

}  // namespace
}  // namespace parley
