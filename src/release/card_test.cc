#include "release/card.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "release/croissant.h"
#include "release/manifest.h"
#include "release/markdown.h"
#include "release/sample_release.h"
#include "text/json.h"

namespace parley {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(Card, ItsHeaderCountsWhatTheShardsHold) {
  const std::string folder = SampleFolder("header");
  const ReleaseFacts facts = WriteSampleRelease(folder, {});
  const std::string header = CardHeader(facts);
  EXPECT_TRUE(header.starts_with("---\n"));
  EXPECT_TRUE(header.ends_with("\n---\n"));
  EXPECT_THAT(header, HasSubstr("pretty_name: \"Sample \\\"chats\\\"\"\n"));
  EXPECT_THAT(header, HasSubstr("language:\n- \"en\"\n- \"de\"\nlicense: unknown\n"));
  EXPECT_THAT(header, HasSubstr("    num_examples: 4\n"));
  EXPECT_THAT(header, HasSubstr("size_categories:\n- n<1K\n"));
  const int64_t size = facts.shards[0].size_bytes + facts.shards[1].size_bytes;
  EXPECT_THAT(header, HasSubstr("  download_size: " + std::to_string(size) + "\n"));
  EXPECT_THAT(header, HasSubstr("    list:\n    - name: content\n      dtype: string\n"));
  EXPECT_THAT(header, Not(HasSubstr("sequence:")));
}

TEST(Card, KnowsTheHubsLicencesAndLinksOthers) {
  ReleaseFacts facts;
  facts.card.licence = "CC-BY-NC-4.0";
  EXPECT_THAT(CardHeader(facts), HasSubstr("license: cc-by-nc-4.0\n"));
  facts.card.licence = "Our Terms, v2";
  EXPECT_THAT(CardHeader(facts),
              HasSubstr("license: other\nlicense_name: our-terms-v2\nlicense_link: README.md\n"));
  facts.card.licence_text = "Be kind.\n--- \n\nkey: value";
  const std::string header = CardHeader(facts);
  EXPECT_THAT(header, HasSubstr("license_link: LICENSE\n"));
  EXPECT_THAT(header, HasSubstr("extra_gated_prompt: |2-\n  Be kind.\n  --- \n\n  key: value\n"));
}

TEST(Card, SaysThatNamesStandInTheTexts) {
  ReleaseFacts facts;
  facts.redaction_types = {"EMAIL", "PHONE"};
  EXPECT_THAT(EnglishCard(facts), HasSubstr("Names of persons are not looked for"));
  EXPECT_THAT(EnglishCard(facts), HasSubstr("tags such as `EMAIL_1`: EMAIL, PHONE."));
  EXPECT_THAT(ChineseCard(facts), HasSubstr("人名既没有识别，也没有替换"));
  facts.redaction_enabled = false;
  EXPECT_THAT(EnglishCard(facts), HasSubstr("**Nothing was redacted.**"));
  EXPECT_THAT(ChineseCard(facts), HasSubstr("**没有做任何脱敏。**"));
}

TEST(Card, SaysWhatBecameOfNamesAndWhereNobodyMeasured) {
  ReleaseFacts facts{.profile = Profile::kExtended};
  facts.names_redacted = true;
  facts.name_languages = {"en", "de"};
  facts.statistics.conversations = 10;
  facts.statistics.unjudged_conversations = 1;
  facts.statistics.unjudged_languages = {{"sv", 3}};
  EXPECT_THAT(EnglishCard(facts), HasSubstr("replaced by `NAME_1`"));
  EXPECT_THAT(EnglishCard(facts), HasSubstr("measured in these languages: en, de."));
  EXPECT_THAT(EnglishCard(facts), HasSubstr("1 conversations (10.0%)"));
  EXPECT_THAT(EnglishCard(facts), HasSubstr("such languages: sv (3)"));
  EXPECT_THAT(EnglishCard(facts), Not(HasSubstr("public figures")));
  EXPECT_THAT(ChineseCard(facts), HasSubstr("评测过的语言：en、de"));
  facts.private_names_only = true;
  EXPECT_THAT(EnglishCard(facts), HasSubstr("public figures"));
  EXPECT_THAT(ChineseCard(facts), HasSubstr("公众人物"));
}

TEST(Card, SaysWhatIsMissingAndNothingInItsPlace) {
  ReleaseFacts facts;
  EXPECT_THAT(MissingFields(facts.card),
              ElementsAre("name", "version", "licence", "licence_text", "contact", "url", "creator",
                          "citation", "date", "description"));
  const std::string card = EnglishCard(facts);
  EXPECT_THAT(card, HasSubstr("Not said by the maintainers of this dataset:** name, version"));
  EXPECT_THAT(card, HasSubstr("have not named a licence"));
  facts.card = {.name = "n",
                .version = "v",
                .licence = "mit",
                .licence_text = "t",
                .contact = "c",
                .url = "https://u.example/a_b",
                .creator = "r",
                .citation = "i",
                .date = "2024-01-01",
                .description = "d"};
  EXPECT_THAT(EnglishCard(facts), Not(HasSubstr("Not said")));
  EXPECT_THAT(EnglishCard(facts), HasSubstr("<https://u.example/a_b>"));
}

TEST(Card, SaysForHowManyMessagesTheLanguageIsNotTold) {
  ReleaseFacts facts;
  facts.statistics.message_languages = {{"en", 3}, {"und", 1}};
  EXPECT_THAT(EnglishCard(facts), HasSubstr("For 1 of 4 messages (25.0%) it would not say"));
  EXPECT_THAT(ChineseCard(facts), HasSubstr("4 条消息中有 1 条（25.0%）无法判断"));
  facts.statistics.message_languages = {{"und", 4}};
  EXPECT_THAT(EnglishCard(facts), HasSubstr("Languages were not told"));
}

TEST(Card, DataCannotBecomeMarkup) {
  const ReleaseFacts facts = WriteSampleRelease(SampleFolder("markup"), {});
  const std::string card = EnglishCard(facts);
  EXPECT_THAT(card, Not(HasSubstr("</script>")));
  EXPECT_THAT(card, HasSubstr("&lt;/script>&lt;b>odd\\|model"));
}

TEST(Card, BothTonguesHaveTheSameSectionsAndNumbers) {
  const ReleaseFacts facts =
      WriteSampleRelease(SampleFolder("tongues"), {.profile = Profile::kExtended});
  const auto skeleton = [](const std::string& card) {  // Headings and table rows, by length.
    std::vector<std::string> lines;
    for (size_t at = card.find("\n# "); at < card.size();) {
      const size_t end = card.find('\n', at + 1);
      const std::string line = card.substr(at + 1, end - at - 1);
      if (line.starts_with("#")) lines.push_back(line.substr(0, line.find(' ')));
      if (line.starts_with("|")) lines.emplace_back("|");
      at = end;
    }
    return lines;
  };
  EXPECT_EQ(skeleton(EnglishCard(facts)), skeleton("\n" + ChineseCard(facts)));
}

TEST(Card, SizeCategoriesAreTheHubs) {
  EXPECT_EQ(SizeCategory(0), "n<1K");
  EXPECT_EQ(SizeCategory(999), "n<1K");
  EXPECT_EQ(SizeCategory(1'000), "1K<n<10K");
  EXPECT_EQ(SizeCategory(1'000'000), "1M<n<10M");
  EXPECT_EQ(SizeCategory(5'000'000'000), "n>1B");
}

TEST(Markdown, NumbersReadWell) {
  EXPECT_EQ(WithCommas(0), "0");
  EXPECT_EQ(WithCommas(999), "999");
  EXPECT_EQ(WithCommas(1'234'567), "1,234,567");
  EXPECT_EQ(WithCommas(-1'000), "-1,000");
  EXPECT_EQ(WithCommas(-100), "-100");
  EXPECT_EQ(ShareOf(1, 8), "12.5%");
  EXPECT_EQ(ShareOf(0, 0), "0.0%");
  EXPECT_EQ(AverageOf(5, 2), "2.5");
}

TEST(Markdown, ACodeBlockHoldsItsText) {
  EXPECT_EQ(CodeBlock("a ``` b", "text"), "````text\na ``` b\n````\n");
}

TEST(Manifest, ReadsBackWhatVerifyNeeds) {
  const std::string folder = SampleFolder("manifest");
  const ReleaseFacts facts = WriteSampleRelease(folder, {.profile = Profile::kExtended});
  const Manifest manifest = ReadManifest(ReadWholeFile(folder + "/manifest.json").value()).value();
  EXPECT_EQ(manifest.profile, Profile::kExtended);
  EXPECT_TRUE(manifest.redaction_enabled);
  EXPECT_EQ(manifest.redaction_types, facts.redaction_types);
  EXPECT_EQ(manifest.statistics, facts.statistics);
  ASSERT_EQ(manifest.shards.size(), 2);
  EXPECT_EQ(manifest.shards[1].rows, 2);
  EXPECT_EQ(manifest.files.front().path, "README.md");
  EXPECT_THAT(ReadManifest("{\"form\": 9}").error().message, HasSubstr("form 9"));
  EXPECT_THAT(ReadManifest("{}").error().message, HasSubstr("form"));
  EXPECT_THAT(ReadManifest("{\"form\": 1}").error().message, HasSubstr("/profile"));
}

TEST(Manifest, EqualFactsGiveEqualBytesAndNameNoPlace) {
  const std::string first = SampleFolder("place1");
  const std::string second = SampleFolder("place2");
  WriteSampleRelease(first, {});
  WriteSampleRelease(second, {});
  const std::string manifest = ReadWholeFile(first + "/manifest.json").value();
  EXPECT_EQ(manifest, ReadWholeFile(second + "/manifest.json").value());
  EXPECT_THAT(manifest, Not(HasSubstr("place1")));
}

TEST(Croissant, NamesEveryShardWithItsHash) {
  const ReleaseFacts facts = WriteSampleRelease(SampleFolder("croissant"), {});
  JsonParser parser;
  const std::string json = CroissantJson(facts);
  const JsonElement root = parser.Parse(json).value();
  const std::string_view hash = root.at_pointer("/distribution/1/sha256");
  EXPECT_EQ(hash, facts.shards[1].sha256);
  const std::string_view step =
      root.at_pointer("/recordSet/0/field/5/subField/0/subField/1/source/transform/1/jsonPath");
  EXPECT_EQ(step, "\"harassment/threatening\"");
}

}  // namespace
}  // namespace parley
