#include "formats/inputs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/scratch_folder.h"

namespace parley {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> NamesOf(const std::vector<std::string>& inputs) {
  const auto files = FindInputs(inputs, "");
  EXPECT_TRUE(files.has_value()) << files.error().message;
  std::vector<std::string> names;
  for (const InputFile& file : *files) names.push_back(file.name);
  return names;
}

TEST(FindInputs, NamesFilesRelativeToTheirInput) {
  const ScratchFolder folder;
  const std::string b = folder.Write("logs/b.json", "{}\n");
  folder.Write("logs/a/z.json", "{}\n");
  folder.Write("logs/B.json", "{}\n");
  folder.Write("logs/.hidden", "{}\n");
  folder.Write("logs/.git/config", "{}\n");
  const std::string logs = folder.path() + "/logs";
  EXPECT_THAT(NamesOf({logs}), ElementsAre("B.json", "a/z.json", "b.json"));
  EXPECT_THAT(NamesOf({logs + "/"}), ElementsAre("B.json", "a/z.json", "b.json"));
  EXPECT_THAT(NamesOf({b, logs}), ElementsAre("b.json", "B.json", "a/z.json"));
  EXPECT_THAT(NamesOf({logs + "/.hidden"}), ElementsAre(".hidden"));
  EXPECT_THAT(NamesOf({folder.path() + "/l*s/?.json"}), ElementsAre("logs/B.json", "logs/b.json"));
  EXPECT_THAT(NamesOf({logs + "/*"}), ElementsAre("B.json", "a/z.json", "b.json"));
}

TEST(FindInputs, KeepsNamesApart) {
  const ScratchFolder folder;
  folder.Write("one/log.json", "{}\n");
  folder.Write("two/log.json", "{}\n");
  EXPECT_THAT(NamesOf({folder.path() + "/one", folder.path() + "/two", folder.path() + "/one"}),
              ElementsAre("log.json", "2/log.json"));
}

TEST(FindInputs, FollowsLinksToFilesOnce) {
  const ScratchFolder folder;
  const std::string log = folder.Write("logs/log.json", "{}\n");
  std::filesystem::create_symlink(log, folder.path() + "/logs/a_link.json");
  std::filesystem::create_directory_symlink(folder.path() + "/logs", folder.path() + "/logs/again");
  EXPECT_THAT(NamesOf({folder.path() + "/logs"}), ElementsAre("a_link.json"));
}

TEST(FindInputs, RefusesWhatIsNotThere) {
  const ScratchFolder folder;
  for (const char* input : {"/missing", "/*.json"}) {
    const auto files = FindInputs({folder.path() + input}, "");
    ASSERT_FALSE(files.has_value());
    EXPECT_EQ(files.error().code, Code::kNotFound);
    EXPECT_EQ(files.error().place.file, folder.path() + input);
  }
  EXPECT_EQ(FindInputs({"/dev/null"}, "").error().code, Code::kInvalid);
  EXPECT_THAT(NamesOf({folder.path()}), ElementsAre());
}

}  // namespace
}  // namespace parley
