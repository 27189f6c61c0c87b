// The audit as a whole: a run, its sample, verdicts, and the release with the estimate in it.

#include "parley/audit.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "io/file.h"
#include "parley/curate.h"
#include "parley/verify.h"

namespace parley {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class AuditTest : public testing::Test {
 protected:
  AuditTest() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    root_ = (fs::path(testing::TempDir()) / fmt::format("audit_{}", info->name())).string();
    fs::remove_all(root_);
    fs::create_directories(root_ + "/logs");
    std::string log;
    for (int i = 0; i < 6; ++i) {
      log += fmt::format(
          R"({{"conversation_id": "c{0}", "model": "m", "conversation": [{{"role": "user", )"
          R"("content": "Write {0} lines to mary{0}@sunmail.de for Ottoline."}}, )"
          R"({{"role": "assistant", "content": "Here are {0} of them."}}]}})"
          "\n",
          i);
    }
    Check(WriteWholeFile(root_ + "/logs/a.jsonl", log).has_value(), "no log");
    const auto done = Curate({.inputs = {root_ + "/logs"},
                              .out = Run(),
                              .settings = {{"names.enabled", "false"}, {"card.date", "2024-05-01"}},
                              .threads = 1},
                             nullptr);
    Check(done.has_value(), done ? "" : done.error().message);
  }
  ~AuditTest() override { fs::remove_all(root_); }

  std::string Run() const { return root_ + "/run"; }
  std::string Read(const std::string& name) const {
    return ReadWholeFile(Run() + "/" + name).value();
  }

  // Reads every text: the name is missed, the address in the first text no address.
  static void JudgeAll(Audit& audit) {
    bool first = true;
    for (const AuditText& text : audit.texts()) {
      AuditVerdict verdict{.text = text.id};
      const size_t name = text.text.find("Ottoline");
      if (name != std::string::npos) {
        const auto begin = static_cast<int64_t>(name);
        verdict.missed = {{begin, begin + 8, "NAME"}};
        if (first) verdict.false_tags = {0};
        first = false;
      }
      ASSERT_TRUE(audit.Judge(verdict).has_value());
    }
  }

  std::string root_;
};

TEST_F(AuditTest, GoesFromASampleToTheCard) {
  Audit audit = Audit::Open({.path = Run()}, nullptr).value();
  ASSERT_EQ(audit.texts().size(), 12U);
  JudgeAll(audit);
  const AuditEstimate estimate = audit.Estimate();
  EXPECT_EQ(estimate.read, 12);
  EXPECT_EQ(estimate.all.right, 5);
  EXPECT_EQ(estimate.all.wrong, 1);
  EXPECT_EQ(estimate.all.missed, 6);
  EXPECT_NEAR(estimate.all.recall->share, 5.0 / 11, 1e-4);
  EXPECT_NEAR(estimate.all.precision->share, 5.0 / 6, 1e-4);
  ASSERT_TRUE(audit.Publish().has_value());
  EXPECT_THAT(Read("release/README.md"), HasSubstr("### Measured on this data"));
  EXPECT_THAT(Read("release/README.md"), HasSubstr("The release is of 2024-05-01."));
  EXPECT_THAT(Read("release/README.md"), Not(HasSubstr("No error rates")));
  EXPECT_THAT(Read("release/README_zh.md"), HasSubstr("在本数据上的测量"));
  EXPECT_THAT(Read("release/report/index.html"), HasSubstr("People read 12 of 12 texts"));
  EXPECT_THAT(Read("release/manifest.json"), HasSubstr("\"audit\""));
  EXPECT_THAT(Read("private/audit/estimate.json"), HasSubstr("\"missed\":6"));
  const VerifyReport report = Verify({.path = Run()}, nullptr).value();
  EXPECT_TRUE(report.sound()) << report.findings.at(0).message;
}

TEST_F(AuditTest, ChangesNothingButWhatItSays) {
  const std::string manifest = Read("release/manifest.json");
  const std::string croissant = Read("release/croissant.json");
  const std::string card = Read("release/README.md");
  Audit audit = Audit::Open({.path = Run()}, nullptr).value();
  EXPECT_FALSE(audit.Publish().has_value()) << "nobody has read anything";
  JudgeAll(audit);
  EXPECT_EQ(Read("release/manifest.json"), manifest);
  ASSERT_TRUE(audit.Publish().has_value());
  EXPECT_EQ(Read("release/croissant.json"), croissant);
  const size_t section = card.find("\n**Searched again.**");
  EXPECT_EQ(Read("release/README.md").substr(0, section), card.substr(0, section));
  EXPECT_THAT(Read("private/releases.json"), Not(HasSubstr("\"manifest_sha256\": \"\"")));
}

TEST_F(AuditTest, GoesOnWhereItStopped) {
  {
    Audit audit = Audit::Open({.path = Run(), .size = 4, .seed = 9}, nullptr).value();
    ASSERT_EQ(audit.texts().size(), 4U);
    ASSERT_TRUE(audit.Judge({.text = audit.texts()[0].id}).has_value());
    ASSERT_TRUE(audit.Judge({.text = audit.texts()[1].id}).has_value());
    ASSERT_TRUE(audit.TakeBack(audit.texts()[1].id).has_value());
  }
  Audit audit = Audit::Open({.path = Run() + "/release"}, nullptr).value();
  ASSERT_EQ(audit.texts().size(), 4U) << "the draw of before";
  EXPECT_NE(audit.VerdictOn(0), nullptr);
  EXPECT_EQ(audit.VerdictOn(1), nullptr);
  const std::string sample = audit.Estimate().sample;
  const std::string file =
      fmt::format(R"({{"form": 1, "sample": "{}", "verdicts": [{{"text": "{}", "false_tags": [],)"
                  R"("missed": [{{"begin": 0, "end": 4, "type": "NAME"}}]}}, {{"text": "{}"}}]}})",
                  sample, audit.texts()[0].id, audit.texts()[2].id);
  ASSERT_TRUE(WriteWholeFile(root_ + "/given.json", file).has_value());
  EXPECT_EQ(audit.TakeVerdicts(root_ + "/given.json").value(), 1) << "one says otherwise now";
  EXPECT_EQ(audit.Estimate().read, 2);
  EXPECT_EQ(audit.Estimate().all.missed, 1);
  Audit other = Audit::Open({.path = Run(), .seed = 10}, nullptr).value();
  EXPECT_EQ(other.Estimate().read, 0) << "another sample has no verdicts";
  EXPECT_FALSE(other.TakeVerdicts(root_ + "/given.json").has_value());
  EXPECT_EQ(Audit::Open({.path = Run(), .seed = 9}, nullptr).value().Estimate().read, 2);
}

TEST_F(AuditTest, SaysWhatATagStandsForWithTheInputs) {
  Audit without = Audit::Open({.path = Run()}, nullptr).value();
  EXPECT_THAT(ReadWholeFile(without.page_path()).value(), Not(HasSubstr("sunmail")));
  Audit audit = Audit::Open({.path = Run(), .inputs = {root_ + "/logs"}}, nullptr).value();
  EXPECT_EQ(audit.note(), "");
  int64_t shown = 0;
  for (const AuditText& text : audit.texts()) {
    for (const AuditTag& tag : text.tags) shown += tag.original.ends_with("@sunmail.de");
  }
  EXPECT_EQ(shown, 6);
  EXPECT_THAT(ReadWholeFile(audit.page_path()).value(), HasSubstr("sunmail"));
}

TEST_F(AuditTest, SaysSoWhereTheInputsAreOthers) {
  ASSERT_TRUE(WriteWholeFile(root_ + "/logs/a.jsonl",
                             R"({"conversation_id": "c0", "model": "m", "conversation": [)"
                             R"({"role": "user", "content": "Another text."}]})"
                             "\n")
                  .has_value());
  const Audit audit = Audit::Open({.path = Run(), .inputs = {root_ + "/logs"}}, nullptr).value();
  EXPECT_THAT(audit.note(), HasSubstr("Of 12 of 12 texts"));
}

TEST_F(AuditTest, ClosesItsFolderToOthers) {
  Audit::Open({.path = Run()}, nullptr).value();
  struct stat told = {};
  ASSERT_EQ(stat((Run() + "/private/audit").c_str(), &told), 0);
  EXPECT_EQ(told.st_mode & 0777, 0700U);
}

TEST_F(AuditTest, TakesAReleaseByItself) {
  fs::create_directories(root_ + "/got");
  fs::copy(Run() + "/release", root_ + "/got/data", fs::copy_options::recursive);
  Audit audit = Audit::Open({.path = root_ + "/got/data"}, nullptr).value();
  JudgeAll(audit);
  ASSERT_TRUE(audit.Publish().has_value());
  EXPECT_TRUE(Exists(root_ + "/got/private/audit/index.html"));
  const VerifyReport report = Verify({.path = root_ + "/got/data"}, nullptr).value();
  EXPECT_TRUE(report.sound()) << report.findings.at(0).message;
  EXPECT_THAT(report.not_checked, ElementsAre(HasSubstr("no private/")));
  EXPECT_EQ(Audit::Open({.path = root_}, nullptr).error().code, Code::kNotFound);
}

}  // namespace
}  // namespace parley
