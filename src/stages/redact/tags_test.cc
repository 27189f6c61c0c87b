#include "stages/redact/tags.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(FindTags, KnowsNumberedAndPresidiosTags) {
  const std::string text = "NAME_1 (EMAIL_12) telPHONE_3 <PRESIDIO_ANONYMIZED_EMAIL_ADDRESS>";
  const auto tags = FindTags(text);
  ASSERT_EQ(tags.size(), 4U);
  EXPECT_EQ(tags[0].type, "NAME");
  EXPECT_EQ(tags[1].number, 12);
  EXPECT_EQ(text.substr(tags[2].begin, tags[2].end - tags[2].begin), "PHONE_3");
  EXPECT_EQ(tags[3].type, "EMAIL");
  EXPECT_EQ(tags[3].number, 0);
}

TEST(FindTags, FindsTagsThatTouch) { EXPECT_EQ(FindTags("NAME_1EMAIL_2").size(), 2U); }

TEST(FindTags, LeavesOtherWords) {
  EXPECT_TRUE(FindTags("MY_EMAIL_1 EMAIL_ EMAIL_x email_1 FOO_1 NAME_1234567890123").empty());
}

TEST(TagTable, NumbersFromWhatStandsThere) {
  TagTable table;
  table.StepPast({"EMAIL", 4, 0, 0});
  table.StepPast({"EMAIL", 2, 0, 0});
  EXPECT_EQ(table.TagOf("EMAIL", "a@b.de"), "EMAIL_5");
  EXPECT_EQ(table.TagOf("PHONE", "a@b.de"), "PHONE_1");
  EXPECT_EQ(table.TagOf("EMAIL", "c@d.de"), "EMAIL_6");
  EXPECT_EQ(table.TagOf("EMAIL", "a@b.de"), "EMAIL_5");
}

TEST(FindTags, KnowsTypesOfTwoWords) {
  const auto tags = FindTags("US_SSN_3 and MY_US_SSN_4, NATIONAL_ID_1");
  ASSERT_EQ(tags.size(), 2U);
  EXPECT_EQ(tags[0].type, "US_SSN");
  EXPECT_EQ(tags[0].number, 3);
  EXPECT_EQ(tags[1].type, "NATIONAL_ID");
}

TEST(FindTagLike, FindsThemWhateverStandsBefore) {
  const std::string_view text = "user_NAME_12x MY_US_SSN_4 a_1 <PRESIDIO_ANONYMIZED_PERSON> _NAME_";
  const std::vector<Span> want = {{5, 12}, {17, 25}, {30, 58}};
  EXPECT_EQ(FindTagLike(text), want);
}

}  // namespace
}  // namespace parley
