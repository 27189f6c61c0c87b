#include "parley/dedupe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "curate/dedupe_line.h"

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DedupeTest : public ::testing::Test {
 protected:
  DedupeTest() {
    folder_ = (std::filesystem::temp_directory_path() / "parley-XXXXXX").string();
    Check(mkdtemp(folder_.data()) != nullptr, "no folder for a test");
    std::filesystem::create_directory(folder_ + "/spill");
  }
  ~DedupeTest() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ + "/" + name) << bytes;
    return folder_ + "/" + name;
  }

  std::vector<std::string> Answers(const std::vector<std::string>& paths,
                                   DedupeOptions options = {}) {
    options.work_folder = folder_ + "/spill";
    std::string out;
    const auto summary = DedupeFiles(
        paths, options,
        [&](std::string_view bytes) -> Status {
          out += bytes;
          return {};
        },
        nullptr);
    EXPECT_TRUE(summary.has_value()) << (summary ? "" : summary.error().message);
    if (summary) summary_ = *summary;
    EXPECT_TRUE(std::filesystem::is_empty(folder_ + "/spill")) << "spill is left behind";
    std::vector<std::string> lines;
    std::istringstream in(out);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }

  std::string folder_;
  DedupeSummary summary_;
};

TEST_F(DedupeTest, AnswersEachLineInOrder) {
  const std::string path = Write("in.jsonl",
                                 R"({"id":"a","text":"Tell me a joke"}
{"id":2,"text":"tell me a joke!!"}
{"id":"c","text":"What is the capital of France?"}
not json
{"id":"e"}

{"id":"f","messages":[{"role":"assistant","content":"tell me a joke"}]}
{"text":"  tell me\na JOKE "})");
  // The second is the longest of the first group: two code points more than the first, and one more
  // than the last.
  const std::vector<std::string> lines = Answers({path});
  ASSERT_EQ(lines.size(), 8U);
  EXPECT_EQ(lines[0], R"({"id":"a","group":0,"size":3,"kept":false,"likeness":1})");
  EXPECT_EQ(lines[1], R"({"id":2,"group":0,"size":3,"kept":false,"likeness":1})");
  EXPECT_EQ(lines[2], R"({"id":"c","group":null,"size":1,"kept":true,"likeness":1})");
  EXPECT_THAT(lines[3], HasSubstr(R"({"error":)"));
  EXPECT_EQ(lines[4],
            R"({"id":"e","error":"there is neither a string `text` nor a list `messages`"})");
  EXPECT_THAT(lines[5], HasSubstr(R"({"error":)"));
  EXPECT_EQ(lines[6], R"({"id":"f","group":null,"size":1,"kept":true,"likeness":1})");
  EXPECT_EQ(lines[7], R"({"id":null,"group":0,"size":3,"kept":true,"likeness":1})");
  EXPECT_EQ(summary_.bad_lines, 3);
  EXPECT_EQ(summary_.not_kept, 2);
}

TEST_F(DedupeTest, LikenessIsTheJaccardOfTheShingles) {
  // Pairs of words: 12 and 11 of them, 11 shared: 11/12.
  const std::string path =
      Write("in.jsonl",
            R"({"id":1,"text":"one two three four five six seven eight nine ten eleven twelve"}
{"id":2,"text":"one two three four five six seven eight nine ten eleven twelve thirteen"})");
  const std::string pairs = folder_ + "/pairs.jsonl";
  EXPECT_THAT(
      Answers({path}, {.pairs_path = pairs}),
      ElementsAre(R"({"id":1,"group":0,"size":2,"kept":false,"likeness":0.9166666666666666})",
                  R"({"id":2,"group":0,"size":2,"kept":true,"likeness":1})"));
  std::ifstream in(pairs);
  std::string line;
  std::getline(in, line);
  EXPECT_EQ(line, R"({"lines":[1,2],"ids":[1,2],"likeness":0.9166666666666666})");
}

TEST_F(DedupeTest, OverSaysWhatOfAConversationCounts) {
  const std::string path = Write(
      "in.jsonl",
      R"({"id":1,"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"yes"},{"role":"user","content":"sing"}]}
{"id":2,"conversations":[{"from":"human","value":"hi"},{"from":"gpt","value":"no"},{"from":"human","value":"sing"}]}
{"id":3,"conversation":[{"role":"user","content":"hi"}]})");
  const auto sizes = [&](const std::string& over) {
    std::vector<int> found;
    for (const std::string& line : Answers({path}, {.over = over})) {
      found.push_back(line[line.find("\"size\":") + 7] - '0');
    }
    return found;
  };
  EXPECT_THAT(sizes("user"), ElementsAre(2, 2, 1));
  EXPECT_THAT(sizes("first"), ElementsAre(3, 3, 3));
  EXPECT_THAT(sizes("conversation"), ElementsAre(1, 1, 1));
}

TEST_F(DedupeTest, FilesThreadsAndMemoryChangeNothing) {
  std::string all;
  std::string first;
  for (int i = 0; i < 4000; ++i) {
    std::string text = "please write";
    for (int k = 0; k < 12; ++k) text += " w" + std::to_string((i / 3 * 7 + k * k) % 500);
    if (i % 3 == 1) text += " again";
    if (i % 3 == 2) text += " !";
    all += "{\"id\":" + std::to_string(i) + ",\"text\":\"" + text + "\"}\n";
    if (i == 1999) first = std::exchange(all, {});
  }
  const std::string one = Write("one.jsonl", first + all);
  const std::vector<std::string> parts = {Write("a.jsonl", first), Write("b.jsonl", all)};
  const std::vector<std::string> want = Answers({one}, {.threads = 1});
  EXPECT_GT(summary_.groups, 100);
  EXPECT_EQ(Answers({one}, {.threads = 2, .memory_bytes = 1 << 20}), want);
  EXPECT_EQ(Answers(parts, {.threads = 2}), want);
}

TEST_F(DedupeTest, RefusesWrongOptions) {
  const std::string path = Write("in.jsonl", "");
  const auto message = [&](const DedupeOptions& options) {
    const auto result = DedupeFiles({path}, options, [](auto) { return Status(); }, nullptr);
    return result ? "" : result.error().message;
  };
  EXPECT_THAT(message({.over = "all"}), HasSubstr("over: \"all\""));
  EXPECT_THAT(message({.shingles = "words:0"}), HasSubstr("words:0"));
  EXPECT_THAT(message({.normalise = "case,cases"}), HasSubstr("\"cases\""));
  EXPECT_THAT(message({.threshold = 0}), HasSubstr("threshold"));
  EXPECT_THAT(message({}), IsEmpty());
}

}  // namespace
}  // namespace parley
