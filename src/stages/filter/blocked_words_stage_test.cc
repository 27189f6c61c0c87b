#include <gtest/gtest.h>

#include <filesystem>

#include "io/file.h"
#include "stages/stage_functions.h"
#include "stages/stage_testing.h"

namespace parley {
namespace {

// A word list in a file of its own that goes with the test.
class WordFile {
 public:
  explicit WordFile(std::string_view text)
      : path_(testing::TempDir() + "blocked_words_" +
              testing::UnitTest::GetInstance()->current_test_info()->name()) {
    EXPECT_TRUE(WriteWholeFile(path_, text).has_value());
  }
  ~WordFile() { std::filesystem::remove(path_); }
  Settings settings() const { return {{"file", path_}}; }

 private:
  std::string path_;
};

TEST(BlockedWordsStage, FindsAWordWhateverItsCaseAndVariant) {
  const WordFile file("Grumpf\n漢堡\n干燥\n");
  const auto filter = MakeFilter(BlockedWordsStage(), file.settings());
  const auto judged = [&](const char* text) { return filter->Judge(UserSays(text)).value(); };
  EXPECT_EQ(judged("What a GRUMPFY day"), Drop({"blocked_word"}));
  EXPECT_EQ(judged("我要一个汉堡"), Drop({"blocked_word"}));
  EXPECT_EQ(judged("我要一個漢堡"), Drop({"blocked_word"}));
  EXPECT_EQ(judged("乾燥"), Drop({"blocked_word"}));
  EXPECT_EQ(judged("幹燥"), Drop({"blocked_word"})) << "whatever OpenCC makes 干";
  EXPECT_EQ(judged("乾坤, 燥"), kKeep);
  EXPECT_EQ(judged("A fine day"), kKeep);
}

TEST(BlockedWordsStage, WithoutAFileBlocksNothing) {
  EXPECT_EQ(MakeFilter(BlockedWordsStage())->Judge(UserSays("anything")).value(), kKeep);
}

TEST(BlockedWordsStage, SaysWhatIsWrongWithTheFile) {
  EXPECT_NE(Objection(BlockedWordsStage(), {{"file", std::string("/nowhere/words")}}), "");
  const WordFile empty(" \n");
  EXPECT_NE(Objection(BlockedWordsStage(), empty.settings()), "");
}

}  // namespace
}  // namespace parley
