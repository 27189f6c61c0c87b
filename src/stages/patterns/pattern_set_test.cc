#include "stages/patterns/pattern_set.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

PatternSet SetOf(const std::vector<std::string>& patterns) {
  return PatternSet::Create(patterns).value();
}

TEST(PatternSet, TellsWhichPatternsMatch) {
  const PatternSet set = SetOf({"ab+c", "[0-9]{3}", "zz"});
  EXPECT_EQ(set.Matching("xabbbc 1234 12"), (std::vector<int64_t>{0, 1}));
  EXPECT_EQ(set.Matching("nothing"), std::vector<int64_t>{});
  EXPECT_TRUE(set.MatchesAny("razzle"));
  EXPECT_FALSE(set.MatchesAny(""));
}

TEST(PatternSet, OfNoPatternsMatchesNothing) {
  EXPECT_FALSE(SetOf({}).MatchesAny("anything"));
  EXPECT_TRUE(SetOf({}).Matching("anything").empty());
}

TEST(PatternSet, RefusesWhatIsNoPattern) { EXPECT_FALSE(PatternSet::Create({"(a"}).has_value()); }

// Vectorscan's code for AVX-512 fails this, and that for AVX2 the last case; see sound_scan.h.
TEST(PatternSet, FindsAMatchAtEveryPlaceOfATextOfEveryLength) {
  const struct {
    std::vector<std::string> patterns;
    std::string_view match;
  } cases[] = {
      {{"@"}, "@"},
      {{"[a-z]@[a-z]"}, "x@y"},
      {{"[a-z0-9]+@[a-z0-9]+\\.[a-z]+"}, "x@y.zz"},
      {{"[0-9]{3}-[0-9]{4}"}, "555-1234"},
      {{"\\x0c", "abc", "def"}, "\x0c"},
      {{"(?:[kK]|\\xe2\\x84\\xaa)"}, "k"},
      {{"ab"}, "ab"},
      {{"[aA][bB][cC]"}, "aBc"},
      {{"alpha", "beta", "gamma", "[dD]elta"}, "delta"},
      {{R"((?:\x58|\x78)(?:\xd0\x96|\xd0\xb6)\x0c\x1b\x5b\x33\x31(?:\x4d|\x6d))",
        R"((?:\x58|\x78)(?:\x4b|\x6b|\xe2\x84\xaa)\xcc\x87(?:\xc3\x85|\xc3\xa5|\xe2\x84\xab))",
        R"((?:\x58|\x78)\x20\x20\x20)", R"((?:\x58|\x78)\x20\x20\x0c\xc2\x85)",
        R"((?:\xce\xa3|\xcf\x83)(?:\xce\x91|\xce\xb1)(?:\xce\xa3|\xcf\x83)(?:(?:\x49|\x69)\xcc\x87|\xc4\xb0)(?:(?:\x49|\x69)\xcc\x87|\xc4\xb0))",
        R"(\x20\x20)", R"((?:\xce\xa3|\xcf\x83)(?:\xce\xa3|\xcf\x83)(?:\xce\xa3|\xcf\x83))",
        R"((?:\xd0\x96|\xd0\xb6)(?:\xd0\xa3|\xd1\x83)(?:\xd0\x9a|\xd0\xba))"},
       "  "},
  };
  for (const auto& [patterns, match] : cases) {
    SCOPED_TRACE(patterns[0]);
    const PatternSet set = SetOf(patterns);
    for (size_t size = match.size(); size < 150; ++size) {
      for (size_t at = 0; at + match.size() <= size; ++at) {
        std::string text(size, '.');
        text.replace(at, match.size(), match);
        ASSERT_TRUE(set.MatchesAny(text)) << "at " << at << " of " << size;
      }
    }
  }
}

}  // namespace
}  // namespace parley
