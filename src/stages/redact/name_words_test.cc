#include "stages/redact/name_words.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

using Strings = std::vector<std::string>;

Strings Folded(const std::vector<NameWord>& words) {
  Strings folded;
  for (const NameWord& word : words) folded.push_back(word.folded);
  return folded;
}

TEST(NameWords, PartAtWhatIsNoLetter) {
  EXPECT_EQ(Folded(NameWordsIn("/home/mary_smith2/O'Brien-Ruiz's")),
            (Strings{"home", "mary", "smith", "o", "brien", "ruiz", "s"}));
  EXPECT_EQ(Folded(NameWordsIn("José, JOSE\u0301")), (Strings{"jose", "jose"}));
  EXPECT_TRUE(NameWordsIn(" 12 _-\n").empty());
}

TEST(NameWords, PartWhereTheScriptChangesItsKind) {
  EXPECT_EQ(Folded(NameWordsIn("王小明さんとマリアand김민수가")),
            (Strings{"王小明さんと", "マリア", "and", "김민수가"}));
}

TEST(NameWords, HoldTheirPlaces) {
  const auto words = NameWordsIn("— Ма\u200Bша\u200B. x", 100);
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].folded, "маша");
  EXPECT_EQ(words[0].begin, 104);
  EXPECT_EQ(words[0].end, 104 + 8 + 3) << "the one inside belongs to it, the one behind does not";
  EXPECT_EQ(words[0].script, WordScript::kCyrillic);
}

TEST(NameWords, KnowTheirCase) {
  const auto words = NameWordsIn("mary Mary MARY maRy J Łódź 王 МАША");
  const WordCase want[] = {WordCase::kLower, WordCase::kTitle, WordCase::kUpper, WordCase::kMixed,
                           WordCase::kTitle, WordCase::kTitle, WordCase::kNone,  WordCase::kUpper};
  ASSERT_EQ(words.size(), std::size(want));
  for (size_t i = 0; i < words.size(); ++i) EXPECT_EQ(words[i].letter_case, want[i]) << i;
}

TEST(NameWords, ReadTwinsOfOtherAlphabetsInALatinWord) {
  EXPECT_EQ(Folded(NameWordsIn("Mаry Реter")), (Strings{"mary", "peter"}));
  EXPECT_EQ(NameWordsIn("Mаry")[0].script, WordScript::kLatin);
  EXPECT_EQ(Folded(NameWordsIn("Мама")), Strings{"мама"}) << "a Cyrillic word stays one";
}

TEST(NameWords, HaveCamelParts) {
  const auto parts = [](std::string_view text) {
    return Folded(CamelParts(text, NameWordsIn(text).at(0)));
  };
  EXPECT_EQ(parts("getMarySmith"), (Strings{"get", "mary", "smith"}));
  EXPECT_EQ(parts("HTTPMary"), (Strings{"http", "mary"}));
  EXPECT_TRUE(parts("Mary").empty());
  EXPECT_TRUE(parts("MARY").empty());
  EXPECT_TRUE(parts("mary").empty());
}

}  // namespace
}  // namespace parley
