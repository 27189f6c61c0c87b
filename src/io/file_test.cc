#include "io/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <utility>

namespace parley {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class FileTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = testing::TempDir() + "/parley_file_test_" + test->name();
    ASSERT_TRUE(RemoveTree(folder_));
    ASSERT_TRUE(MakeFolder(folder_));
  }
  void TearDown() override {
    SetFaultHook(nullptr);
    ASSERT_TRUE(RemoveTree(folder_));
  }

  std::string In(const std::string& name) const { return folder_ + "/" + name; }

  std::string folder_;
};

TEST_F(FileTest, ReadsBackWhatItWrote) {
  const std::string bytes("a line\n\0 and a NUL", 18);
  ASSERT_TRUE(WriteWholeFile(In("a"), bytes));
  EXPECT_EQ(ReadWholeFile(In("a")).value(), bytes);
  EXPECT_THAT(ListFolder(folder_).value(), ElementsAre("a"));
}

TEST_F(FileTest, WritesBuffersAndLargePiecesInOrder) {
  const auto file = OutputFile::Create(In("a")).value();
  const std::string large(3 << 20, 'L');
  for (const std::string& piece : {std::string("before"), large, std::string("after")}) {
    ASSERT_TRUE(file->Write(piece));
  }
  ASSERT_TRUE(file->Commit());
  EXPECT_EQ(file->size_bytes(), (3 << 20) + 11);
  EXPECT_TRUE(ReadWholeFile(In("a")).value() == "before" + large + "after");
}

TEST_F(FileTest, StandsUnderItsNameOnlyOnceCommitted) {
  auto file = OutputFile::Create(In("a")).value();
  ASSERT_TRUE(file->Write("half"));
  EXPECT_THAT(ListFolder(folder_).value(), ElementsAre("a.part"));
  file.reset();
  EXPECT_THAT(ListFolder(folder_).value(), ElementsAre());
}

TEST_F(FileTest, ReplacesAnOlderFileWhole) {
  ASSERT_TRUE(WriteWholeFile(In("a"), "old and longer"));
  ASSERT_TRUE(WriteWholeFile(In("a"), "new"));
  EXPECT_EQ(ReadWholeFile(In("a")).value(), "new");
}

TEST_F(FileTest, ReadsAtAnOffsetAndLessAtTheEnd) {
  ASSERT_TRUE(WriteWholeFile(In("a"), "0123456789"));
  const auto input = InputBytes::Open(In("a")).value();
  std::string buffer(4, '?');
  EXPECT_EQ(input->ReadAt(3, buffer.data(), 4).value(), 4);
  EXPECT_EQ(buffer, "3456");
  EXPECT_EQ(input->ReadAt(8, buffer.data(), 4).value(), 2);
  EXPECT_EQ(buffer, "8956");
  EXPECT_EQ(input->ReadAt(10, buffer.data(), 4).value(), 0);
  EXPECT_EQ(input->size_bytes(), 10);
}

TEST_F(FileTest, SaysWhatIsMissingOrWrong) {
  const auto missing = ReadWholeFile(In("none"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Code::kNotFound);
  EXPECT_EQ(Describe(missing.error()), In("none") + ": cannot open: No such file or directory");

  const auto folder = ReadWholeFile(folder_);
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().code, Code::kInvalid);
}

TEST_F(FileTest, RefusesMoreThanItsLimit) {
  ASSERT_TRUE(WriteWholeFile(In("a"), "12345"));
  EXPECT_EQ(ReadWholeFile(In("a"), 5).value(), "12345");
  EXPECT_EQ(ReadWholeFile(In("a"), 4).error().code, Code::kTooLarge);
  // Its size is given as nought, yet it holds more than a byte.
  EXPECT_EQ(ReadWholeFile("/proc/self/status", 1).error().code, Code::kTooLarge);
  EXPECT_THAT(ReadWholeFile("/proc/self/status").value(), HasSubstr("Pid:"));
}

TEST_F(FileTest, MakesFoldersThatAreOursAlone) {
  ASSERT_TRUE(MakeFolder(In("deep/er"), true));
  struct stat info = {};
  ASSERT_EQ(stat(In("deep/er").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700U);
  EXPECT_TRUE(MakeFolder(In("deep/er"), true)) << "it may be there already";
  ASSERT_TRUE(WriteWholeFile(In("file"), ""));
  EXPECT_FALSE(MakeFolder(In("file/under")));
}

TEST_F(FileTest, RemovesTreesAndNothing) {
  ASSERT_TRUE(MakeFolder(In("tree/branch")));
  ASSERT_TRUE(WriteWholeFile(In("tree/branch/leaf"), "x"));
  EXPECT_TRUE(RemoveTree(In("tree")));
  EXPECT_FALSE(Exists(In("tree")));
  EXPECT_TRUE(RemoveTree(In("tree")));
}

TEST_F(FileTest, ListsNamesInOrder) {
  for (const char* name : {"b", "a10", "a9", "B"}) ASSERT_TRUE(WriteWholeFile(In(name), ""));
  EXPECT_THAT(ListFolder(folder_).value(), ElementsAre("B", "a10", "a9", "b"));
  EXPECT_FALSE(ListFolder(In("none")));
}

// A system call that fails, and the error that a user then reads.
struct Failing {
  const char* call;
  int error;
  const char* says;
};

class FailingFileTest : public FileTest, public testing::WithParamInterface<Failing> {
 protected:
  void Fail() {
    SetFaultHook([wanted = GetParam()](std::string_view call, const std::string&) {
      return call == wanted.call ? wanted.error : 0;
    });
  }
};

TEST_P(FailingFileTest, LeavesTheOldFileAndSaysWhy) {
  ASSERT_TRUE(WriteWholeFile(In("a"), "old"));
  Fail();
  const Status written = WriteWholeFile(In("a"), std::string(2 << 20, 'n'));
  SetFaultHook(nullptr);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Code::kIo);
  EXPECT_THAT(written.error().message, HasSubstr(GetParam().says));
  EXPECT_EQ(ReadWholeFile(In("a")).value(), "old");
  EXPECT_THAT(ListFolder(folder_).value(), ElementsAre("a")) << "the part is taken away";
}

INSTANTIATE_TEST_SUITE_P(Calls, FailingFileTest,
                         testing::Values(Failing{"open", EACCES, "cannot create"},
                                         Failing{"write", ENOSPC, "free some space"},
                                         Failing{"fsync", EIO, "cannot sync"},
                                         Failing{"close", EIO, "cannot close"},
                                         Failing{"rename", EIO, "cannot rename into place"}),
                         [](const auto& failing) { return std::string(failing.param.call); });

TEST_F(FileTest, AFailureIsFinal) {
  const auto file = OutputFile::Create(In("a")).value();
  ASSERT_TRUE(file->Write("small"));
  int calls = 0;
  SetFaultHook([&](std::string_view call, const std::string&) {
    return call == "write" && ++calls == 1 ? ENOSPC : 0;
  });
  EXPECT_FALSE(file->Write(std::string(2 << 20, 'x')));
  // The disk has room again, but what failed was not written: the file would have a hole.
  EXPECT_FALSE(file->Commit());
  EXPECT_FALSE(Exists(In("a")));
}

TEST_F(FileTest, ShortWritesAndReadsLoseNothing) {
  const std::string bytes = "the quick brown fox jumps over the lazy dog";
  SetFaultHook([](std::string_view call, const std::string&) {
    return call == "write" || call == "read" ? -7 : 0;
  });
  ASSERT_TRUE(WriteWholeFile(In("a"), bytes));
  EXPECT_EQ(ReadWholeFile(In("a")).value(), bytes);
  SetFaultHook(nullptr);
  EXPECT_EQ(ReadWholeFile(In("a")).value(), bytes);
}

TEST_F(FileTest, AFailingReadIsNoEndOfFile) {
  ASSERT_TRUE(WriteWholeFile(In("a"), "0123456789"));
  int reads = 0;
  SetFaultHook([&](std::string_view call, const std::string&) {
    if (call != "read") return 0;
    return ++reads == 1 ? -4 : EIO;  // Four bytes, then trouble.
  });
  const auto bytes = ReadWholeFile(In("a"));
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().code, Code::kIo);
  EXPECT_EQ(bytes.error().place.file, In("a"));
}

TEST_F(FileTest, ARenameSyncsBothFolders) {
  ASSERT_TRUE(MakeFolder(In("from")));
  ASSERT_TRUE(MakeFolder(In("to")));
  ASSERT_TRUE(WriteWholeFile(In("from/a"), "x"));
  std::vector<std::string> synced;
  SetFaultHook([&](std::string_view call, const std::string& path) {
    if (call == "fsync") synced.push_back(path);
    return 0;
  });
  ASSERT_TRUE(RenamePath(In("from/a"), In("to/a")));
  EXPECT_THAT(synced, ElementsAre(In("from"), In("to")));
}

}  // namespace
}  // namespace parley
