#include "stages/names/known_persons.h"

#include <gtest/gtest.h>

#include <string>

#include "io/data_files.h"

namespace parley {
namespace {

constexpr std::string_view kList =
    "# comment\n[public]\nMarie Curie*; Steve Jobs\n[fictional]\nSherlock Holmes\n"
    "[gave-name]\nNewton; Parkinson\n[brand]\nFord\n";

const KnownPersons& Persons() {
  static const KnownPersons persons = KnownPersons::Parse(kList).value();
  return persons;
}

TEST(KnownPersons, TellsKindsByWholeNamesAndMarkedLastNames) {
  EXPECT_EQ(Persons().KindOf("Marie Curie"), NameKind::kPublic);
  EXPECT_EQ(Persons().KindOf("MARIE  CURIE"), NameKind::kPublic);
  EXPECT_EQ(Persons().KindOf("Curie"), NameKind::kPublic);
  EXPECT_EQ(Persons().KindOf("Steve Jobs"), NameKind::kPublic);
  EXPECT_EQ(Persons().KindOf("Jobs"), NameKind::kPrivate);
  EXPECT_EQ(Persons().KindOf("Marie"), NameKind::kPrivate);
  EXPECT_EQ(Persons().KindOf("Sherlock Holmes"), NameKind::kFictional);
  EXPECT_EQ(Persons().KindOf("Newton"), NameKind::kPrivate);
}

bool IsEponym(std::string text) {
  const size_t begin = text.find('[');
  text.erase(begin, 1);
  const size_t end = text.find(']');
  text.erase(end, 1);
  return Persons().IsEponym(text, {static_cast<int64_t>(begin), static_cast<int64_t>(end)});
}

TEST(KnownPersons, TellsThingsCalledAfterPeople) {
  EXPECT_TRUE(IsEponym("by [Newton]'s law"));
  EXPECT_TRUE(IsEponym("by [Newton]’s second law of motion"));
  EXPECT_TRUE(IsEponym("he has [Parkinson]'s disease"));
  EXPECT_TRUE(IsEponym("la maladie de [Parkinson]"));
  EXPECT_TRUE(IsEponym("I drive a [Ford]"));
  EXPECT_FALSE(IsEponym("[Newton] was born in 1642"));
  EXPECT_FALSE(IsEponym("[Newton]'s mother"));
  EXPECT_FALSE(IsEponym("[Ford] said that he came"));
  EXPECT_FALSE(IsEponym("[Mary]'s law firm"));
  EXPECT_FALSE(IsEponym("[Newton]. Law is a science"));
}

TEST(KnownPersons, RefusesAListOfAnotherForm) {
  EXPECT_FALSE(KnownPersons::Parse("").has_value());
  EXPECT_FALSE(KnownPersons::Parse("Marie Curie\n").has_value());
  const auto wrong = KnownPersons::Parse("[public]\n*\n");
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().place.line, 2);
}

TEST(KnownPersons, TheShippedListKnowsThem) {
  const KnownPersons persons =
      KnownPersons::Read(FindDataFile("names/persons.txt").value()).value();
  EXPECT_EQ(persons.KindOf("Albert Einstein"), NameKind::kPublic);
  EXPECT_EQ(persons.KindOf("Einstein"), NameKind::kPublic);
  EXPECT_EQ(persons.KindOf("Hermione"), NameKind::kFictional);
  EXPECT_EQ(persons.KindOf("Mario"), NameKind::kPrivate);
}

}  // namespace
}  // namespace parley
