// Every sample of every dialect, through every dialect.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "formats/dialect.h"

namespace parley {
namespace {

// tests/corpus/dialects/DIALECT.NAME.json
struct Sample {
  std::string dialect;
  std::string name;
  std::string json;
};

std::vector<Sample> Samples() {
  const std::filesystem::path root =
      std::filesystem::path(PARLEY_SOURCE_FOLDER) / "tests/corpus/dialects";
  std::vector<Sample> samples;
  for (const auto& file : std::filesystem::directory_iterator(root)) {
    std::ifstream stream(file.path());
    std::ostringstream text;
    text << stream.rdbuf();
    const std::string name = file.path().filename().string();
    samples.push_back({name.substr(0, name.find('.')), name, text.str()});
  }
  std::ranges::sort(samples, {}, &Sample::name);
  return samples;
}

TEST(DialectSamples, EachIsClaimedByItsOwnDialectAboveAllOthers) {
  const auto samples = Samples();
  ASSERT_GE(samples.size(), 30U);
  for (const Sample& sample : samples) {
    SCOPED_TRACE(sample.name);
    for (const DialectInfo& info : DialectCatalogue()) {
      const double score = info.recognise(sample.json);
      if (info.name == sample.dialect) {
        EXPECT_GE(score, 0.6);
      } else {
        EXPECT_LT(score, 0.3) << "claimed by " << info.name;
      }
    }
  }
}

TEST(DialectSamples, EachOtherDialectRefusesWithoutAClaim) {
  // Reading with the wrong dialect must end in an error or a reason, or in whole conversations:
  // reasons and conversations go together.
  for (const Sample& sample : Samples()) {
    for (const DialectInfo& info : DialectCatalogue()) {
      SCOPED_TRACE(sample.name + " as " + std::string(info.name));
      ParsedRecord parsed;
      const Status read = info.make({})->Parse({.json = sample.json}, parsed);
      EXPECT_EQ(parsed.reasons.size(), parsed.conversations.size());
      if (!read) {
        EXPECT_TRUE(parsed.conversations.empty());
        EXPECT_FALSE(read.error().message.empty());
      } else {
        EXPECT_NE(parsed.conversations.empty(), parsed.reason.name.empty());
      }
    }
  }
}

TEST(DialectSamples, NoDialectClaimsWhatIsNoLog) {
  for (const std::string_view json :
       {"", "{}", "[]", "null", "7", "\"text\"", "[{}]", R"({"text":"Hello"})", "{\"messages\":1}",
        R"({"messages":[]})", R"({"name":"x","age":7})", R"({"type":"chat"})", "{\"conversation",
        R"({"id":1,"user":{"id":2},"created_at":"2020-01-01","text":"a tweet"})"}) {
    for (const DialectInfo& info : DialectCatalogue()) {
      EXPECT_LT(info.recognise(json), 0.5) << json << " claimed by " << info.name;
    }
  }
}

}  // namespace
}  // namespace parley
