#include "parley/tag.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "curate/tagger.h"

namespace parley {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

std::string Tags(std::string_view line, const TagOptions& options) {
  const auto tagger = Tagger::Create(options);
  EXPECT_TRUE(tagger.has_value()) << (tagger ? "" : tagger.error().message);
  JsonParser parser;
  std::string out;
  if (tagger) tagger->TagLine(line, parser, out);
  return out;
}

TEST(Tagger, FindsPersonalDataAtBytesOfTheText) {
  // "Grüße an " is 9 code points and 11 bytes; the address has 12.
  constexpr std::string_view kLine = R"({"id":"a","text":"Grüße an ada@wald.org!"})";
  EXPECT_EQ(
      Tags(kLine, {.with = {"pii"}}),
      "{\"id\":\"a\",\"pii\":[{\"type\":\"EMAIL\",\"begin\":11,\"end\":23,\"score\":0.95}]}\n");
  EXPECT_EQ(
      Tags(kLine, {.with = {"pii"}, .code_point_offsets = true}),
      "{\"id\":\"a\",\"pii\":[{\"type\":\"EMAIL\",\"begin\":9,\"end\":21,\"score\":0.95}]}\n");
}

TEST(Tagger, NamesTheLanguage) {
  const std::string line =
      Tags(R"({"id":1,"text":"Wie spät ist es, und wann fährt der nächste Zug nach Hamburg ab?"})",
           {.with = {"language"}});
  EXPECT_THAT(line, StartsWith(R"({"id":1,"language":{"code":"de","name":"German","confidence":)"));
}

TEST(Tagger, GivesAListWithAnEntryForEachMessage) {
  const std::string line = Tags(
      R"({"id":null,"messages":[{"role":"user","content":"mail bo@dorf.net"},
          {"role":"assistant","content":null},{"role":"user","content":"bo@dorf.net"}]})",
      {.with = {"pii"}});
  EXPECT_EQ(line,
            "{\"id\":null,\"pii\":[[{\"type\":\"EMAIL\",\"begin\":5,\"end\":16,\"score\":0.95}],[],"
            "[{\"type\":\"EMAIL\",\"begin\":0,\"end\":11,\"score\":0.95}]]}\n");
}

TEST(Tagger, CountsTokens) {
  // One token each in cl100k_base, as tiktoken has it: "Hello", ",", " world".
  EXPECT_THAT(Tags(R"({"id":1,"text":"Hello, world"})", {.with = {"tokens"}}),
              MatchesRegex("\\{\"id\":1,\"tokens\":\\{\"llama2\":.*,\"cl100k\":3\\}\\}\n"));
}

TEST(Tagger, AnswersABadLineWithItsErrorAndItsId) {
  const struct {
    const char* name;
    std::string_view line;
    std::string_view want;
  } cases[] = {
      {"blank", "", "{\"error\":\"empty where a JSON value was expected\"}\n"},
      {"a list", "[1]", "{\"error\":\"a JSON object was expected\"}\n"},
      {"no text", R"({"id":{"n":5}})",
       "{\"id\":{\"n\":5},\"error\":\"there is neither a string `text` nor a list `messages`\"}\n"},
      {"a number", R"({"id":5,"text":7})", "{\"id\":5,\"error\":\"`text` is no string\"}\n"},
      {"no content", R"({"id":5,"messages":[{"content":"a"},{"role":"user"}]})",
       "{\"id\":5,\"error\":\"message 1 has no string `content`\"}\n"},
      {"no object", R"({"id":5,"messages":[3]})",
       "{\"id\":5,\"error\":\"message 0 has no string `content`\"}\n"}};
  for (const auto& [name, line, want] : cases) {
    SCOPED_TRACE(name);
    EXPECT_EQ(Tags(line, {.with = {"pii"}}), want);
  }
  EXPECT_THAT(Tags(R"({"id":1,"te)", {.with = {"pii"}}), StartsWith("{\"error\":\"not JSON"));
}

TEST(Tagger, CountsWhatItMended) {
  EXPECT_EQ(Tags("{\"id\":1,\"text\":\"a\xFF z@a.org\"}", {.with = {"pii"}}),
            "{\"id\":1,\"pii\":[{\"type\":\"EMAIL\",\"begin\":5,\"end\":12,\"score\":0.95}],"
            "\"repaired_utf8\":1}\n");
}

TEST(Tagger, RefusesAnUnknownTagBeforeAnyWork) {
  const auto tagger = Tagger::Create({.with = {"langage"}});
  ASSERT_FALSE(tagger.has_value());
  EXPECT_EQ(tagger.error().code, Code::kInvalid);
  EXPECT_EQ(tagger.error().message,
            "there is no tag \"langage\"; there are language, moderation, names, pii, tokens");
}

class TagFileTest : public ::testing::Test {
 public:
  TagFileTest() {
    std::string path = (std::filesystem::temp_directory_path() / "parley-tag-XXXXXX").string();
    Check(mkdtemp(path.data()) != nullptr, "no folder for a test");
    folder_ = path;
  }
  ~TagFileTest() override { std::filesystem::remove_all(folder_); }

 protected:
  std::string Write(std::string_view bytes) const {
    const std::string path = folder_ + "/in.jsonl";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  std::string folder_;
};

TEST_F(TagFileTest, GivesALineForEachLineInOrderAtAnyNumberOfThreads) {
  std::string input;
  for (int i = 0; i < 20'000; ++i) {
    input += i % 100 == 7 ? "bad\n"
                          : R"({"id":)" + std::to_string(i) + R"(,"text":"x)" + std::to_string(i) +
                                "@a.org\"}\n";
  }
  const std::string path = Write(input);
  std::string first;
  for (const int threads : {1, 2, 5}) {
    std::string output;
    const auto summary =
        TagFile(path, {.with = {"pii"}, .threads = threads}, [&](std::string_view bytes) -> Status {
          output += bytes;
          return {};
        });
    ASSERT_TRUE(summary.has_value());
    EXPECT_EQ(summary->lines, 20'000);
    EXPECT_EQ(summary->bad_lines, 200);
    EXPECT_EQ(summary->bytes, std::ssize(input));
    EXPECT_EQ(std::ranges::count(output, '\n'), 20'000);
    if (first.empty()) first = output;
    EXPECT_TRUE(output == first) << threads << " threads";
  }
  int64_t next = 0;  // Ids come in the order of the input.
  std::istringstream lines(first);
  for (std::string line; std::getline(lines, line); ++next) {
    const std::string want =
        next % 100 == 7 ? "{\"error\"" : "{\"id\":" + std::to_string(next) + ",\"pii\":[{";
    ASSERT_THAT(line, StartsWith(want));
  }
}

TEST_F(TagFileTest, EndsWithTheErrorOfAFailingWrite) {
  const std::string path = Write("{\"id\":1,\"text\":\"a\"}\n");
  const auto summary = TagFile(path, {.with = {"pii"}}, [](std::string_view) -> Status {
    return Fail(Code::kIo, "the disk is full");
  });
  ASSERT_FALSE(summary.has_value());
  EXPECT_EQ(summary.error().message, "the disk is full");
}

TEST_F(TagFileTest, NamesAFileThatIsNotThere) {
  const auto summary = TagFile(folder_ + "/none.jsonl", {.with = {"pii"}},
                               [](std::string_view) { return Status(); });
  ASSERT_FALSE(summary.has_value());
  EXPECT_EQ(summary.error().code, Code::kNotFound);
  EXPECT_THAT(parley::Describe(summary.error()), HasSubstr("none.jsonl"));
}

}  // namespace
}  // namespace parley
