#include "release/ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "io/file.h"

namespace parley {
namespace {

using testing::HasSubstr;

std::string FreshFolder(const std::string& name) {
  const std::string folder = testing::TempDir() + "/parley_ledger_" + name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

LedgerRow Kept(int64_t sequence) {
  return {.sequence = sequence,
          .file = "a/b.jsonl",
          .line = sequence + 1,
          .begin_byte = sequence * 100,
          .size_bytes = 100,
          .conversation_id = "source-" + std::to_string(sequence),
          .user = "00ff",
          .fingerprint = "abcd",
          .outcome = "kept",
          .release = "release",
          .release_id = "release-" + std::to_string(sequence),
          .shard = 3,
          .row = sequence};
}

LedgerRow Bad(int64_t sequence) {
  return {.sequence = sequence,
          .file = "a/b.jsonl",
          .outcome = "bad",
          .stage = "read",
          .reason = "not_json",
          .detail = "not JSON"};
}

void WriteLedger(const std::string& path, const std::vector<LedgerRow>& rows) {
  auto writer = LedgerWriter::Create(path).value();
  for (const LedgerRow& row : rows) ASSERT_TRUE(writer->Append(row));
  EXPECT_EQ(writer->Close().value().rows, static_cast<int64_t>(rows.size()));
}

std::vector<LedgerRow> ReadAll(LedgerReader& reader) {
  std::vector<LedgerRow> rows;
  while (auto row = reader.Next().value()) rows.push_back(std::move(*row));
  return rows;
}

TEST(Ledger, ReadsBackEveryFieldOfEveryRow) {
  const std::string path = FreshFolder("back") + "/l.parquet";
  LedgerRow merged = Bad(1);
  merged.outcome = "merged";
  merged.merged_into = 0;
  merged.part = 1;
  const std::vector<LedgerRow> rows = {Kept(0), merged, Bad(2)};
  WriteLedger(path, rows);
  EXPECT_EQ(ReadAll(*LedgerReader::Open(path).value()), rows);
}

TEST(Ledger, HasAColumnForEachOfSeveralReleases) {
  const std::string path = FreshFolder("several") + "/l.parquet";
  LedgerRow kept = Kept(0);
  kept.release.clear();
  kept.shard.reset();
  kept.row.reset();
  kept.places = {{.shard = 1, .row = 2}, {.left_out = "flagged"}};
  const std::vector<LedgerRow> rows = {kept, Bad(1)};
  auto writer = LedgerWriter::Create(path, {"all", "safe"}).value();
  for (const LedgerRow& row : rows) ASSERT_TRUE(writer->Append(row));
  ASSERT_TRUE(writer->Close().has_value());
  const auto reader = LedgerReader::Open(path).value();
  EXPECT_EQ(reader->releases(), (std::vector<std::string>{"all", "safe"}));
  EXPECT_EQ(ReadAll(*reader), rows);
  EXPECT_EQ(LedgerReader::Open(path).value()->Find("source-0").value(), std::vector{kept});
}

TEST(Ledger, WhatAReleaseLeftOutIsDroppedThere) {
  LedgerRow kept = Kept(0);
  kept.places = {{.shard = 1, .row = 2}, {.left_out = "flagged"}};
  const Standing all = StandingIn(kept, 0);
  EXPECT_EQ(all.outcome, "kept");
  EXPECT_EQ(all.shard, 1);
  EXPECT_EQ(all.row, 2);
  const Standing safe = StandingIn(kept, 1);
  EXPECT_EQ(safe.outcome, "dropped");
  EXPECT_EQ(safe.stage, "release");
  EXPECT_EQ(safe.reason, "flagged");
  EXPECT_FALSE(safe.row.has_value());
  EXPECT_EQ(StandingIn(Bad(1), 1).reason, "not_json");
}

TEST(Ledger, ManyRowsStandInGroupsAndAreFoundByEitherId) {
  const std::string path = FreshFolder("find") + "/l.parquet";
  std::vector<LedgerRow> rows;
  for (int64_t i = 0; i <= 2 * LedgerWriter::kRowsPerGroup; ++i) rows.push_back(Kept(i));
  WriteLedger(path, rows);
  EXPECT_EQ(ParquetTable::Open(path).value()->row_groups(), 3);
  const auto reader = LedgerReader::Open(path).value();
  EXPECT_EQ(reader->rows(), 2 * LedgerWriter::kRowsPerGroup + 1);
  EXPECT_EQ(reader->Find("source-70000").value(), std::vector{Kept(70'000)});
  EXPECT_EQ(reader->Find("release-0").value(), std::vector{Kept(0)});
  EXPECT_TRUE(reader->Find("source-").value().empty());
}

TEST(Ledger, RefusesAnotherFormAndAnotherTable) {
  const std::string folder = FreshFolder("form");
  auto other = ParquetWriter::Create(folder + "/o.parquet", {{.name = "id"}},
                                     {.metadata = {{"parley.ledger", "99"}}})
                   .value();
  ASSERT_TRUE(other->Close());
  EXPECT_THAT(LedgerReader::Open(folder + "/o.parquet").error().message, HasSubstr("form 99"));
  auto none = ParquetWriter::Create(folder + "/n.parquet", {{.name = "id"}}, {}).value();
  ASSERT_TRUE(none->Close());
  EXPECT_EQ(LedgerReader::Open(folder + "/n.parquet").error().code, Code::kInvalid);
}

TEST(Ledger, ItsFilesAreListedInOrderWithoutHalfWrittenOnes) {
  const std::string folder = FreshFolder("list");
  for (const char* name : {"b.parquet", "a.parquet", "c.parquet.part"}) {
    ASSERT_TRUE(WriteWholeFile(folder + "/" + name, "x"));
  }
  EXPECT_EQ(LedgerFiles(folder).value(),
            (std::vector{folder + "/a.parquet", folder + "/b.parquet"}));
}

}  // namespace
}  // namespace parley
