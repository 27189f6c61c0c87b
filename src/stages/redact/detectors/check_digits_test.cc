#include "stages/redact/detectors/check_digits.h"

#include <gtest/gtest.h>

#include <string>

namespace parley {
namespace {

// 7992739871 doubled from the right: 2,7,8,9,9... Wikipedia's worked number; its check digit is 3.
TEST(CheckDigits, LuhnTakesOneDigitOfTen) {
  for (char digit = '0'; digit <= '9'; ++digit)
    EXPECT_EQ(PassesLuhn(std::string("7992739871") + digit), digit == '3') << digit;
  EXPECT_FALSE(PassesLuhn(""));
}

// ISO 7064 gives 0794 the check digit 5: 10+0=10, 2*10=20%11=9; 9+7=16%10=6, 12%11=1; 1+9=10,
// 2*10=20%11=9; 9+4=13%10=3, 6; 11-6=5.
TEST(CheckDigits, Mod11And10TakesOneDigitOfTen) {
  for (char digit = '0'; digit <= '9'; ++digit)
    EXPECT_EQ(PassesMod11And10(std::string("0794") + digit), digit == '5') << digit;
}

// Verhoeff's own example: 236 has the check digit 3.
TEST(CheckDigits, VerhoeffTakesOneDigitOfTenAndNoSwap) {
  for (char digit = '0'; digit <= '9'; ++digit)
    EXPECT_EQ(PassesVerhoeff(std::string("236") + digit), digit == '3') << digit;
  EXPECT_FALSE(PassesVerhoeff("3263"));
  EXPECT_FALSE(PassesVerhoeff("2633"));
}

TEST(CheckDigits, RemainderBy97ReadsLettersAsTwoDigits) {
  EXPECT_EQ(RemainderBy97("98"), 1);
  EXPECT_EQ(RemainderBy97("A"), 10);
  EXPECT_EQ(RemainderBy97("1B"), 111 % 97);
  EXPECT_EQ(RemainderBy97("1b"), 111 % 97);
}

TEST(CheckDigits, DatesAreThoseOfTheCalendar) {
  EXPECT_TRUE(IsCalendarDate(2000, 2, 29));
  EXPECT_FALSE(IsCalendarDate(1900, 2, 29));
  EXPECT_TRUE(IsCalendarDate(0, 2, 29));
  EXPECT_FALSE(IsCalendarDate(2001, 4, 31));
  EXPECT_FALSE(IsCalendarDate(2001, 13, 1));
  EXPECT_FALSE(IsCalendarDate(2001, 0, 1));
}

}  // namespace
}  // namespace parley
