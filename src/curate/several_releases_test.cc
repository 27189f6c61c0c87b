// One run, several releases: each holds what its rules take, and the ledger accounts for all.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "formats/parquet_table.h"
#include "io/digest.h"
#include "io/file.h"
#include "parley/audit.h"
#include "parley/conversation.h"
#include "parley/curate.h"
#include "parley/verify.h"
#include "release/ledger.h"
#include "text/json.h"

namespace parley {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

constexpr std::string_view kTwo = R"(
[[release]]
name = "all"

[[release]]
name = "safe"
flagged = "none"

[release.card]
version = "2"

[card]
name = "chats"
version = "1"
)";

// A row as LMSYS-Chat-1M has it; `flags` has a letter a message: f flagged, c clean, - not judged.
std::string Row(const std::string& id, const std::string& question, std::string_view flags,
                const std::string& model = "vicuna-13b") {
  std::string tags;
  for (const char flag : flags) {
    tags += tags.empty() ? "" : ",";
    if (flag == '-') {
      tags += "null";
      continue;
    }
    JsonWriter json;
    json.BeginObject().Key("categories").BeginObject();
    for (const std::string_view category : kModerationCategories) {
      json.Key(category).Bool(flag == 'f' && category == "hate");
    }
    json.End().Key("category_scores").BeginObject();
    for (const std::string_view category : kModerationCategories) json.Key(category).Double(0.25);
    json.End().Key("flagged").Bool(flag == 'f').End();
    tags += json.text();
  }
  return fmt::format(
      R"({{"conversation_id":"{}","model":"{}","conversation":[{{"content":"{}","role":"user"}},)"
      R"({{"content":"Certainly.","role":"assistant"}}],"turn":1,"language":"English",)"
      R"("openai_moderation":[{}],"redacted":false}})"
      "\n",
      id, model, question, tags);
}

class SeveralReleases : public testing::Test {
 public:
  SeveralReleases() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::path(testing::TempDir()) / fmt::format("several_{}", info->name());
    fs::remove_all(root_);
    fs::create_directories(root_ / "logs");
    Put("key", "a key of our own, long enough\n");
  }
  ~SeveralReleases() override {
    SetFaultHook({});
    fs::remove_all(root_);
  }

 protected:
  void Put(const std::string& name, std::string_view text) const {
    ASSERT_TRUE(WriteWholeFile(Path(name), text).has_value());
  }

  std::string Path(const std::string& name) const { return (root_ / name).string(); }

  // Five rows: two clean (equal), one flagged, one not judged, one cut short.
  void PutUsualRows() const {
    Put("logs/a.jsonl", Row("c1", "Is it late?", "cc") + Row("c2", "Are they fools?", "fc") +
                            Row("c3", "Is it raining?", "c-") + Row("c4", "Is it late?", "cc") +
                            "{\"conversation_id\"\n");
  }

  CurateRequest Request(std::string_view recipe, const std::string& out = "run") const {
    Put("recipe.toml", recipe);
    return {.inputs = {Path("logs")},
            .out = Path(out),
            .recipe_path = Path("recipe.toml"),
            .settings = {{"identifiers.ids", "source"},
                         {"names.enabled", "off"},
                         {"moderation.backend", "carry"},
                         {"language.enabled", "off"}},
            .key_path = Path("key"),
            .threads = 2};
  }

  std::vector<std::string> Ids(const std::string& release) const {
    std::vector<std::string> ids;
    const std::string data = Path(release + "/data");
    const auto names = ListFolder(data).value();
    for (const std::string& name : names) {
      const auto table = ParquetTable::Open(data + "/" + name).value();
      for (int64_t group = 0; group < table->row_groups(); ++group) {
        const TableBlock block = table->Read(group, {"conversation_id"}).value();
        for (int64_t row = 0; row < block.rows(); ++row) {
          ids.emplace_back(block.At(0, row).String());
        }
      }
    }
    return ids;
  }

  std::vector<LedgerRow> Ledger(const std::string& out = "run") const {
    std::vector<LedgerRow> rows;
    const auto paths = LedgerFiles(Path(out + "/private/ledger")).value();
    for (const std::string& path : paths) {
      const auto reader = LedgerReader::Open(path).value();
      EXPECT_FALSE(reader->releases().empty());
      while (auto row = reader->Next().value()) rows.push_back(std::move(*row));
    }
    return rows;
  }

  std::map<std::string, std::string> Hashes(const std::string& folder) const {
    std::map<std::string, std::string> hashes;
    for (const auto& entry : fs::recursive_directory_iterator(root_ / folder)) {
      if (!entry.is_regular_file()) continue;
      hashes[fs::relative(entry.path(), root_ / folder).string()] =
          Sha256OfFile(entry.path().string()).value();
    }
    return hashes;
  }

  fs::path root_;
};

TEST_F(SeveralReleases, EachHoldsWhatItsRulesTake) {
  PutUsualRows();
  const auto summary = Curate(Request(kTwo), nullptr);
  ASSERT_TRUE(summary.has_value()) << Describe(summary.error());
  EXPECT_THAT(Ids("run/release/all"), ElementsAre("c1", "c2", "c3", "c4"));
  EXPECT_THAT(Ids("run/release/safe"), ElementsAre("c1", "c4"));
  EXPECT_EQ(summary->kept, 4);
  ASSERT_EQ(summary->releases.size(), 2U);
  EXPECT_EQ(summary->releases[1].name, "safe");
  EXPECT_EQ(summary->releases[1].kept, 2);
  EXPECT_THAT(ListFolder(Path("run/release")).value(), ElementsAre("all", "safe"));
}

TEST_F(SeveralReleases, TheLedgerHasAColumnForEach) {
  PutUsualRows();
  ASSERT_TRUE(Curate(Request(kTwo), nullptr).has_value());
  const std::vector<LedgerRow> ledger = Ledger();
  ASSERT_EQ(ledger.size(), 5U);
  const auto place = [](int64_t row) { return ReleasePlace{.shard = 0, .row = row}; };
  EXPECT_THAT(ledger[0].places, ElementsAre(place(0), place(0)));
  EXPECT_THAT(ledger[1].places, ElementsAre(place(1), ReleasePlace{.left_out = "flagged"}));
  EXPECT_THAT(ledger[2].places, ElementsAre(place(2), ReleasePlace{.left_out = "not_judged"}));
  EXPECT_THAT(ledger[3].places, ElementsAre(place(3), place(1)));
  EXPECT_EQ(ledger[4].outcome, "bad");
  EXPECT_THAT(ledger[4].places, IsEmpty());
  EXPECT_EQ(ledger[1].outcome, "kept");
  EXPECT_EQ(ledger[1].release_id, "c2");
}

TEST_F(SeveralReleases, WhatNoneTakesIsDroppedByName) {
  PutUsualRows();
  const auto summary =
      Curate(Request("[[release]]\nname = \"safe\"\nflagged = \"none\"\n"), nullptr);
  ASSERT_TRUE(summary.has_value()) << Describe(summary.error());
  EXPECT_THAT(summary->outcomes, ElementsAre(Pair("bad", 1), Pair("dropped", 2), Pair("kept", 2)));
  EXPECT_EQ(summary->reasons.at("release.in_none"), 2);
  const std::string manifest = ReadWholeFile(Path("run/release/safe/manifest.json")).value();
  EXPECT_THAT(manifest, HasSubstr(R"("release.flagged":1,"release.not_judged":1)"));
  EXPECT_TRUE(Verify({.path = Path("run")}, nullptr).value().sound());
}

TEST_F(SeveralReleases, CardsAndManifestsAreEachTheirOwn) {
  PutUsualRows();
  ASSERT_TRUE(Curate(Request(kTwo), nullptr).has_value());
  const std::string card = ReadWholeFile(Path("run/release/safe/README.md")).value();
  EXPECT_THAT(card, HasSubstr("# chats-safe\n"));
  EXPECT_THAT(card, HasSubstr("This is `safe`."));
  EXPECT_THAT(card, HasSubstr("- No message is flagged.\n"));
  EXPECT_THAT(ReadWholeFile(Path("run/release/all/README.md")).value(),
              HasSubstr("Nothing that was kept was left out of it."));
  EXPECT_THAT(ReadWholeFile(Path("run/release/safe/README_zh.md")).value(),
              HasSubstr("没有任何消息被标记"));
  const std::string list = ReadWholeFile(Path("run/private/releases.json")).value();
  EXPECT_THAT(list, HasSubstr("\"release/all\""));
  EXPECT_THAT(list, HasSubstr("\"release/safe\""));
  const std::string manifest = ReadWholeFile(Path("run/release/safe/manifest.json")).value();
  EXPECT_THAT(manifest, HasSubstr("\"version\": \"2\""));
  EXPECT_THAT(ReadWholeFile(Path("run/release/all/manifest.json")).value(),
              HasSubstr("\"version\": \"1\""));
}

TEST_F(SeveralReleases, WithoutRulesItsDataIsThatOfTheOnlyRelease) {
  PutUsualRows();
  ASSERT_TRUE(Curate(Request(kTwo), nullptr).has_value());
  ASSERT_TRUE(Curate(Request("", "single"), nullptr).has_value());
  EXPECT_EQ(Hashes("run/release/all/data"), Hashes("single/release/data"));
}

TEST_F(SeveralReleases, UsersAndGroupsAreCountedInEach) {
  Put("logs/a.jsonl", "");
  std::string rows;
  const auto add = [&](const char* id, const char* text, const char* flags, const char* user) {
    std::string row = Row(id, text, flags);
    row.insert(1, fmt::format(R"("user":"{}",)", user));
    rows += row;
  };
  add("c1", "One?", "cc", "ann");
  add("c2", "One?", "cc", "bob");
  add("c3", "Two?", "fc", "ann");
  add("c4", "Two?", "fc", "eve");
  Put("logs/a.jsonl", rows);
  const auto run = Curate(Request(kTwo), nullptr);
  ASSERT_TRUE(run.has_value()) << Describe(run.error());
  EXPECT_THAT(ReadWholeFile(Path("run/release/all/manifest.json")).value(),
              HasSubstr(R"("users":3,"duplicate_groups":2)"));
  EXPECT_THAT(ReadWholeFile(Path("run/release/safe/manifest.json")).value(),
              HasSubstr(R"("users":2,"duplicate_groups":1)"));
}

TEST_F(SeveralReleases, TheFirstOfEqualsIsTheFirstRead) {
  PutUsualRows();
  ASSERT_TRUE(Curate(Request("[[release]]\nname = \"unique\"\nduplicates = \"first\"\n"), nullptr)
                  .has_value());
  EXPECT_THAT(Ids("run/release/unique"), ElementsAre("c1", "c2", "c3"));
}

TEST_F(SeveralReleases, VerifyLooksAtAllAndAtEach) {
  PutUsualRows();
  ASSERT_TRUE(Curate(Request(kTwo), nullptr).has_value());
  const VerifyReport both = Verify({.path = Path("run")}, nullptr).value();
  EXPECT_TRUE(both.sound()) << both.findings.at(0).file << ": " << both.findings.at(0).message;
  EXPECT_EQ(both.rows, 6);
  EXPECT_EQ(both.ledger_rows, 5);
  EXPECT_THAT(both.not_checked, IsEmpty());
  const VerifyReport one = Verify({.path = Path("run/release/safe")}, nullptr).value();
  EXPECT_TRUE(one.sound());
  EXPECT_EQ(one.rows, 2);
  EXPECT_EQ(one.ledger_rows, 5);
}

TEST_F(SeveralReleases, VerifyFindsARowThatStandsInAnother) {
  PutUsualRows();
  ASSERT_TRUE(Curate(Request(kTwo), nullptr).has_value());
  fs::remove_all(root_ / "run/release/safe");
  fs::copy(root_ / "run/release/all", root_ / "run/release/safe", fs::copy_options::recursive);
  const VerifyReport report = Verify({.path = Path("run")}, nullptr).value();
  ASSERT_FALSE(report.sound());
  EXPECT_EQ(report.findings.back().file, "safe");
  EXPECT_THAT(report.findings.back().message, HasSubstr("holds the release \"all\""));

  fs::remove_all(root_ / "run/release/safe");
  Put("run/release/notes.txt", "mine");
  const VerifyReport other = Verify({.path = Path("run")}, nullptr).value();
  std::vector<std::string> files;
  for (const VerifyFinding& finding : other.findings) files.push_back(finding.file);
  EXPECT_THAT(files, ElementsAre("notes.txt", "safe"));
}

TEST_F(SeveralReleases, ExplainTellsWhereItStandsInEach) {
  PutUsualRows();
  ASSERT_TRUE(Curate(Request(kTwo), nullptr).has_value());
  const std::string story = Explain(Path("run"), "c2").value();
  EXPECT_THAT(story, HasSubstr("in all: shard 0, row 1"));
  EXPECT_THAT(story, HasSubstr("left out of safe: a message is flagged"));
}

TEST_F(SeveralReleases, AnAuditIsOfOneOfThem) {
  PutUsualRows();
  ASSERT_TRUE(Curate(Request(kTwo), nullptr).has_value());
  const auto unclear = Audit::Open({.path = Path("run")}, nullptr);
  ASSERT_FALSE(unclear.has_value());
  EXPECT_THAT(unclear.error().message, HasSubstr("all, safe"));
  auto audit = Audit::Open({.path = Path("run/release/safe"), .inputs = {Path("logs")}}, nullptr);
  ASSERT_TRUE(audit.has_value()) << Describe(audit.error());
  EXPECT_EQ(audit->texts().size(), 4U);
  EXPECT_EQ(audit->note(), "");
  EXPECT_TRUE(Exists(Path("run/private/audit/safe/index.html")));
  const auto before = Hashes("run/release/all");
  ASSERT_TRUE(audit->Judge({.text = audit->texts()[0].id}).has_value());
  ASSERT_TRUE(audit->Publish().has_value());
  EXPECT_EQ(Hashes("run/release/all"), before);
  const VerifyReport report = Verify({.path = Path("run")}, nullptr).value();
  EXPECT_TRUE(report.sound()) << report.findings.at(0).message;
  EXPECT_THAT(ReadWholeFile(Path("run/private/releases.json")).value(),
              HasSubstr(Sha256OfFile(Path("run/release/safe/manifest.json")).value()));
}

TEST_F(SeveralReleases, ADryRunNamesThem) {
  PutUsualRows();
  CurateRequest request = Request(kTwo);
  request.dry_run = true;
  const auto summary = Curate(request, nullptr);
  ASSERT_TRUE(summary.has_value());
  ASSERT_EQ(summary->releases.size(), 2U);
  EXPECT_EQ(summary->releases[0].name, "all");
  EXPECT_EQ(summary->releases[0].folder, "");
}

TEST_F(SeveralReleases, AFinishedRunSaysTheSameOfThem) {
  PutUsualRows();
  ASSERT_TRUE(Curate(Request(kTwo), nullptr).has_value());
  const auto again = Curate(Request(kTwo), nullptr);
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->already_done);
  ASSERT_EQ(again->releases.size(), 2U);
  EXPECT_EQ(again->releases[1].kept, 2);
}

// Long enough texts for several shards: they end in both releases at the same place.
TEST_F(SeveralReleases, BytesDependOnNeitherThreadsNorAKill) {
  std::string rows;
  for (int i = 0; i < 12'000; ++i) {
    const std::string text = fmt::format("question {} {}", i, std::string(900, 'x'));
    rows += Row(fmt::format("m{}", i), text, i % 7 == 0 ? "fc" : "cc");
  }
  Put("logs/a.jsonl", rows);
  CurateRequest request = Request(kTwo, "one");
  request.settings.insert(request.settings.end(),
                          {{"release.shard_megabytes", "1"}, {"tokens.enabled", "off"}});
  request.threads = 1;
  ASSERT_TRUE(Curate(request, nullptr).has_value());
  const auto releases = Hashes("one/release");
  const auto ledger = Hashes("one/private/ledger");
  EXPECT_GT(ListFolder(Path("one/release/safe/data")).value().size(), 1U);

  request.out = Path("killed");
  request.threads = 3;
  int64_t renames = 0;
  int64_t kills = 0;
  for (int64_t fail_at = 2;; fail_at += 3) {  // Each failure is a kill; the next run goes on.
    renames = 0;
    SetFaultHook([&](std::string_view call, const std::string&) {
      return call == "rename" && renames++ == fail_at ? EIO : 0;
    });
    const auto summary = Curate(request, nullptr);
    SetFaultHook({});
    if (summary) break;
    ++kills;
    ASSERT_LT(kills, 200);
  }
  EXPECT_GT(kills, 3);
  EXPECT_EQ(Hashes("killed/release"), releases);
  EXPECT_EQ(Hashes("killed/private/ledger"), ledger);
}

TEST_F(SeveralReleases, AReleaseThatTakesNothingIsStillOne) {
  PutUsualRows();
  const auto summary = Curate(Request("[[release]]\nname = \"all\"\n[[release]]\nname = \"none\"\n"
                                      "models = [\"nobody\"]\n"),
                              nullptr);
  ASSERT_TRUE(summary.has_value()) << Describe(summary.error());
  EXPECT_THAT(Ids("run/release/none"), IsEmpty());
  EXPECT_TRUE(Verify({.path = Path("run")}, nullptr).value().sound());
}

}  // namespace
}  // namespace parley
