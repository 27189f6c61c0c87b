#include "text/letter_case.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

// Expected values are those of Python's str.lower.
TEST(ToLowerCase, IsTheFullMapping) {
  EXPECT_EQ(ToLowerCase("MiXed 123"), "mixed 123");
  EXPECT_EQ(ToLowerCase("ÀÉÎ ЖУК"), "àéî жук");
  EXPECT_EQ(ToLowerCase("\u212Aelvin"), "kelvin");
  EXPECT_EQ(ToLowerCase("İ"), "i\u0307");
  EXPECT_EQ(ToLowerCase("ΟΔΟΣ, ΣΑΣ"), "οδος, σας");
  EXPECT_EQ(ToLowerCase("ẞ漢字"), "ß漢字");
}

}  // namespace
}  // namespace parley
