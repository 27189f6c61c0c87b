#include "release/audit/sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <set>

#include "io/file.h"
#include "release/audit/hints.h"
#include "release/audit/page.h"
#include "release/audit/verdicts.h"
#include "release/sample_release.h"

namespace parley {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// Square roots 10, 5 and 2: one each, then to whoever is furthest behind: 10/2, 10/3, 5/2 and 10/4
// (the first of equals), and so on.
TEST(Allocate, GoesByTheSquareRoot) {
  EXPECT_THAT(Allocate({100, 25, 4}, 3), ElementsAre(1, 1, 1));
  EXPECT_THAT(Allocate({100, 25, 4}, 5), ElementsAre(3, 1, 1));
  EXPECT_THAT(Allocate({100, 25, 4}, 7), ElementsAre(4, 2, 1));
}

TEST(Allocate, GivesNoStratumMoreThanItHas) {
  EXPECT_THAT(Allocate({1000, 2, 1}, 900), ElementsAre(897, 2, 1));
  EXPECT_THAT(Allocate({3, 2}, 100), ElementsAre(3, 2));
  EXPECT_THAT(Allocate({}, 10), ElementsAre());
}

TEST(Allocate, OfTooFewTakesTheLargest) {
  EXPECT_THAT(Allocate({5, 9, 7}, 2), ElementsAre(0, 1, 1));
}

class SampleTest : public testing::Test {
 protected:
  SampleTest() : folder_(SampleFolder("audit")) {
    WriteSampleRelease(folder_, {});
    manifest_ = ReadManifest(ReadWholeFile(folder_ + "/manifest.json").value()).value();
  }

  AuditSample Draw(int64_t size, uint64_t seed = 0) const {
    return DrawSample(folder_, manifest_, size, seed).value();
  }

  std::string folder_;
  Manifest manifest_;
};

std::set<std::string> IdsOf(const AuditSample& sample) {
  std::set<std::string> ids;
  for (const AuditText& text : sample.texts) ids.insert(text.id);
  return ids;
}

TEST_F(SampleTest, OfEverythingHoldsEveryTextOnce) {
  const AuditSample sample = Draw(100);
  EXPECT_EQ(sample.texts.size(), 10U);
  EXPECT_THAT(IdsOf(sample), ElementsAre("c1#0", "c1#1", "c2#0", "c2#1", "c3#0", "c3#1", "c3#2",
                                         "c3#3", "c4#0", "c4#1"));
  const auto first = std::ranges::find(sample.texts, "c1#1", &AuditText::id);
  EXPECT_EQ(first->text, "Done: EMAIL_1.");
  EXPECT_EQ(first->role, "assistant");
  EXPECT_EQ(first->language, "English");
  EXPECT_THAT(first->tags, ElementsAre(AuditTag{6, 13, "EMAIL", ""}));
  EXPECT_TRUE(sample.strata[static_cast<size_t>(first->stratum)].tagged);
  const auto last = std::ranges::find(sample.texts, "c4#0", &AuditText::id);
  EXPECT_EQ(last->shard, 1);
  EXPECT_EQ(last->row, 1);
}

TEST_F(SampleTest, CountsItsStrata) {
  const AuditSample sample = Draw(100);
  std::map<std::pair<std::string, bool>, int64_t> texts;
  for (const AuditStratum& stratum : sample.strata) {
    texts[{stratum.language, stratum.tagged}] += stratum.texts;
  }
  EXPECT_EQ((texts[{"English", true}]), 2);
  EXPECT_EQ((texts[{"English", false}]), 2);
  EXPECT_EQ((texts[{"unknown", false}]), 4);
  EXPECT_EQ((texts[{"German", false}]), 2);
}

// With few texts there is room for one language by itself; the most frequent, by name where equal.
TEST_F(SampleTest, PutsRareLanguagesTogether) {
  const AuditSample sample = Draw(4);
  ASSERT_EQ(sample.strata.size(), 3U);
  EXPECT_EQ(sample.strata[0].language, "");
  EXPECT_EQ(sample.strata[0].texts, 6);
  EXPECT_EQ(sample.texts.size(), 4U);
  std::vector<int64_t> seen(sample.strata.size(), 0);
  for (const AuditText& text : sample.texts) ++seen[static_cast<size_t>(text.stratum)];
  EXPECT_THAT(seen, testing::Each(testing::Ge(1)));
}

TEST_F(SampleTest, DependsOnTheSeedAlone) {
  EXPECT_EQ(IdsOf(Draw(5, 7)), IdsOf(Draw(5, 7)));
  std::set<std::set<std::string>> different;
  for (uint64_t seed = 0; seed < 20; ++seed) different.insert(IdsOf(Draw(5, seed)));
  EXPECT_GT(different.size(), 3U);
  EXPECT_NE(Draw(5, 1).name, Draw(5, 2).name);
}

TEST_F(SampleTest, RefusesASillySize) {
  EXPECT_FALSE(DrawSample(folder_, manifest_, 0, 0).has_value());
  EXPECT_FALSE(DrawSample(folder_, manifest_, 100'001, 0).has_value());
}

TEST_F(SampleTest, ReadsBackEqual) {
  AuditSample sample = Draw(6, 18'446'744'073'709'551'615U);
  sample.texts[0].tags.push_back({0, 1, "NAME", "a \"name\"\n"});
  sample.texts[0].hints = {{1, 2}};
  const AuditSample again = SampleFromJson(ToJson(sample)).value();
  EXPECT_EQ(again.name, sample.name);
  EXPECT_EQ(again.seed, sample.seed);
  EXPECT_EQ(again.size, 6);
  EXPECT_EQ(again.strata, sample.strata);
  EXPECT_EQ(again.texts, sample.texts);
  EXPECT_FALSE(SampleFromJson("{}").has_value());
}

TEST(AddHints, MarksCapitalsThatAreNeverSmall) {
  std::vector<AuditText> texts(2);
  texts[0].text = "The plan of Ottoline and NAME_1";
  texts[0].tags = {{25, 31, "NAME", ""}};
  texts[1].text = "the X Plan, plan";
  AddHints(texts);
  EXPECT_THAT(texts[0].hints, ElementsAre(AuditSpan{12, 20}));
  EXPECT_THAT(texts[1].hints, ElementsAre());
}

AuditSample Small() {
  AuditSample sample{.name = "0123456789", .size = 2, .seed = 3};
  sample.strata = {{"English", true, 0, 10}};
  sample.texts = {{.id = "a#0", .language = "English", .text = "Zoë met NAME_1 </script>"},
                  {.id = "b#1", .language = "English", .text = "Hi"}};
  sample.texts[0].tags = {{9, 15, "NAME", "Ann"}};
  return sample;
}

std::string File(const std::string& verdicts, const std::string& name = "0123456789") {
  return R"({"form": 1, "sample": ")" + name + R"(", "verdicts": [)" + verdicts + "]}";
}

TEST(Verdicts, ReadWhatTheyWrite) {
  const std::string one = R"({"text": "a#0", "false_tags": [0, 0],
      "missed": [{"begin": 0, "end": 4, "type": "NAME"}]})";
  const Verdicts verdicts = ReadVerdicts(File(one), Small(), "v.json").value();
  ASSERT_EQ(verdicts.size(), 1U);
  EXPECT_THAT(verdicts.at("a#0").false_tags, ElementsAre(0));
  EXPECT_EQ(ReadVerdicts(ToJson(verdicts, "0123456789"), Small(), "v.json").value(), verdicts);
}

TEST(Verdicts, RefuseWhatIsNotOfTheSample) {
  const auto refused = [](const std::string& json) {
    const auto read = ReadVerdicts(json, Small(), "v.json");
    return read ? std::string() : read.error().message;
  };
  EXPECT_THAT(refused("[]"), HasSubstr("no verdicts"));
  EXPECT_THAT(refused(File("", "another")), HasSubstr("another sample"));
  EXPECT_THAT(refused(File(R"({"text": "c#0"})")), HasSubstr("not in the sample"));
  EXPECT_THAT(refused(File(R"({"text": "a#0", "false_tags": [1]})")), HasSubstr("tag"));
  const auto missed = [&](const std::string& miss) {
    return refused(File(R"({"text": "a#0", "missed": [{)" + miss + "}]}"));
  };
  EXPECT_THAT(missed(R"("begin": 0, "end": 3, "type": "NAME")"), HasSubstr("stretch"));  // In ë.
  EXPECT_THAT(missed(R"("begin": 0, "end": 99, "type": "NAME")"), HasSubstr("stretch"));
  EXPECT_THAT(missed(R"("begin": 4, "end": 4, "type": "NAME")"), HasSubstr("stretch"));
  EXPECT_THAT(missed(R"("begin": 0, "end": 4, "type": "<b>")"), HasSubstr("stretch"));
  EXPECT_EQ(missed(R"("begin": 0, "end": 4, "type": "NAME")"), "");
}

TEST(Verdicts, CountIntoTheEstimate) {
  const Verdicts verdicts = {{"a#0", {"a#0", {0}, {{0, 4, "NAME"}, {2, 6, "NAME"}}}}};
  const AuditEstimate estimate = EstimateFrom(Small(), verdicts);
  EXPECT_EQ(estimate.drawn, 2);
  EXPECT_EQ(estimate.read, 1);
  EXPECT_EQ(estimate.texts, 10);
  EXPECT_EQ(estimate.all.wrong, 1);
  EXPECT_EQ(estimate.all.missed, 1) << "overlapping marks are one";
  EXPECT_EQ(estimate.all.recall->share, 0);
}

TEST(AuditPage, HoldsTheTextsAndNoWayOut) {
  const std::string page = AuditPage(Small(), {});
  EXPECT_THAT(page, HasSubstr(R"({"text":"Zoë met "},{"tag":0,"was":"Ann","text":"NAME_1"})"));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, HasSubstr(R"({"text":" \u003c/script>"})"));
  EXPECT_THAT(page, Not(HasSubstr("http://")));
  EXPECT_THAT(page, Not(HasSubstr("https://")));
}

}  // namespace
}  // namespace parley
