#include "text/utf8.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/random.h"

namespace parley {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::string Repaired(std::string_view text, int64_t want_repairs) {
  std::string out;
  EXPECT_EQ(RepairUtf8(text, out), want_repairs);
  return out;
}

std::string Marks(int count) {
  std::string marks;
  for (int i = 0; i < count; ++i) marks += kReplacement;
  return marks;
}

TEST(RepairUtf8, LeavesValidTextAlone) {
  for (const std::string_view text :
       {"", "plain, and longer than a machine word", "naïve", "你好世界", "👨‍👩‍👧",
        "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBD"}) {
    EXPECT_EQ(Repaired(text, 0), text);
    EXPECT_TRUE(IsValidUtf8(text)) << text;
  }
}

// Section 3.9 of the Unicode standard works these out: one mark for each maximal part of a sequence
// that could have gone on, and one for each byte that begins nothing.
TEST(RepairUtf8, MarksEachMaximalIllFormedPart) {
  const struct {
    const char* name;
    std::string_view text;
    int marks;
  } cases[] = {
      {"overlong: no byte can begin or go on", "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82", 8},
      {"surrogates: ED is not followed by A0 to BF", "\xED\xA0\x80\xED\xBF\xBF\xED\xAF", 8},
      {"above U+10FFFF", "\xF4\x91\x92\x93\xFF", 5},
      {"cut after two and three bytes", "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF", 4},
      {"continuations alone", "\x80\xBF", 2},
  };
  for (const auto& [name, text, marks] : cases) {
    SCOPED_TRACE(name);
    EXPECT_EQ(Repaired(text, marks), Marks(marks));
    EXPECT_FALSE(IsValidUtf8(text));
    EXPECT_EQ(Repaired("before " + std::string(text) + " after", marks),
              "before " + Marks(marks) + " after");
  }
}

TEST(RepairUtf8, AppendsToWhatIsThere) {
  std::string out = "kept ";
  EXPECT_EQ(RepairUtf8("a\xFF", out), 1);
  EXPECT_EQ(out, "kept a\xEF\xBF\xBD");
}

TEST(RepairUtf8, TwiceIsOnceOnAnyBytes) {
  Random random(5);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (int64_t i = random.Below(40); i > 0; --i) bytes += static_cast<char>(random.Below(256));
    std::string once;
    const int64_t repairs = RepairUtf8(bytes, once);
    ASSERT_TRUE(IsValidUtf8(once));
    ASSERT_EQ(IsValidUtf8(bytes), repairs == 0);
    ASSERT_EQ(Repaired(once, 0), once);
  }
}

TEST(CountCodePoints, CountsNeitherBytesNorCharacters) {
  EXPECT_EQ(CountCodePoints(""), 0);
  EXPECT_EQ(CountCodePoints("naïve"), 5);
  EXPECT_EQ(CountCodePoints("你好世界"), 4);
  EXPECT_EQ(CountCodePoints("👨‍👩‍👧"), 5) << "three people and two joiners";
}

TEST(IsAscii, LooksAtEveryByte) {
  const std::string ascii(19, 'a');
  EXPECT_TRUE(IsAscii(""));
  EXPECT_TRUE(IsAscii(ascii));
  for (size_t i = 0; i < ascii.size(); ++i) {
    std::string other = ascii;
    other[i] = '\x80';
    EXPECT_FALSE(IsAscii(other)) << i;
  }
}

TEST(NextCodePoint, WalksTheWholeRange) {
  std::string text;
  std::vector<char32_t> want;
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x2000 ? 1 : 61) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    AppendCodePoint(text, c);
    want.push_back(c);
  }
  ASSERT_TRUE(IsValidUtf8(text));
  ASSERT_EQ(CountCodePoints(text), static_cast<int64_t>(want.size()));
  size_t at = 0;
  for (const char32_t c : want) ASSERT_EQ(NextCodePoint(text, at), c);
  EXPECT_EQ(at, text.size());
}

TEST(AppendCodePoint, WritesTheShortestForm) {
  const struct {
    char32_t code_point;
    std::string_view want;
  } cases[] = {{0x7F, "\x7F"},
               {0x80, "\xC2\x80"},
               {0x7FF, "\xDF\xBF"},
               {0x800, "\xE0\xA0\x80"},
               {0xFFFF, "\xEF\xBF\xBF"},
               {0x10000, "\xF0\x90\x80\x80"},
               {0x20AC, "€"},
               {0x10FFFF, "\xF4\x8F\xBF\xBF"}};
  for (const auto& [code_point, want] : cases) {
    std::string out;
    AppendCodePoint(out, code_point);
    EXPECT_EQ(out, want);
  }
}

}  // namespace
}  // namespace parley
