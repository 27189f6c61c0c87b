#include "parley/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "release/ledger.h"
#include "release/sample_release.h"
#include "release/verify/needle_set.h"
#include "release/verify/personal_check.h"
#include "release/verify/text_check.h"

namespace parley {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// What a test spoils in an otherwise sound run.
struct Spoil {
  int64_t first_kept_row = 0;               // Where the first kept row says it stands.
  std::string release_id = "c2";            // What the second says it is.
  bool without_dropped = false;             // One row short of what the manifest counts.
  std::optional<int64_t> merged_into = {};  // Of the dropped row.
};

LedgerRow KeptRow(int64_t sequence, int64_t shard, int64_t row, std::string release_id) {
  return {.sequence = sequence,
          .conversation_id = "source",
          .user = "0123456789abcdef0123456789abcdef",
          .outcome = "kept",
          .release = "release",
          .release_id = std::move(release_id),
          .shard = shard,
          .row = row};
}

// A run with the sample release and its ledger; gives its folder.
std::string MakeRun(const std::string& name, const SampleOptions& options = {},
                    const Spoil& spoil = {}) {
  const std::string run = SampleFolder(name);
  WriteSampleRelease(run + "/release", options);
  Check(MakeFolder(run + "/private", true) && MakeFolder(run + "/private/ledger"), "no folder");
  auto ledger = LedgerWriter::Create(run + "/private/ledger/part-00000.parquet").value();
  std::vector<LedgerRow> rows = {
      KeptRow(0, 0, spoil.first_kept_row, "c1"),
      KeptRow(1, 0, 1, spoil.release_id),
      KeptRow(2, 1, 0, "c3"),
      KeptRow(3, 1, 1, options.last_id),
      {.sequence = 4, .outcome = "bad", .stage = "read", .reason = "not_json"}};
  if (!spoil.without_dropped) {
    rows.push_back({.sequence = 5,
                    .outcome = "dropped",
                    .stage = "message_length",
                    .reason = "too_long",
                    .merged_into = spoil.merged_into});
  }
  for (const LedgerRow& row : rows) Check(ledger->Append(row).has_value(), "no ledger row");
  Check(ledger->Close().has_value(), "no ledger");
  return run;
}

VerifyReport Look(const std::string& path, const std::string& canaries = "") {
  return Verify({.path = path, .canaries_path = canaries, .threads = 2}, nullptr).value();
}

std::vector<std::string> Lines(const VerifyReport& report) {
  std::vector<std::string> lines;
  for (const VerifyFinding& finding : report.findings) {
    lines.push_back(finding.file + (finding.row < 0 ? "" : ":" + std::to_string(finding.row)) +
                    ": " + finding.message);
  }
  return lines;
}

TEST(Verify, ASoundRunHasNoFindings) {
  for (const Profile profile : {Profile::kLmsysChat1m, Profile::kExtended}) {
    const VerifyReport report = Look(MakeRun("sound", {.profile = profile}));
    EXPECT_THAT(Lines(report), IsEmpty());
    EXPECT_TRUE(report.sound());
    EXPECT_EQ(report.rows, 4);
    EXPECT_EQ(report.ledger_rows, 6);
    EXPECT_EQ(report.files, 7);
    EXPECT_THAT(report.not_checked, IsEmpty());
  }
}

TEST(Verify, TakesTheReleaseItselfAndSaysWhatItCannotSee) {
  const std::string run = MakeRun("alone");
  EXPECT_TRUE(Look(run + "/release/").sound());
  std::filesystem::rename(run + "/private", run + "/elsewhere");
  const VerifyReport report = Look(run + "/release");
  EXPECT_TRUE(report.sound());
  EXPECT_THAT(report.not_checked, ElementsAre(HasSubstr("no private/")));
  EXPECT_EQ(Verify({.path = run + "/elsewhere"}, nullptr).error().code, Code::kNotFound);
}

TEST(Verify, EveryFileIsHeldAgainstTheManifest) {
  const std::string run = MakeRun("files");
  const std::string readme = run + "/release/README_zh.md";
  std::string text = ReadWholeFile(readme).value();
  text[text.size() - 2] ^= 1;
  ASSERT_TRUE(WriteWholeFile(readme, text));
  ASSERT_TRUE(WriteWholeFile(run + "/release/data/extra.txt", "x"));
  std::filesystem::remove(run + "/release/report/index.html");
  EXPECT_THAT(
      Lines(Look(run)),
      ElementsAre("README_zh.md: has another SHA-256 than the manifest says",
                  "report/index.html: is missing", "data/extra.txt: is not in the manifest"));
}

TEST(Verify, AByteChangedInAShardIsFound) {
  const std::string run = MakeRun("shard");
  const std::string shard = run + "/release/data/" + ShardName(0, 2);
  std::string bytes = ReadWholeFile(shard).value();
  bytes[bytes.size() - 3] ^= 1;  // In the closing magic: no longer Parquet.
  ASSERT_TRUE(WriteWholeFile(shard, bytes));
  const auto lines = Lines(Look(run));
  EXPECT_THAT(lines, Contains(HasSubstr("another SHA-256")));
  EXPECT_THAT(lines, Contains(HasSubstr("not readable as Parquet")));
  EXPECT_THAT(lines, Contains("manifest.json: its conversations are not those of the data"));
}

TEST(Verify, TwoRowsMayNotShareAnId) {
  const std::string run = MakeRun("twice", {.last_id = "c1"});
  EXPECT_THAT(Lines(Look(run)), ElementsAre("data/" + ShardName(1, 2) +
                                            ":1: has the conversation_id of another row"));
}

TEST(Verify, WhatThePatternsStillFindIsNamedByPlaceOnly) {
  const SampleOptions options{.last_prompt = "Mail to jane.roe@sample-mail.org now"};
  const auto lines = Lines(Look(MakeRun("personal", options)));
  ASSERT_EQ(lines.size(), 1);
  EXPECT_THAT(lines[0], HasSubstr(":1: message 0 holds an unreplaced EMAIL at bytes 8 to 32"));
  EXPECT_THAT(lines[0], Not(HasSubstr("jane")));

  SampleOptions off = options;
  off.redaction_enabled = false;
  const VerifyReport report = Look(MakeRun("switched_off", off));
  EXPECT_TRUE(report.sound());
  EXPECT_THAT(report.not_checked, ElementsAre(HasSubstr("Redaction was off")));
}

TEST(Verify, PersonalDataIsSoughtInEveryColumnOfText) {
  const std::string mail = "jane.roe@sample-mail.org";
  const auto looked = [](SampleOptions options, std::string_view column) {
    SCOPED_TRACE(column);
    options.profile = Profile::kExtended;
    const auto lines = Lines(Look(MakeRun("column", options)));
    EXPECT_THAT(lines, Contains("data/" + ShardName(1, 2) + ":1: " + std::string(column) +
                                " holds an unreplaced EMAIL"));
    EXPECT_THAT(lines, Not(Contains(HasSubstr("jane"))));
  };
  looked({.last_id = mail}, "conversation_id");
  looked({.last_model = "gpt of " + mail}, "model");
  looked({.last_language = mail}, "language");
  looked({.last_consent = "asked by " + mail}, "consent");
  looked({.last_language_code = mail}, "message_languages");
}

TEST(Verify, PersonalDataIsSoughtInTheFilesBesideTheData) {
  const auto lines =
      Lines(Look(MakeRun("files_personal", {.last_model = "m of jane.roe@sample-mail.org",
                                            .input_name = "logs of max.roe@sample-mail.org"})));
  for (const char* name : {"README.md", "README_zh.md", "report/index.html"}) {
    EXPECT_THAT(lines, Contains(testing::MatchesRegex(std::string(name) +
                                                      ": line .* holds an unreplaced EMAIL")));
  }
  EXPECT_THAT(lines, Contains("manifest.json: \"inputs\" holds an unreplaced EMAIL"));
  EXPECT_THAT(lines, Contains("manifest.json: \"statistics\" holds an unreplaced EMAIL"));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("roe"))));
}

TEST(Verify, CroissantsTextsAreSearchedToo) {
  const std::string run = MakeRun("croissant_personal");
  const std::string path = run + "/release/croissant.json";
  std::string text = ReadWholeFile(path).value();
  const std::string_view name = "\"name\": \"";
  text.insert(text.find(name) + name.size(), "max.roe\\u0040sample-mail.org ");
  ASSERT_TRUE(WriteWholeFile(path, text));
  EXPECT_THAT(
      Lines(Look(run)),
      Contains(testing::MatchesRegex("croissant.json: \"[a-z@A-Z]+\" holds an unreplaced EMAIL")));
}

TEST(Verify, WhatTheCardSaysOfTheReleaserMayStandInTheFiles) {
  const std::string run = MakeRun("contact", {.contact = "erase_me@sample-lab.org"});
  EXPECT_THAT(ReadWholeFile(run + "/release/README.md").value(), HasSubstr("sample-lab.org"));
  EXPECT_THAT(Lines(Look(run)), IsEmpty());
}

// Counts and sizes are no telephone numbers, whatever word stands before them.
TEST(Verify, NumbersOfTheReleaseAreNoPersonalData) {
  const std::string run = MakeRun("numbers");
  const std::string path = run + "/release/README.md";
  std::string text = ReadWholeFile(path).value();
  text.insert(4, "phone: 4157362671\n");
  ASSERT_TRUE(WriteWholeFile(path, text));
  EXPECT_THAT(Lines(Look(run)), Not(Contains(HasSubstr("PHONE"))));
}

TEST(Verify, NoCanaryStandsInTextsOrFiles) {
  const std::string run = MakeRun("canaries", {.last_prompt = "the Purple elephant \"sang\""});
  const std::string canaries = run + "/canaries.txt";
  ASSERT_TRUE(
      WriteWholeFile(canaries, "no such thing\r\n\npurple ELEPHANT \"sang\"\nSample \"chats\"\n"));
  const auto lines = Lines(Look(run, canaries));
  EXPECT_THAT(lines, Contains("data/" + ShardName(1, 2) +
                              ":1: line 3 of the canaries stands in \"content\""));
  EXPECT_THAT(lines, Contains("README.md: line 4 of the canaries stands in it"));
  EXPECT_THAT(lines, Contains("manifest.json: line 4 of the canaries stands in it"));
  EXPECT_THAT(lines, Contains("report/index.html: line 4 of the canaries stands in it"));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("line 1 "))));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("elephant"))));
}

TEST(Verify, NeitherKeyNorUserNorOptOutStandsInIt) {
  const std::string key = "00112233445566778899aabbccddeeff";
  const std::string run = MakeRun(
      "private", {.last_prompt = "x 0123456789ABCDEF0123456789ABCDEF y ABEiM0RVZneImaq7zN3u/w"});
  ASSERT_TRUE(WriteWholeFile(run + "/private/key", key + "\n"));
  ASSERT_TRUE(MakeFolder(run + "/private/opt_out"));
  ASSERT_TRUE(WriteWholeFile(run + "/private/opt_out/ids", "zzzzzz\nvicuna-13b\n"));
  const auto lines = Lines(Look(run));
  const std::string row = "data/" + ShardName(1, 2) + ":1: ";
  EXPECT_THAT(lines, Contains(row + "a user of the ledger stands in \"content\""));
  EXPECT_THAT(lines, Contains(row + "the key of the user ids stands in \"content\""));
  EXPECT_THAT(lines, Contains("data/" + ShardName(0, 2) +
                              ":0: line 2 of private/opt_out/ids stands in \"model\""));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("line 1 of private"))));
}

TEST(Verify, TheLedgerAddsUp) {
  EXPECT_THAT(Lines(Look(MakeRun("short", {}, {.without_dropped = true}))),
              ElementsAre(HasSubstr("its outcomes (5 rows) are not those of the manifest (6)"),
                          HasSubstr("stages and reasons")));
  EXPECT_THAT(Lines(Look(MakeRun("survivor", {}, {.merged_into = 77}))),
              ElementsAre(HasSubstr("merged into one that is not there")));
}

TEST(Verify, KeptRowsAreTheReleasesRows) {
  EXPECT_THAT(Lines(Look(MakeRun("other_id", {}, {.release_id = "c9"}))),
              ElementsAre(HasSubstr(":1: points at a row with another conversation_id"),
                          HasSubstr("1 rows of the release stand in no row of it")));
  EXPECT_THAT(Lines(Look(MakeRun("no_row", {}, {.first_kept_row = 9}))),
              ElementsAre(HasSubstr(":0: points at a row that the release does not have"),
                          HasSubstr("1 rows of the release")));
}

TEST(Verify, PrivateStaysPrivate) {
  const std::string run = MakeRun("open");
  std::filesystem::permissions(run + "/private", std::filesystem::perms::all);
  ASSERT_TRUE(WriteWholeFile(run + "/private/ledger/notes.txt", "x"));
  EXPECT_THAT(Lines(Look(run)), ElementsAre(HasSubstr("private: is open to others"),
                                            "private/ledger/notes.txt: is no part of the ledger"));
}

TEST(NeedleSet, FindsEachNeedleWhereverItStands) {
  NeedleSet needles;
  EXPECT_FALSE(needles.Add("tiny", "n", 6));
  EXPECT_TRUE(needles.Add("abc", "short", 1));
  EXPECT_TRUE(needles.Add("12345678", "eight", 1));
  EXPECT_TRUE(needles.Add("12345678 Plus", "longer", 1));
  EXPECT_TRUE(needles.Add("anna@x.org", "mail", 1));
  needles.Prepare();
  std::string scratch;
  const auto names = [&](std::string_view text) {
    std::vector<std::string> found;
    for (const int64_t needle : needles.FindIn(text, scratch)) {
      found.push_back(needles.NameOf(needle));
    }
    return found;
  };
  EXPECT_THAT(names(""), IsEmpty());
  EXPECT_THAT(names("1234567"), IsEmpty());
  EXPECT_THAT(names("x12345678"), ElementsAre("eight"));
  EXPECT_THAT(names("12345678 PLUS 12345678 plus"), ElementsAre("eight", "longer"));
  EXPECT_THAT(names("at ANNA@X.ORG, zabcz"), ElementsAre("short", "mail"));
}

TEST(WithoutCode, LeavesThePageAndGivesTheDataOfItsScripts) {
  std::vector<std::string> data;
  EXPECT_EQ(WithoutCode("<p>a</p>\n<style>\nb\n</style>c<script>d</script>"
                        "<script type=\"application/json\" id=\"x\">[\"e\"]</script>f<script>g",
                        data),
            "<p>a</p>\n\n\ncf");
  EXPECT_THAT(data, ElementsAre("[\"e\"]"));
}

TEST(WithoutEscapes, UndoesWhatJsonMarkdownAndHtmlDo) {
  EXPECT_EQ(WithoutEscapes(R"(a\_b \"c\" \u003cd> &lt;e&gt; &amp;amp; f\\)"),
            R"(a_b "c" <d> <e> &amp; f\)");
  EXPECT_EQ(WithoutEscapes("\\"), "\\");
  EXPECT_EQ(WithoutEscapes("\\u12"), "u12");
}

}  // namespace
}  // namespace parley
