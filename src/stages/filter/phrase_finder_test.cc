#include "stages/filter/phrase_finder.h"

#include <gtest/gtest.h>

#include "text/letter_case.h"
#include "text/random_text.h"

namespace parley {
namespace {

PhraseFinder Finder(std::vector<std::string> phrases) {
  return PhraseFinder::Create(std::move(phrases)).value();
}

TEST(PhraseFinder, FindsWhateverTheCase) {
  const PhraseFinder finder = Finder({"Milk", "TEA (hot)", "жук"});
  EXPECT_EQ(finder.Find("I like MILK"), 0);
  EXPECT_EQ(finder.Find("tea (HOT)"), 1);
  EXPECT_EQ(finder.Find("Это ЖУК"), 2);
  EXPECT_EQ(finder.Find("tea, hot"), std::nullopt);
  EXPECT_EQ(finder.Find(""), std::nullopt);
  EXPECT_EQ(finder.Find("hot tea (hot) and milk"), 0) << "the first phrase, not the first place";
}

TEST(PhraseFinder, KnowsTheTwoLettersWhoseLowerCaseIsAscii) {
  const PhraseFinder finder = Finder({"milk", "taxi"});
  EXPECT_EQ(finder.Find("MIL\u212A"), 0);
  EXPECT_EQ(finder.Find("TAX\u0130"), 1);
  EXPECT_EQ(finder.Find("M\u0130LK"), std::nullopt) << "a dot above comes between";
  EXPECT_EQ(Finder({"I\u0307x"}).Find("\u0130X"), 0);
  EXPECT_EQ(Finder({"\u0307"}).Find("\u0130"), 0);
}

TEST(PhraseFinder, WithoutPhrasesFindsNothing) {
  EXPECT_EQ(Finder({}).Find("anything"), std::nullopt);
}

TEST(PhraseFinder, RefusesAnEmptyPhrase) {
  EXPECT_FALSE(PhraseFinder::Create({"a", ""}).has_value());
}

TEST(PhraseFinder, AgreesWithLowerCaseAndSearchOnRandomTexts) {
  int64_t found = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const std::string source = RandomText(random, 300);
    std::vector<std::string> phrases;
    for (int i = 0; i < 4; ++i) phrases.push_back("x" + RandomText(random, 3));
    for (int i = 0; i < 4; ++i) phrases.push_back(RandomText(random, 1 + random.Below(3)));
    const PhraseFinder finder = Finder(phrases);
    for (int i = 0; i < 40; ++i) {
      const std::string text = RandomText(random, random.Below(30));
      std::optional<int64_t> want;
      for (size_t p = 0; p < phrases.size() && !want; ++p) {
        if (ToLowerCase(text).find(ToLowerCase(phrases[p])) != std::string::npos) want = p;
      }
      ASSERT_EQ(finder.Find(text), want);
      found += want.has_value();
    }
  }
  EXPECT_GT(found, 1000) << "so that both answers were seen";
}

}  // namespace
}  // namespace parley
