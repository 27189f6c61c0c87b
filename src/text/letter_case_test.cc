#include "text/letter_case.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "text/utf8.h"

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

TEST(CharactersLoweringTo, NamesAllThatCanBecomeTheCharacter) {
  using Characters = std::vector<char32_t>;
  EXPECT_EQ(CharactersLoweringTo('a'), (Characters{'A', 'a'}));
  EXPECT_EQ(CharactersLoweringTo('k'), (Characters{'K', 'k', 0x212A}));
  EXPECT_EQ(CharactersLoweringTo('i'), (Characters{'I', 'i', 0x130}));
  EXPECT_EQ(CharactersLoweringTo(0x307), (Characters{0x130, 0x307}));
  EXPECT_EQ(CharactersLoweringTo(U'ς'), (Characters{U'Σ', U'ς'}));
  EXPECT_EQ(CharactersLoweringTo(U'漢'), (Characters{U'漢'}));
}

// Every character alone, behind a letter and before one, since a sigma looks at both.
TEST(CharactersLoweringTo, LeavesNoneOut) {
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text = "x";
    AppendCodePoint(text, c);
    for (const std::string& surrounded : {text, text + "x", text.substr(1)}) {
      const std::string lower = ToLowerCase(surrounded);
      for (size_t at = 0; at < lower.size();) {
        const char32_t lowered = NextCodePoint(lower, at);
        if (lowered == 'x' || lowered == c) continue;
        const std::vector<char32_t> sources = CharactersLoweringTo(lowered);
        ASSERT_TRUE(std::ranges::binary_search(sources, c)) << static_cast<uint32_t>(c);
      }
    }
  }
}

TEST(FoldCase, GivesOneCodePointForOne) {
  EXPECT_EQ(FoldCase(U'A'), U'a');
  EXPECT_EQ(FoldCase(U'Ж'), U'ж');
  EXPECT_EQ(FoldCase(U'Σ'), U'σ');
  EXPECT_EQ(FoldCase(U'ς'), U'σ');
  EXPECT_EQ(FoldCase(U'ß'), U'ß');
  EXPECT_EQ(FoldCase(U'王'), U'王');
}

}  // namespace
}  // namespace parley
