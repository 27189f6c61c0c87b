#include "stages/normalise/normalise.h"

#include <gtest/gtest.h>

#include "text/normal_forms.h"
#include "text/random_text.h"
#include "text/utf8.h"

namespace parley {
namespace {

using namespace std::string_literals;

std::string Normalised(std::string text, EditCounts* counts = nullptr) {
  EditCounts own;
  Normalise(text, counts != nullptr ? *counts : own);
  return text;
}

// The contract, code point by code point.
std::string SlowNormalised(std::string_view text, EditCounts& counts) {
  std::string out;
  bool after_return = false;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = NextCodePoint(text, at);
    const bool line_end = c == '\r' || c == '\v' || c == '\f' || c == 0x85;
    if (line_end) {
      out += '\n';
      ++counts.line_ends;
    } else if (c == '\n') {
      if (!after_return) out += '\n';
    } else if (c == '\t' || (c >= 0x20 && c < 0x7F) || c >= 0xA0) {
      AppendCodePoint(out, c);
    } else {
      ++counts.control_characters;
    }
    after_return = c == '\r';
  }
  if (ToNfc(out) != out) ++counts.composed;
  return ToNfc(out);
}

TEST(Normalise, MakesEveryLineEndALineFeed) {
  EditCounts counts;
  EXPECT_EQ(Normalised("a\r\nb\rc\nd\ve\ff\u0085g", &counts), "a\nb\nc\nd\ne\nf\ng");
  EXPECT_EQ(counts, (EditCounts{.line_ends = 5}));
  EXPECT_EQ(Normalised("a\r\r\n\nb"), "a\n\n\nb");
}

TEST(Normalise, TakesControlsOut) {
  EditCounts counts;
  EXPECT_EQ(Normalised("a\0b\x1B[1mc\x7F\u009B\td"s, &counts), "ab[1mc\td");
  EXPECT_EQ(counts, (EditCounts{.control_characters = 4}));
}

TEST(Normalise, ComposesAcrossAControlThatGoes) {
  EditCounts counts;
  EXPECT_EQ(Normalised("e\x01\u0301", &counts), "é");
  EXPECT_EQ(counts, (EditCounts{.control_characters = 1, .composed = 1}));
}

TEST(Normalise, ComposesWithTheLastLetterBeforeALongPlainStretch) {
  const std::string plain(200, 'x');
  EXPECT_EQ(Normalised(plain + "e\u0301" + plain), plain + "é" + plain);
}

TEST(Normalise, KeepsWhatAReaderMaySee) {
  for (const std::string text :
       {"  two  spaces \n\n", "می\u200Cخواهم", "👨\u200D👩\u200D👧", "❤\uFE0F", "\u200Fאב\u202E",
        "co\u00ADop", "a\u00A0b\u3000c", "\u2028\u2029", "\uFEFFx", "\uFFFE\U0001FFFF", "\uFFFD",
        "🏴\U000E0067\U000E0062\U000E007F"}) {
    EditCounts counts;
    EXPECT_EQ(Normalised(text, &counts), text);
    EXPECT_EQ(counts, EditCounts{});
  }
}

TEST(Normalise, LeavesTheMemoryOfANormalTextAlone) {
  std::string text(1000, 'x');
  text += "é漢字한 สวัสดี";
  const char* const memory = text.data();
  EditCounts counts;
  Normalise(text, counts);
  EXPECT_EQ(text.data(), memory);
}

TEST(Normalise, AgreesWithItsContractAndIsIdempotentOnRandomTexts) {
  for (uint64_t seed = 0; seed < 5000; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const std::string text = RandomText(random, random.Below(120));
    EditCounts counts;
    EditCounts want_counts;
    const std::string once = Normalised(text, &counts);
    ASSERT_EQ(once, SlowNormalised(text, want_counts));
    ASSERT_EQ(counts, want_counts);
    EditCounts again;
    ASSERT_EQ(Normalised(once, &again), once);
    ASSERT_EQ(again, EditCounts{});
  }
}

}  // namespace
}  // namespace parley
