#include "text/normal_forms.h"

#include <gtest/gtest.h>

#include "text/random_text.h"
#include "text/utf8.h"

namespace parley {
namespace {

TEST(NormalForms, ComposesAndReorders) {
  EXPECT_EQ(ToNfc("e\u0301"), "é");
  EXPECT_EQ(ToNfc("a\u0315\u0300"), "à\u0315") << "below-right after above, by their classes";
  EXPECT_EQ(ToNfc("\u1112\u1161\u11AB"), "한");
  EXPECT_EQ(ToNfc("か\u3099"), "が");
  EXPECT_EQ(ToNfc("\u212B"), "Å") << "ANGSTROM SIGN is the letter";
  EXPECT_EQ(ToNfc("\U0001D15E"), "\U0001D157\U0001D165") << "some characters may not be composed";
}

TEST(NormalForms, TellsWhatIsNormal) {
  for (const char* text :
       {"", "plain", "é", "漢字かな", "한국어", "Привет", "สวัสดี", "👨\u200D👩", "\u0301"}) {
    EXPECT_TRUE(IsNfc(text)) << text;
  }
  for (const char* text :
       {"e\u0301", "ab\u0315\u0300", "か\u3099", "\u212B", "漢\uF900", "\u0958"}) {
    EXPECT_FALSE(IsNfc(text)) << text;
  }
}

TEST(NormalForms, QuickAnswerIsTheSlowOne) {
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const std::string text = RandomText(random, random.Below(60));
    ASSERT_EQ(IsNfc(text), ToNfc(text) == text);
    ASSERT_TRUE(IsNfc(ToNfc(text)));
  }
}

// Every code point behind a letter, which it may join, and before a mark, which may join it.
TEST(NormalForms, QuickAnswerIsTheSlowOneForEveryCodePoint) {
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text = "a";
    AppendCodePoint(text, c);
    ASSERT_EQ(IsNfc(text), ToNfc(text) == text) << static_cast<uint32_t>(c);
  }
}

}  // namespace
}  // namespace parley
