#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "parley/dedupe.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr const char* kReference = PARLEY_SOURCE_FOLDER "/tests/datatrove/reference.jsonl";

std::string PathFor(const std::string& name) {
  return testing::TempDir() + "like-datatrove-" + std::to_string(getpid()) + "-" + name;
}

// The answers' lines.
std::vector<std::string> Dedupe(const std::string& path, const DedupeOptions& options) {
  std::string out;
  const auto keep = [&](std::string_view bytes) -> Status {
    out += bytes;
    return {};
  };
  const auto summary = DedupeFiles({path}, options, keep, nullptr);
  EXPECT_TRUE(summary.has_value());
  std::vector<std::string> lines;
  std::istringstream stream(out);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// What datatrove answers (tests/datatrove/make_reference.py), in our words.
std::vector<std::string> DatatrovesAnswers() {
  std::vector<std::string> answers;
  std::ifstream file(kReference);
  JsonParser parser;
  for (std::string line; std::getline(file, line);) {
    const JsonElement row = parser.Parse(line).value();
    const int64_t group = row["group"].get_int64().value();
    JsonWriter json;
    json.BeginObject().Key("id").Null().Key("group");
    group < 0 ? json.Null() : json.Int(group);
    json.Key("size").Int(row["size"].get_int64().value());
    json.Key("kept").Bool(row["kept"].get_bool().value()).Key("likeness").Null().End();
    answers.push_back(json.text());
  }
  return answers;
}

TEST(DedupeLikeDatatrove, AnswersAsDatatroveWithAnyThreadsAndMemory) {
  const auto want = DatatrovesAnswers();
  ASSERT_GT(want.size(), 200U);
  EXPECT_EQ(Dedupe(kReference, {.like = "datatrove", .threads = 1}), want);
  EXPECT_EQ(Dedupe(kReference, {.like = "datatrove", .threads = 3, .memory_bytes = 1 << 16}), want);
}

TEST(DedupeLikeDatatrove, PutsTheUsersMessagesTogether) {
  const std::string path = PathFor("messages.jsonl");
  std::ofstream(path) << R"({"id":"a","text":"please bake me\na small cake now"})"
                      << "\n"
                      << R"({"id":"b","messages":[{"role":"user","content":"please bake me"},)"
                      << R"({"role":"assistant","content":"What?"},)"
                      << R"({"role":"user","content":"a small cake now"}]})"
                      << "\n"
                      << "no JSON\n"
                      << R"({"id":"d","text":"hi"})"
                      << "\n";
  const auto answers = Dedupe(path, {.like = "datatrove"});
  ASSERT_EQ(answers.size(), 4U);
  EXPECT_EQ(answers[0], R"({"id":"a","group":0,"size":2,"kept":true,"likeness":null})");
  EXPECT_EQ(answers[1], R"({"id":"b","group":0,"size":2,"kept":false,"likeness":null})");
  EXPECT_THAT(answers[2], testing::HasSubstr("error"));
  EXPECT_EQ(answers[3], R"({"id":"d","group":null,"size":1,"kept":true,"likeness":null})");
}

TEST(DedupeLikeDatatrove, RefusesWhatOnlyVerifiedPairsCanSay) {
  const auto drop = [](std::string_view) -> Status { return {}; };
  EXPECT_FALSE(DedupeFiles({kReference}, {.like = "text-dedup"}, drop, nullptr));
  EXPECT_FALSE(DedupeFiles({kReference}, {.like = "datatrove", .exact_only = true}, drop, nullptr));
  EXPECT_FALSE(DedupeFiles({kReference}, {.like = "datatrove", .pairs_path = PathFor("pairs")},
                           drop, nullptr));
}

}  // namespace
}  // namespace parley
