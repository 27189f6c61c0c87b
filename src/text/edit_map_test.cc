#include "text/edit_map.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace parley {
namespace {

using Side = EditMap::Side;

TEST(EditMap, ReplacesSpansAndNothingElse) {
  const EditMap map({{9, 16, "EMAIL_1"}, {21, 28, "X"}});
  EXPECT_EQ(map.Apply("Write to a@b.org, or c@d.org."), "Write to EMAIL_1, or X.");
}

TEST(EditMap, WithoutEditsIsTheIdentity) {
  const EditMap map;
  EXPECT_EQ(map.Apply("as it was"), "as it was");
  EXPECT_EQ(map.Apply(""), "");
  EXPECT_EQ(map.ToEdited(5), 5);
  EXPECT_EQ(map.ToOriginal(5, Side::kEnd), 5);
}

TEST(EditMap, MapsOffsetsBothWays) {
  // 0123456789      0123456789ab
  // ab[cd]efg   →   ab[LONGER]efg
  const EditMap map({{2, 4, "LONGER"}});
  EXPECT_EQ(map.Apply("abcdefg"), "abLONGERefg");
  EXPECT_EQ(map.ToEdited(1), 1);
  EXPECT_EQ(map.ToEdited(2), 2);
  EXPECT_EQ(map.ToEdited(3, Side::kBegin), 2);
  EXPECT_EQ(map.ToEdited(3, Side::kEnd), 8);
  EXPECT_EQ(map.ToEdited(4), 8);
  EXPECT_EQ(map.ToEdited(7), 11);
  EXPECT_EQ(map.ToOriginal(8), 4);
  EXPECT_EQ(map.ToOriginal(5, Side::kBegin), 2);
  EXPECT_EQ(map.ToOriginal(5, Side::kEnd), 4);
  EXPECT_EQ(map.ToOriginal(11), 7);
  EXPECT_EQ(map.ToOriginal(Span{3, 9}), (Span{2, 5}));
}

TEST(EditMap, TellsTouchingSpansApart) {
  const EditMap map({{0, 2, "X"}, {2, 4, "YYY"}});
  EXPECT_EQ(map.Apply("aabbc"), "XYYYc");
  EXPECT_EQ(map.ToEdited(Span{0, 2}), (Span{0, 1}));
  EXPECT_EQ(map.ToEdited(Span{2, 4}), (Span{1, 4}));
  EXPECT_EQ(map.ToOriginal(Span{0, 1}), (Span{0, 2}));
  EXPECT_EQ(map.ToOriginal(Span{1, 4}), (Span{2, 4}));
}

TEST(EditMap, InsertsAndTakesOut) {
  const EditMap map({{1, 1, "++"}, {2, 4, ""}});
  EXPECT_EQ(map.Apply("abcde"), "a++be");
  EXPECT_EQ(map.ToEdited(1, Side::kBegin), 1);
  EXPECT_EQ(map.ToEdited(1, Side::kEnd), 3);
  EXPECT_EQ(map.ToEdited(3), 4);
  EXPECT_EQ(map.ToOriginal(4, Side::kBegin), 2);
  EXPECT_EQ(map.ToOriginal(4, Side::kEnd), 4);
}

TEST(EditMapDeathTest, RefusesOverlapsAndDisorder) {
  EXPECT_DEATH(EditMap({{0, 3, ""}, {2, 4, ""}}), "overlap");
  EXPECT_DEATH(EditMap({{3, 4, ""}, {0, 1, ""}}), "out of order");
}

// The slow way: the edited text with, for each of its bytes, the original byte it was copied from.
struct Copied {
  std::string text;
  std::vector<int64_t> from;  // -1: of a replacement.
};

Copied ApplySlowly(const std::string& original, const std::vector<Edit>& edits) {
  Copied copied;
  size_t next = 0;
  for (int64_t i = 0; i <= static_cast<int64_t>(original.size()); ++i) {
    while (next < edits.size() && edits[next].begin == i) {
      copied.text += edits[next].replacement;
      copied.from.resize(copied.text.size(), -1);
      i = edits[next++].end;
    }
    if (i == static_cast<int64_t>(original.size())) break;
    copied.text += original[i];
    copied.from.push_back(i);
  }
  return copied;
}

TEST(EditMap, AgreesWithASlowCopyOnRandomEdits) {
  for (uint64_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    std::string original;
    for (int64_t i = random.Below(40); i > 0; --i)
      original += static_cast<char>('a' + random.Below(26));
    std::vector<Edit> edits;
    for (int64_t at = 0; at < static_cast<int64_t>(original.size());) {
      const int64_t end = std::min<int64_t>(original.size(), at + 1 + random.Below(5));
      if (random.Below(2) == 0) edits.push_back({at, end, std::string(random.Below(8), '#')});
      at = end;
    }
    const EditMap map(edits);
    const Copied want = ApplySlowly(original, edits);
    ASSERT_EQ(map.Apply(original), want.text);
    for (size_t i = 0; i < want.from.size(); ++i) {
      if (want.from[i] < 0) continue;
      const auto at = static_cast<int64_t>(i);
      EXPECT_EQ(map.ToOriginal(at, Side::kEnd), want.from[i]);
      EXPECT_EQ(map.ToOriginal(at + 1, Side::kBegin), want.from[i] + 1);
      EXPECT_EQ(map.ToEdited(want.from[i], Side::kEnd), at);
      EXPECT_EQ(map.ToEdited(want.from[i] + 1, Side::kBegin), at + 1);
    }
    for (int64_t p = 0; p < static_cast<int64_t>(original.size()); ++p) {
      for (const Side side : {Side::kBegin, Side::kEnd})
        EXPECT_LE(map.ToEdited(p, side), map.ToEdited(p + 1, side));
    }
  }
}

}  // namespace
}  // namespace parley
