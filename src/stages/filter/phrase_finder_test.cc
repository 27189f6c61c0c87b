#include "stages/filter/phrase_finder.h"

#include <gtest/gtest.h>

#include "text/letter_case.h"
#include "text/random_text.h"
#include "text/utf8.h"

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

// The definition: convert, then search.
std::optional<int64_t> SlowFind(const std::vector<std::string>& phrases, const std::string& text,
                                const ChineseVariants* variants) {
  const auto convert = [&](const std::string& from) {
    return variants != nullptr ? variants->ToSimplified(ToLowerCase(from)) : ToLowerCase(from);
  };
  for (size_t i = 0; i < phrases.size(); ++i) {
    if (convert(text).find(convert(phrases[i])) != std::string::npos) {
      return static_cast<int64_t>(i);
    }
  }
  return std::nullopt;
}

TEST(PhraseFinder, AgreesWithLowerCaseAndSearchOnRandomTexts) {
  int64_t found = 0;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    std::vector<std::string> phrases;
    for (int i = 0; i < 4; ++i) phrases.push_back("x" + RandomText(random, 3));
    for (int i = 0; i < 4; ++i) phrases.push_back(RandomText(random, 1 + random.Below(3)));
    const PhraseFinder finder = Finder(phrases);
    for (int i = 0; i < 200; ++i) {
      const std::string text = RandomText(random, random.Below(30));
      const auto want = SlowFind(phrases, text, nullptr);
      ASSERT_EQ(finder.Find(text), want);
      found += want.has_value();
    }
  }
  EXPECT_GT(found, 500) << "so that both answers were seen";
}

// Characters of few families, where phrases of the dictionaries begin, so that equal families with
// unequal conversions occur.
std::string RandomChinese(Random& random, int64_t size) {
  constexpr std::u32string_view kCharacters =
      U"乾干幹坤燥淨净瞭了解到于於呼哀哉着著名後后皇漢汉aKİ\u0307 ";
  std::string text;
  for (int64_t i = 0; i < size; ++i) {
    AppendCodePoint(
        text,
        kCharacters[static_cast<size_t>(random.Below(static_cast<int64_t>(kCharacters.size())))]);
  }
  return text;
}

TEST(PhraseFinder, AgreesWithConvertAndSearchOnRandomChinese) {
  const auto variants = std::make_shared<const ChineseVariants>(ChineseVariants::Open("").value());
  int64_t found = 0;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    std::vector<std::string> phrases;
    for (int i = 0; i < 5; ++i) phrases.push_back(RandomChinese(random, 2 + random.Below(3)));
    const PhraseFinder finder = PhraseFinder::Create(phrases, variants).value();
    for (int i = 0; i < 200; ++i) {
      const std::string text = RandomChinese(random, random.Below(100));
      const auto want = SlowFind(phrases, text, variants.get());
      ASSERT_EQ(finder.Find(text), want);
      found += want.has_value();
    }
  }
  EXPECT_GT(found, 500);
}

TEST(PhraseFinder, KnowsThatAWordMayKeepItsTraditionalCharacter) {
  const auto variants = std::make_shared<const ChineseVariants>(ChineseVariants::Open("").value());
  const PhraseFinder finder = PhraseFinder::Create({"干"}, variants).value();
  EXPECT_EQ(finder.Find("乾"), 0);
  EXPECT_EQ(finder.Find("乾坤"), std::nullopt);
}

}  // namespace
}  // namespace parley
