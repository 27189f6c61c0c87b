#include "base/hash.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

// Values of xxHash 0.8's own command: `printf '' | xxhsum -H3` and `-H2`.
TEST(HashOf, IsXxh3) {
  EXPECT_EQ(HashOf(""), 0x2d06800538d394c2U);
  EXPECT_EQ(ToHex(WideHashOf("")), "99aa06d3014798d86001c324468d497f");
}

TEST(Xxh64Of, IsXxh64) {
  EXPECT_EQ(Xxh64Of(""), 0xEF46DB3751D8E999U);  // The specification's value for no bytes.
  EXPECT_EQ(Xxh64Of("abc"), 0x44BC2CF5AD770999U);
}

TEST(HashOf, DependsOnTheSeedAndEveryByte) {
  const std::string text(1000, 'a');
  for (size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = 'b';
    EXPECT_NE(HashOf(other), HashOf(text)) << i;
    EXPECT_NE(WideHashOf(other), WideHashOf(text)) << i;
  }
  EXPECT_NE(HashOf(text, 1), HashOf(text));
  EXPECT_NE(WideHashOf(text, 1), WideHashOf(text));
}

TEST(Hash128, ReadsAndOrdersAsOneBigNumber) {
  EXPECT_EQ(ToHex({.high = 1, .low = 0xabc}), "00000000000000010000000000000abc");
  EXPECT_LT((Hash128{.high = 1, .low = 9}), (Hash128{.high = 2, .low = 0}));
  EXPECT_LT((Hash128{.high = 2, .low = 0}), (Hash128{.high = 2, .low = 1}));
}

TEST(Hash128, CombiningKeepsTheOrderOfTheCalls) {
  const Hash128 a = WideHashOf("a");
  const Hash128 b = WideHashOf("b");
  EXPECT_NE(Combine(Combine({}, a), b), Combine(Combine({}, b), a));
  EXPECT_NE(Combine({}, a), a);
}

}  // namespace
}  // namespace parley
