#include <gtest/gtest.h>

#include "stages/stage_functions.h"
#include "stages/stage_testing.h"

namespace parley {
namespace {

TEST(AnonymisedStage, FindsBothMarksWhateverTheCase) {
  const auto filter = MakeFilter(AnonymisedStage());
  const auto judged = [&](const char* text) { return filter->Judge(UserSays(text)).value(); };
  EXPECT_EQ(judged("I am <ANONYMIZED>."), Drop({"anonymized"}));
  EXPECT_EQ(judged("漢字<Redacted>"), Drop({"redacted"}));
  EXPECT_EQ(judged("<redacted> <anonymized>"), Drop({"anonymized"})) << "the one asked first";
  EXPECT_EQ(judged("It was redacted and anonymized."), kKeep);
  EXPECT_EQ(judged("<ANONYM\u0130ZED>"), kKeep) << "its lower case is i and a dot above";
}

}  // namespace
}  // namespace parley
