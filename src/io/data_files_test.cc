#include "io/data_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "io/file.h"

namespace parley {
namespace {

TEST(FindDataFile, LooksWhereTheVariableSaysFirst) {
  const std::string folder = testing::TempDir() + "/parley_data_files_test";
  ASSERT_TRUE(MakeFolder(folder + "/lid176"));
  ASSERT_TRUE(WriteWholeFile(folder + "/lid176/lid.176.ftz", "mine"));
  setenv("PARLEY_DATA", folder.c_str(), 1);
  EXPECT_EQ(FindDataFile("lid176/lid.176.ftz").value(), folder + "/lid176/lid.176.ftz");
  unsetenv("PARLEY_DATA");
  EXPECT_NE(FindDataFile("lid176/lid.176.ftz").value(), folder + "/lid176/lid.176.ftz");
  ASSERT_TRUE(RemoveTree(folder));
}

TEST(FindDataFile, FindsWhatTheBuildMade) {
  const std::string path = FindDataFile("lid176/lid.176.ftz").value();
  EXPECT_EQ(ReadWholeFile(path).value().size(), 938'013U);
}

TEST(FindDataFile, SaysWhereItLooked) {
  setenv("PARLEY_DATA", "/nowhere/at/all", 1);
  const auto found = FindDataFile("no/such.file");
  unsetenv("PARLEY_DATA");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Code::kNotFound);
  EXPECT_THAT(found.error().message, testing::HasSubstr("no/such.file"));
  EXPECT_THAT(found.error().message, testing::HasSubstr("/nowhere/at/all, "));
}

}  // namespace
}  // namespace parley
