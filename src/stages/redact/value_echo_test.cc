#include "stages/redact/value_echo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace parley {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Two messages; of the first the span [begin, end) is found.
struct Pair {
  std::string first;
  std::string second;
  std::vector<TaggedSpan> spans[2] = {};
  std::vector<Span> kept[2] = {};

  void Echo(int64_t begin, int64_t end, const std::string& type = "NAME") {
    spans[0] = {{.begin = begin, .end = end, .type = type, .tag = "7", .score = 0.5}};
    const EchoText texts[] = {{first, &spans[0], &kept[0]}, {second, &spans[1], &kept[1]}};
    AddEchoes(texts);
  }

  std::vector<std::string> Found(int message) const {
    const std::string& text = message == 0 ? first : second;
    std::vector<std::string> found;
    for (const TaggedSpan& span : spans[message]) {
      found.push_back(
          text.substr(static_cast<size_t>(span.begin), static_cast<size_t>(span.end - span.begin)) +
          ":" + span.type + ":" + span.tag);
    }
    return found;
  }
};

TEST(AddEchoes, FindsTheSameWordsElsewhere) {
  Pair pair{"Phone 4157362671 now", "x = 4157362671; y = 41573626710"};
  pair.Echo(6, 16, "PHONE");
  EXPECT_THAT(pair.Found(0), ElementsAre("4157362671:PHONE:7"));
  EXPECT_THAT(pair.Found(1), ElementsAre("4157362671:PHONE:7"));
  EXPECT_EQ(pair.spans[1][0].score, 0.5);
}

TEST(AddEchoes, FindsWholeWordsInAnyCase) {
  Pair pair{"Marisol", "MARISOL, Marisols, a_marisol and Мarisol"};
  pair.Echo(0, 7);
  EXPECT_THAT(pair.Found(1), ElementsAre("MARISOL:NAME:7", "marisol:NAME:7"));
}

TEST(AddEchoes, TakesANameBehindAnAtForAUsers) {
  Pair pair{"Marisol", "ask @Marisol"};
  pair.Echo(0, 7);
  EXPECT_THAT(pair.Found(1), ElementsAre("Marisol:USERNAME:marisol"));
}

TEST(AddEchoes, KeepsACommonWordAndSaysSo) {
  Pair pair{"Grant", "the grant of Grant"};
  pair.Echo(0, 5);
  EXPECT_THAT(pair.Found(1), IsEmpty());
  EXPECT_THAT(pair.kept[1], ElementsAre(Span{4, 9}, Span{13, 18}));
}

TEST(AddEchoes, LeavesShortWordsTagsAndWhatIsKept) {
  Pair shorter{"Mary", "Mary"};
  shorter.Echo(0, 4);
  EXPECT_THAT(shorter.Found(1), IsEmpty());
  Pair tag{"phone", "PHONE_1"};
  tag.Echo(0, 5);
  EXPECT_THAT(tag.Found(1), IsEmpty());
  Pair kept{"Marisol", "Marisol's law"};
  kept.kept[1] = {{0, 7}};
  kept.Echo(0, 7);
  EXPECT_THAT(kept.Found(1), IsEmpty());
  EXPECT_FALSE(kept.kept[1].empty());
}

// Where the longer value does not fit because its end is found already, the shorter is tried.
TEST(AddEchoes, TriesTheShorterWhereTheLongerDoesNotFit) {
  Pair pair{"Marisol Calabash, Marisol", "Marisol Calabash"};
  pair.spans[1] = {{.begin = 8, .end = 16, .type = "NAME", .tag = "8"}};
  pair.spans[0] = {{.begin = 0, .end = 16, .type = "NAME", .tag = "7"},
                   {.begin = 18, .end = 25, .type = "NAME", .tag = "7"}};
  const EchoText texts[] = {{pair.first, &pair.spans[0], &pair.kept[0]},
                            {pair.second, &pair.spans[1], &pair.kept[1]}};
  AddEchoes(texts);
  EXPECT_THAT(pair.Found(1), ElementsAre("Marisol:NAME:7", "Calabash:NAME:8"));
}

TEST(AddEchoes, GoesRoundWhatIsKept) {
  Pair law{"Marisol's law", "Marisol's law"};
  law.kept[1] = {{0, 7}};
  law.Echo(0, 13);
  EXPECT_THAT(law.Found(1), IsEmpty());
  EXPECT_THAT(law.kept[1], ElementsAre(Span{0, 7}, Span{0, 13}));
  Pair full{"Ottoline Marisol", "Ottoline Marisol's law"};
  full.kept[1] = {{9, 16}};
  full.Echo(0, 16);
  EXPECT_THAT(full.Found(1), ElementsAre("Ottoline:NAME:7"));
}

TEST(AddEchoes, FindsRowsWithoutBlanks) {
  Pair pair{"欧阳小明明", "我见欧阳小明明了"};
  pair.Echo(0, 15);
  EXPECT_THAT(pair.Found(1), ElementsAre("欧阳小明明:NAME:7"));
}

TEST(AddEchoes, StandsHundredThousandsOfValues) {
  std::string text;
  std::vector<TaggedSpan> spans;
  for (int i = 0; i < 50'000; ++i) {
    const auto begin = static_cast<int64_t>(text.size());
    text += "mary n" + std::to_string(i);
    spans.push_back({.begin = begin,
                     .end = static_cast<int64_t>(text.size()),
                     .type = "NAME",
                     .tag = std::to_string(i)});
    text += " mary ";
  }
  std::vector<Span> kept;
  const EchoText texts[] = {{text, &spans, &kept}};
  AddEchoes(texts);
  EXPECT_EQ(spans.size(), 50'000U);
}

}  // namespace
}  // namespace parley
