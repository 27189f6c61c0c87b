// The main job as a whole, on logs small enough to work out by hand what must become of them.

#include "parley/curate.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>

#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>

#include "formats/parquet_table.h"
#include "io/digest.h"
#include "io/file.h"
#include "release/ledger.h"

namespace parley {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

using Pairs = std::vector<std::pair<std::string, std::string>>;  // Question and answer.

std::string Event(const std::string& id, int seconds, const Pairs& turns,
                  const std::string& ip = "198.18.0.1") {
  std::string messages;
  for (const auto& [question, answer] : turns) {
    messages += fmt::format(R"({}["USER", "{}"], ["ASSISTANT", "{}"])",
                            messages.empty() ? "" : ", ", question, answer);
  }
  return fmt::format(
      R"({{"tstamp": {}.5, "type": "chat", "model": "vicuna-13b", "gen_params": {{}}, "start": 1.0, )"
      R"("finish": 2.0, "state": {{"template_name": "t", "system_message": "", "roles": ["USER", )"
      R"("ASSISTANT"], "messages": [{}], "offset": 0, "conv_id": "{}", "model_name": "m"}}, )"
      R"("ip": "{}"}})"
      "\n",
      1'682'337'600 + seconds, messages, id, ip);
}

// Does something when the write pass begins.
struct AtWrite final : Progress {
  std::function<void()> act;
  void Begin(std::string_view pass, int64_t) override {
    if (pass == "write") act();
  }
  void Advance(int64_t, int64_t) override {}
  void End() override {}
  void Note(std::string_view) override {}
};

// A folder of its own for each test.
class CurateTest : public testing::Test {
 public:
  CurateTest() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::path(testing::TempDir()) / fmt::format("curate_{}", info->name());
    fs::remove_all(root_);
    fs::create_directories(root_ / "logs");
  }
  ~CurateTest() override {
    SetFaultHook({});
    fs::remove_all(root_);
  }

 protected:
  void WriteLog(const std::string& name, const std::string& text) const {
    ASSERT_TRUE(WriteWholeFile((root_ / "logs" / name).string(), text).has_value());
  }

  CurateRequest Request(const std::string& out = "run") const {
    return {.inputs = {(root_ / "logs").string()},
            .out = (root_ / out).string(),
            .key_path = Key(),
            .threads = 2};
  }

  std::string Key() const {
    const std::string path = (root_ / "key").string();
    EXPECT_TRUE(WriteWholeFile(path, "a key of our own, long enough\n").has_value());
    return path;
  }

  std::string Path(const std::string& name) const { return (root_ / name).string(); }

  // Conversation id and the first message's text of each released row, in order.
  Pairs Released(const std::string& out = "run") const {
    Pairs rows;
    const auto names = ListFolder(Path(out + "/release/data")).value();
    for (const std::string& name : names) {
      const auto table = ParquetTable::Open(Path(out + "/release/data/" + name)).value();
      for (int64_t group = 0; group < table->row_groups(); ++group) {
        const TableBlock block = table->Read(group, {"conversation_id", "conversation"}).value();
        for (int64_t row = 0; row < block.rows(); ++row) {
          const TableValue first = block.At(1, row).Element(0);
          rows.emplace_back(block.At(0, row).String(), first.Field(0).String());
        }
      }
    }
    return rows;
  }

  std::vector<LedgerRow> Ledger(const std::string& out = "run") const {
    std::vector<LedgerRow> rows;
    const auto paths = LedgerFiles(Path(out + "/private/ledger")).value();
    for (const std::string& path : paths) {
      const auto reader = LedgerReader::Open(path).value();
      while (auto row = reader->Next().value()) rows.push_back(std::move(*row));
    }
    return rows;
  }

  // Every file of the release, and the ledger, by name.
  std::map<std::string, std::string> Hashes(const std::string& out) const {
    std::map<std::string, std::string> hashes;
    for (const char* part : {"release", "private/ledger"}) {
      for (const auto& entry : fs::recursive_directory_iterator(root_ / out / part)) {
        if (!entry.is_regular_file()) continue;
        hashes[fs::relative(entry.path(), root_ / out).string()] =
            Sha256OfFile(entry.path().string()).value();
      }
    }
    return hashes;
  }

  // Two days of two servers: growing snapshots, a failed answer, bad lines, an equal pair.
  void WriteUsualLogs() const {
    std::string first = Event("c1", 10, {{"hello", "hi"}});
    first += Event("c2", 20, {{"what is 2+2?", "4"}}, "198.18.0.2");
    first += Event("c1", 30, {{"hello", "hi"}, {"and then?", "that is all"}});
    first += "{\"tstamp\": 1, \"type\"\n";
    WriteLog("a.json", first);
    std::string second = Event("c1", 40,
                               {{"hello", "hi"},
                                {"more",
                                 "**NETWORK ERROR DUE TO HIGH TRAFFIC. PLEASE "
                                 "REGENERATE OR REFRESH THIS PAGE.**"}});
    second += Event("c3", 50, {{"what is 2+2?", "4"}}, "198.18.0.3");
    second += Event("c4", 60, {{"write to ann.lee@mail.net", "I wrote to ann.lee@mail.net"}});
    WriteLog("b.json", second);
    WriteLog("notes.txt", "not a log\n");
  }

  fs::path root_;
};

TEST_F(CurateTest, KeepsTheLastValidSnapshotAndAccountsForEveryRecord) {
  WriteUsualLogs();
  const auto summary = Curate(Request(), nullptr);
  ASSERT_TRUE(summary.has_value()) << Describe(summary.error());
  EXPECT_THAT(summary->outcomes,
              ElementsAre(Pair("bad", 1), Pair("dropped", 2), Pair("kept", 4), Pair("merged", 1)));
  EXPECT_THAT(
      summary->reasons,
      ElementsAre(Pair("read.unknown_format", 1), Pair("read.unreadable", 1),
                  Pair("service_errors.network_error", 1), Pair("snapshots.newer_snapshot", 1)));
  const std::vector<LedgerRow> ledger = Ledger();
  ASSERT_EQ(ledger.size(), 8U);
  for (size_t i = 0; i < ledger.size(); ++i) EXPECT_EQ(ledger[i].sequence, static_cast<int64_t>(i));
  EXPECT_EQ(ledger[0].merged_into, 2);  // The first snapshot lives on in the third line.
  EXPECT_EQ(ledger[3].outcome, "bad");
  EXPECT_EQ(ledger[3].file, "a.json");
  EXPECT_EQ(ledger[3].line, 4);
  EXPECT_EQ(ledger[3].begin_byte, ledger[2].begin_byte + ledger[2].size_bytes + 1);
  EXPECT_EQ(ledger[6].row, 3);
  const Pairs rows = Released();
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].second, "what is 2+2?");
  EXPECT_EQ(rows[1].second, "hello");
  EXPECT_EQ(rows[3].second, "write to EMAIL_1");
  EXPECT_EQ(rows[3].first, ledger[6].release_id);
  EXPECT_FALSE(Exists(Path("run/private/work")));
}

TEST_F(CurateTest, TheBytesDependOnNeitherThreadsNorMemoryNorFolder) {
  WriteUsualLogs();
  std::string many;
  for (int i = 0; i < 3000; ++i) {
    many += Event(fmt::format("m{}", i % 1500), 100 + i,
                  {{fmt::format("question {}", i % 700), "an answer"}});
  }
  WriteLog("many.json", many);
  CurateRequest request = Request("one");
  request.threads = 1;
  ASSERT_TRUE(Curate(request, nullptr).has_value());
  const auto expected = Hashes("one");
  request = Request("four");
  request.threads = 4;
  request.memory_bytes = int64_t{256} << 20;
  ASSERT_TRUE(Curate(request, nullptr).has_value());
  EXPECT_EQ(Hashes("four"), expected);
  EXPECT_GE(expected.size(), 7U);
}

TEST_F(CurateTest, AFinishedRunIsLeftAsItIs) {
  WriteUsualLogs();
  ASSERT_TRUE(Curate(Request(), nullptr).has_value());
  const auto before = fs::last_write_time(root_ / "run/release/manifest.json");
  const auto again = Curate(Request(), nullptr);
  ASSERT_TRUE(again.has_value()) << Describe(again.error());
  EXPECT_TRUE(again->already_done);
  EXPECT_EQ(again->kept, 4);
  EXPECT_EQ(fs::last_write_time(root_ / "run/release/manifest.json"), before);
}

TEST_F(CurateTest, WhatAKillBehindTheEndLeftIsWiped) {
  WriteUsualLogs();
  ASSERT_TRUE(Curate(Request(), nullptr).has_value());
  fs::create_directories(root_ / "run/private/work/scan");
  ASSERT_TRUE(Curate(Request(), nullptr).has_value());
  EXPECT_FALSE(Exists(Path("run/private/work")));
}

TEST_F(CurateTest, APieceThatALossOfPowerCutShortIsScannedAgain) {
  WriteUsualLogs();
  ASSERT_TRUE(Curate(Request("whole"), nullptr).has_value());
  CurateRequest request = Request();
  request.dry_run = true;
  ASSERT_TRUE(Curate(request, nullptr).has_value());
  fs::resize_file(root_ / "run/private/work/scan/000000.rows", 100);
  fs::resize_file(root_ / "run/private/work/scan/000001.rows", 0);
  request.dry_run = false;
  ASSERT_TRUE(Curate(request, nullptr).has_value());
  EXPECT_EQ(Hashes("run"), Hashes("whole"));
}

TEST_F(CurateTest, AnotherRecipeInTheSameFolderIsRefused) {
  WriteUsualLogs();
  ASSERT_TRUE(Curate(Request(), nullptr).has_value());
  CurateRequest other = Request();
  other.settings = {{"sample.count", "1"}};
  const auto refused = Curate(other, nullptr);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::kConflict);
}

TEST_F(CurateTest, TwoRunsAtWorkInOneFolderAreRefused) {
  WriteUsualLogs();
  std::string said;
  AtWrite intruder;
  intruder.act = [&] {
    const auto second = Curate(Request(), nullptr);
    if (!second) said = second.error().message;
  };
  EXPECT_TRUE(Curate(Request(), &intruder).has_value());
  EXPECT_THAT(said, HasSubstr("another run is at work"));
}

TEST_F(CurateTest, AnInputThatChangesBetweenThePassesIsAnError) {
  WriteUsualLogs();
  AtWrite changer;
  changer.act = [&] { WriteLog("b.json", Event("c9", 50, {{"another", "thing"}})); };
  const auto summary = Curate(Request(), &changer);
  ASSERT_FALSE(summary.has_value());
  EXPECT_EQ(summary.error().code, Code::kChanged);
  EXPECT_THAT(summary.error().place.file, HasSubstr("b.json"));
  EXPECT_FALSE(Exists(Path("run/release")));
}

TEST_F(CurateTest, WrongUseLeavesTheFolderUntouched) {
  WriteUsualLogs();
  CurateRequest request = Request();
  request.settings = {{"message_length.max_codepoints", "3"}};
  EXPECT_FALSE(Curate(request, nullptr).has_value());
  request = Request();
  request.inputs = {Path("nowhere")};
  EXPECT_FALSE(Curate(request, nullptr).has_value());
  request = Request();
  request.settings = {{"opt_out.ids", Path("missing.txt")}};
  EXPECT_FALSE(Curate(request, nullptr).has_value());
  EXPECT_FALSE(Exists(Path("run")));

  fs::create_directories(root_ / "run");
  ASSERT_TRUE(WriteWholeFile(Path("run/thesis.tex"), "mine").has_value());
  const auto refused = Curate(Request(), nullptr);
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().message, HasSubstr("thesis.tex"));
  EXPECT_THAT(ListFolder(Path("run")).value(), ElementsAre("thesis.tex"));
}

TEST_F(CurateTest, OptOutsDuplicatesAndSampleAreObeyed) {
  WriteUsualLogs();
  ASSERT_TRUE(WriteWholeFile(Path("users.txt"), "# them\n198.18.0.2\n").has_value());
  CurateRequest request = Request("opt");
  request.settings = {{"opt_out.users", Path("users.txt")}};
  auto summary = Curate(request, nullptr);
  ASSERT_TRUE(summary.has_value()) << Describe(summary.error());
  EXPECT_EQ(summary->reasons["opt_out.opted_out"], 1);
  EXPECT_EQ(summary->kept, 3);

  request = Request("drop");
  request.settings = {{"duplicates.policy", "drop"}};
  summary = Curate(request, nullptr);
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->reasons["duplicates.duplicate"], 1);
  for (const LedgerRow& row : Ledger("drop")) {
    if (row.reason == "duplicate") {
      EXPECT_EQ(row.merged_into, 1);
    }
  }

  request = Request("sample");
  request.settings = {{"sample.count", "2"}, {"sample.seed", "7"}};
  summary = Curate(request, nullptr);
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->kept, 2);
  EXPECT_EQ(summary->reasons["sample.not_sampled"], 2);
}

// A model that is cut is no model: nobody may believe that names were redacted.
TEST_F(CurateTest, RefusesNamesWithoutTheirModelBeforeAnyWork) {
  WriteUsualLogs();
  const std::string data = Path("data");
  fs::create_directories(data + "/encoder");
  ASSERT_TRUE(WriteWholeFile(data + "/encoder/weights.safetensors", "cut").has_value());
  ASSERT_TRUE(WriteWholeFile(data + "/encoder/vocabulary.tsv", "<s>\t0\n").has_value());
  ASSERT_EQ(setenv("PARLEY_DATA", data.c_str(), 1), 0);
  CurateRequest request = Request();
  request.settings = {{"names.enabled", "true"}, {"moderation.backend", "carry"}};
  const auto refused = Curate(request, nullptr);
  request.settings = {
      {"names.enabled", "true"}, {"redact.enabled", "false"}, {"moderation.backend", "carry"}};
  const auto unredacted = Curate(request, nullptr);
  request = Request("without");
  request.settings = {{"names.enabled", "false"}, {"moderation.backend", "carry"}};
  const auto without = Curate(request, nullptr);
  ASSERT_EQ(unsetenv("PARLEY_DATA"), 0);
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().message, HasSubstr("[names]"));
  EXPECT_THAT(refused.error().message, HasSubstr("--without-names"));
  EXPECT_TRUE(unredacted.has_value()) << "a recipe without redaction needs no model";
  EXPECT_TRUE(without.has_value());
}

// Whoever opts out under one address has done so for the snapshots under another.
TEST_F(CurateTest, AnOptOutInOneSnapshotTakesTheConversation) {
  WriteLog("a.json", Event("c1", 10, {{"hello", "hi"}}, "198.18.0.1") +
                         Event("c1", 20, {{"hello", "hi"}, {"more", "yes"}}, "198.18.0.2") +
                         Event("c2", 30, {{"something", "else"}}, "198.18.0.3"));
  ASSERT_TRUE(WriteWholeFile(Path("users.txt"),
                             "\xEF\xBB\xBF"
                             "198.18.0.2\r\n")
                  .has_value());
  CurateRequest request = Request();
  request.settings = {{"opt_out.users", Path("users.txt")}};
  auto summary = Curate(request, nullptr);
  ASSERT_TRUE(summary.has_value()) << Describe(summary.error());
  EXPECT_EQ(summary->reasons["opt_out.opted_out"], 2);
  const Pairs rows = Released();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].second, "something");
}

TEST_F(CurateTest, WhatTheRunWritesIsNoInput) {
  WriteUsualLogs();
  CurateRequest request = Request("logs/run");
  request.dry_run = true;
  ASSERT_TRUE(Curate(request, nullptr).has_value());
  request.dry_run = false;
  const auto summary = Curate(request, nullptr);
  ASSERT_TRUE(summary.has_value()) << Describe(summary.error());
  EXPECT_EQ(summary->input_files, 3);
  EXPECT_TRUE(Curate(request, nullptr)->already_done);
}

TEST_F(CurateTest, StrictIsNotFooledByAnEarlierRun) {
  WriteUsualLogs();
  CurateRequest request = Request();
  request.dry_run = true;
  ASSERT_TRUE(Curate(request, nullptr).has_value());
  request.dry_run = false;
  request.strict = true;
  EXPECT_FALSE(Curate(request, nullptr).has_value());
  request.strict = false;
  ASSERT_TRUE(Curate(request, nullptr).has_value());
  request.strict = true;
  EXPECT_FALSE(Curate(request, nullptr).has_value());
}

// A hash of the raw words would tell whoever guesses them right.
TEST_F(CurateTest, TheReleasedIdAndModelSayNothingOfWhatWasRedacted) {
  const auto id_for = [&](const std::string& address, const std::string& out) {
    std::string log = Event("c1", 10, {{"write to " + address, "done"}});
    log.replace(log.find("vicuna-13b"), 10, "ft:" + address);
    WriteLog("a.json", log);
    EXPECT_TRUE(Curate(Request(out), nullptr).has_value());
    const auto summary = Curate(Request(out), nullptr);
    EXPECT_EQ(summary->models.begin()->first, "ft:EMAIL_1");
    return Released(out).at(0).first;
  };
  EXPECT_EQ(id_for("ann.lee@mail.net", "one"), id_for("bob.ray@mail.net", "two"));
}

TEST_F(CurateTest, ADryRunSaysWhatARunWouldDo) {
  WriteUsualLogs();
  CurateRequest request = Request();
  request.dry_run = true;
  const auto dry = Curate(request, nullptr);
  ASSERT_TRUE(dry.has_value()) << Describe(dry.error());
  EXPECT_FALSE(Exists(Path("run/release")));
  const auto wet = Curate(Request(), nullptr);
  ASSERT_TRUE(wet.has_value()) << Describe(wet.error());
  EXPECT_EQ(dry->outcomes, wet->outcomes);
  EXPECT_EQ(dry->reasons, wet->reasons);
}

TEST_F(CurateTest, StrictStopsAtTheBadLineAndNamesIt) {
  WriteUsualLogs();
  CurateRequest request = Request();
  request.strict = true;
  const auto summary = Curate(request, nullptr);
  ASSERT_FALSE(summary.has_value());
  EXPECT_EQ(summary.error().code, Code::kBadRecord);
  EXPECT_EQ(summary.error().place.file, "a.json");
  EXPECT_EQ(summary.error().place.line, 4);
}

TEST_F(CurateTest, StandardInputIsKeptAndHeldAgainstTheNextOne) {
  WriteLog("a.json", Event("c1", 10, {{"hello", "hi"}}));
  WriteLog("b.json", Event("c2", 10, {{"hello", "hi"}}));
  CurateRequest request = Request();
  request.inputs = {"-"};
  const auto run_on = [&](const std::string& name) {
    EXPECT_NE(std::freopen(Path("logs/" + name).c_str(), "r", stdin), nullptr);
    return Curate(request, nullptr);
  };
  request.dry_run = true;
  ASSERT_TRUE(run_on("a.json").has_value());
  request.dry_run = false;
  const auto other = run_on("b.json");
  ASSERT_FALSE(other.has_value());
  EXPECT_EQ(other.error().code, Code::kChanged);
  const auto same = run_on("a.json");
  ASSERT_TRUE(same.has_value()) << Describe(same.error());
  EXPECT_EQ(Ledger().at(0).file, "stdin");
}

TEST_F(CurateTest, AnArrayThatIsCutOffGivesItsWholeElementsAndOneBadRow) {
  const std::string whole =
      R"({"id": "s1", "conversations": [{"from": "human", "value": "hello"}, )"
      R"({"from": "gpt", "value": "hi"}]})";
  WriteLog("array.json", "[" + whole + ",\n{\"id\": \"s2\", \"conversations\": [{\"from\"");
  ASSERT_TRUE(Curate(Request(), nullptr).has_value());
  const std::vector<LedgerRow> ledger = Ledger();
  ASSERT_EQ(ledger.size(), 2U);
  EXPECT_EQ(ledger[0].outcome, "kept");
  EXPECT_EQ(ledger[1].outcome, "bad");
  EXPECT_EQ(ledger[1].begin_byte, static_cast<int64_t>(whole.size()) + 3);
}

// One folder with every odd input of the issue's list: each gets its rows, and the run goes on.
TEST_F(CurateTest, OddInputsEachGetTheirRowAndTheRunGoesOn) {
  const std::string good = Event("good", 10, {{"hello", "hi"}});
  WriteLog("bom.json", "\xEF\xBB\xBF" + Event("bom", 1, {{"a question", "an answer"}}));
  WriteLog("crlf.json", good.substr(0, good.size() - 1) + "\r\n");
  WriteLog("cut.json", Event("cut", 1, {{"a", "b"}}) + good.substr(0, 60));
  WriteLog("deep.json", Event("deep", 1, {{"c", "d"}}) + std::string(10'000, '[') + "\n");
  WriteLog("empty.json", "");
  WriteLog("huge.json", Event("huge", 1, {{std::string(17'000'000, 'x'), "long"}}) +
                            Event("after", 2, {{"e", "f"}}));
  WriteLog("nul.json", Event("nul", 1, {{"g\\u0000h", "i"}}));
  WriteLog("number.json", R"({"tstamp": 1682337600.5, "type": "chat", "model": "m", "state": )"
                          R"({"messages": [["USER", "j"], ["ASSISTANT", "k"]], "offset": 0, )"
                          R"("conv_id": 17}, "ip": "198.18.0.9"})"
                          "\n");
  WriteLog("parquet.json", "PAR1 but no footer");
  WriteLog("surrogate.json", Event("lone", 1, {{"l\\ud800m", "n"}}));
  WriteLog("utf8.json", Event("utf8", 1, {{"o\xFFp", "q"}}));
  CurateRequest request = Request();
  request.settings = {{"names.enabled", "false"}};  // These texts read like names.
  const auto summary = Curate(request, nullptr);
  ASSERT_TRUE(summary.has_value()) << Describe(summary.error());

  std::map<std::string, std::vector<std::string>> fates;
  for (const LedgerRow& row : Ledger()) {
    fates[row.file].push_back(row.outcome + (row.reason.empty() ? "" : " " + row.reason));
  }
  const std::map<std::string, std::vector<std::string>> expected = {
      {"bom.json", {"kept"}},
      {"crlf.json", {"kept"}},
      {"cut.json", {"kept", "bad unreadable"}},
      {"deep.json", {"kept", "bad unreadable"}},
      {"empty.json", {"dropped unknown_format"}},
      {"huge.json", {"bad too_large", "kept"}},
      {"nul.json", {"kept"}},
      {"number.json", {"kept"}},
      {"parquet.json", {"dropped unknown_format"}},
      {"surrogate.json", {"kept"}},
      {"utf8.json", {"kept"}},
  };
  EXPECT_EQ(fates, expected);
  std::string texts;
  for (const auto& [id, text] : Released()) texts += text + "|";
  EXPECT_THAT(texts, HasSubstr("l\xEF\xBF\xBDm|"));
  EXPECT_THAT(texts, HasSubstr("o\xEF\xBF\xBDp|"));
  EXPECT_THAT(texts, HasSubstr("gh|"));  // The control character is out.
}

TEST_F(CurateTest, ALimitOfTheRecipeIsToldAndTheRunStillEnds) {
  WriteUsualLogs();
  CurateRequest request = Request();
  request.settings = {{"limits.max_bad_share", "0.1"}};
  const auto summary = Curate(request, nullptr);
  ASSERT_TRUE(summary.has_value());
  EXPECT_TRUE(summary->over_limit);  // One of eight.
  EXPECT_TRUE(Exists(Path("run/release/manifest.json")));
}

TEST_F(CurateTest, NothingKeptIsStillARelease) {
  WriteLog("a.json", "nothing here is JSON\n");
  CurateRequest request = Request();
  request.settings = {{"input.format", "fastchat"}};
  const auto summary = Curate(request, nullptr);
  ASSERT_TRUE(summary.has_value()) << Describe(summary.error());
  EXPECT_EQ(summary->kept, 0);
  EXPECT_THAT(Released(), IsEmpty());
  EXPECT_TRUE(Exists(Path("run/release/README.md")));
}

TEST_F(CurateTest, ExplainTellsEachSnapshotsFate) {
  WriteUsualLogs();
  ASSERT_TRUE(Curate(Request(), nullptr).has_value());
  const auto story = Explain(Path("run"), "c1");
  ASSERT_TRUE(story.has_value()) << Describe(story.error());
  EXPECT_THAT(*story, HasSubstr("found 3 times"));
  EXPECT_THAT(*story, HasSubstr("a newer snapshot"));
  EXPECT_THAT(*story, HasSubstr("kept as"));
  EXPECT_THAT(*story, HasSubstr("network_error"));
  EXPECT_FALSE(Explain(Path("run"), "nobody").has_value());
  EXPECT_FALSE(Explain(Path("logs"), "c1").has_value());
}

// Every call to the system fails once, in turn: nothing is taken for done that is not, and the same
// command afterwards gives what an unbroken run gives.
TEST_F(CurateTest, AFailureOfAnySystemCallIsToldAndMended) {
  WriteUsualLogs();
  CurateRequest request = Request("whole");
  request.settings = {{"tokens.enabled", "off"},
                      {"language.enabled", "off"},
                      {"names.enabled", "off"},
                      {"moderation.backend", "carry"}};  // Their models load slowly.
  request.threads = 1;
  ASSERT_TRUE(Curate(request, nullptr).has_value());
  const auto expected = Hashes("whole");
  request.out = Path("broken");
  std::mutex mutex;
  int64_t failures = 0;
  for (int64_t fail_at = 0;; ++fail_at) {
    SCOPED_TRACE(fail_at);
    ASSERT_LT(fail_at, 5000);
    fs::remove_all(root_ / "broken");
    int64_t calls = 0;
    std::string failed_call;
    SetFaultHook([&](std::string_view call, const std::string& path) {
      const std::scoped_lock lock(mutex);
      if (calls++ != fail_at) return 0;
      failed_call = fmt::format("{} {}", call, path);
      return call == "write" ? ENOSPC : EIO;
    });
    const auto summary = Curate(request, nullptr);
    SetFaultHook({});
    if (calls <= fail_at) break;  // No call was left to fail.
    SCOPED_TRACE(failed_call);
    ASSERT_FALSE(summary.has_value());
    ++failures;
    EXPECT_FALSE(summary.error().message.empty());
    const auto resumed = Curate(request, nullptr);
    ASSERT_TRUE(resumed.has_value()) << Describe(resumed.error());
    ASSERT_EQ(Hashes("broken"), expected);
  }
  EXPECT_GT(failures, 30);
}

TEST_F(CurateTest, ReleasesNothingWithACanaryInIt) {
  WriteLog("a.jsonl", Event("one", 0, {{"Where is the blue zebrafish?", "In the sea."}}) +
                          Event("two", 1, {{"Hello", "Hello"}}));
  ASSERT_TRUE(WriteWholeFile(Path("canaries"), "a red herring\nBlue Zebrafish\n").has_value());
  CurateRequest request = Request();
  request.canaries_path = Path("canaries");
  const auto summary = Curate(request, nullptr);
  ASSERT_FALSE(summary.has_value());
  EXPECT_EQ(summary.error().code, Code::kLeak);
  EXPECT_THAT(summary.error().message, HasSubstr("message 0"));
  EXPECT_THAT(summary.error().message, testing::Not(HasSubstr("zebra")));
  EXPECT_EQ(summary.error().place.line, 1);
  EXPECT_FALSE(Exists(Path("run/release")));
  EXPECT_FALSE(Curate(request, nullptr).has_value()) << "nor by the same command again";

  ASSERT_TRUE(WriteWholeFile(Path("canaries"), "a red herring\n").has_value());
  request.out = Path("other");
  EXPECT_TRUE(Curate(request, nullptr).has_value());
}

TEST_F(CurateTest, SearchesAgainForWhatItReplaced) {
  WriteLog("a.jsonl",
           Event("one", 0, {{"Call me: phone 415-736-2671", "I called 415-736-2671 at once."}}));
  ASSERT_TRUE(Curate(Request(), nullptr).has_value());
  const std::string manifest = ReadWholeFile(Path("run/release/manifest.json")).value();
  EXPECT_THAT(manifest, HasSubstr(R"("searched_values":1)"));
  EXPECT_THAT(manifest, HasSubstr(R"("kept_values":0)"));
  EXPECT_THAT(Released(), ElementsAre(Pair(testing::_, "Call me: phone PHONE_1")));
}

}  // namespace
}  // namespace parley
