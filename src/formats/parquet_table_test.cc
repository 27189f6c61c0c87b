#include "formats/parquet_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>

#include "formats/parquet_writer.h"
#include "io/digest.h"
#include "io/file.h"

namespace parley {
namespace {

using testing::HasSubstr;

std::string FreshFolder(const std::string& name) {
  const std::string folder = testing::TempDir() + "/parley_parquet_" + name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

const TableSchema kPeople = {
    {.name = "name"},
    {.name = "kind", .repeats = true},
    {.name = "age", .kind = ColumnKind::kInt64},
    {.name = "marks",
     .kind = ColumnKind::kList,
     .children = {{.name = "element",
                   .kind = ColumnKind::kStruct,
                   .children = {{.name = "score", .kind = ColumnKind::kDouble},
                                {.name = "passed", .kind = ColumnKind::kBool}}}}},
};

ColumnBlock TwoPeople() {
  BlockBuilder builder(kPeople);
  builder.String("Ada").String("a").Int(36).BeginList();
  builder.BeginStruct().Double(0.5).Bool(true).End().Null().End();
  builder.String("Bo").Null().Null().Null();
  return builder.Finish();
}

WrittenTable WriteTwoPeople(const std::string& path) {
  auto writer = ParquetWriter::Create(path, kPeople, {.metadata = {{"form", "7"}}}).value();
  EXPECT_TRUE(writer->Append(TwoPeople()));
  return writer->Close().value();
}

TEST(ParquetTable, ReadsBackWhatWasWritten) {
  const std::string path = FreshFolder("back") + "/t.parquet";
  const WrittenTable written = WriteTwoPeople(path);
  EXPECT_EQ(written.rows, 2);
  EXPECT_EQ(written.row_groups, 1);
  const auto table = ParquetTable::Open(path).value();
  EXPECT_EQ(table->rows(), 2);
  EXPECT_EQ(table->schema(), kPeople);
  EXPECT_EQ(table->Metadata("form"), "7");
  EXPECT_EQ(table->Metadata("none"), std::nullopt);
  const TableBlock block = table->Read(0).value();
  EXPECT_EQ(block.At(0, 0).String(), "Ada");
  EXPECT_EQ(block.At(1, 0).String(), "a");
  EXPECT_EQ(block.At(2, 0).Int(), 36);
  const TableValue marks = block.At(3, 0);
  ASSERT_EQ(marks.size(), 2);
  EXPECT_EQ(marks.Element(0).Field(0).Double(), 0.5);
  EXPECT_TRUE(marks.Element(0).Field(1).Bool());
  EXPECT_TRUE(marks.Element(1).is_null());
  EXPECT_EQ(block.At(0, 1).String(), "Bo");
  EXPECT_TRUE(block.At(1, 1).is_null());
  EXPECT_EQ(block.At(2, 1).OptionalInt(), std::nullopt);
  EXPECT_TRUE(block.At(3, 1).is_null());
  EXPECT_EQ(block.At(3, 1).size(), 0);
}

TEST(ParquetTable, ReadsTheColumnsAskedForInThatOrder) {
  const std::string path = FreshFolder("some") + "/t.parquet";
  WriteTwoPeople(path);
  const auto table = ParquetTable::Open(path).value();
  const TableBlock block = table->Read(0, {"age", "name"}).value();
  EXPECT_EQ(block.At(0, 0).Int(), 36);
  EXPECT_EQ(block.At(1, 1).String(), "Bo");
  EXPECT_THAT(table->Read(0, {"height"}).error().message, HasSubstr("height"));
}

TEST(ParquetTable, StatisticsRuleOutARowGroup) {
  const std::string path = FreshFolder("groups") + "/t.parquet";
  auto writer = ParquetWriter::Create(path, {{.name = "id"}}, {}).value();
  for (const auto& [first, last] : {std::pair{"a", "f"}, std::pair{"g", "p"}}) {
    BlockBuilder builder({{.name = "id"}});
    builder.String(first).String(last);
    ASSERT_TRUE(writer->Append(builder.Finish()));
  }
  ASSERT_TRUE(writer->Close());
  const auto table = ParquetTable::Open(path).value();
  ASSERT_EQ(table->row_groups(), 2);
  EXPECT_EQ(table->rows_in(1), 2);
  EXPECT_TRUE(table->MayHold(0, "id", "c"));
  EXPECT_FALSE(table->MayHold(1, "id", "c"));
  EXPECT_TRUE(table->MayHold(1, "id", "p"));
  EXPECT_FALSE(table->MayHold(1, "id", "q"));
}

TEST(ParquetTable, SaysWhatIsWrongWithADamagedFile) {
  const std::string folder = FreshFolder("damaged");
  ASSERT_TRUE(WriteWholeFile(folder + "/not.parquet", "hello, this is a text"));
  EXPECT_EQ(ParquetTable::Open(folder + "/not.parquet").error().code, Code::kInvalid);
  ASSERT_TRUE(WriteWholeFile(folder + "/empty.parquet", ""));
  EXPECT_EQ(ParquetTable::Open(folder + "/empty.parquet").error().code, Code::kInvalid);
  EXPECT_EQ(ParquetTable::Open(folder + "/none.parquet").error().code, Code::kNotFound);
}

TEST(ParquetWriter, EqualBlocksGiveEqualBytesAndTheirHash) {
  const std::string folder = FreshFolder("equal");
  const WrittenTable first = WriteTwoPeople(folder + "/1.parquet");
  const WrittenTable second = WriteTwoPeople(folder + "/2.parquet");
  EXPECT_EQ(first.sha256, second.sha256);
  EXPECT_EQ(first.sha256, Sha256OfFile(folder + "/1.parquet").value());
  const std::string bytes = ReadWholeFile(folder + "/1.parquet").value();
  EXPECT_EQ(first.size_bytes, static_cast<int64_t>(bytes.size()));
  EXPECT_THAT(bytes, HasSubstr("parley version"));
  EXPECT_THAT(bytes, testing::Not(HasSubstr("arrow")));
}

TEST(ParquetWriter, CountsMemoryAsArrowHoldsIt) {
  // Two int64 columns of three rows: 2 * 3 * 8 bytes; a string column: 3 offsets of 4 bytes (the
  // closing one is not counted, here as in pyarrow's `nbytes`) and its text.
  BlockBuilder builder({{.name = "a", .kind = ColumnKind::kInt64},
                        {.name = "b", .kind = ColumnKind::kInt64},
                        {.name = "c"}});
  for (int i = 0; i < 3; ++i) builder.Int(i).Int(i).String("xyz");
  EXPECT_EQ(builder.rows(), 3);
  EXPECT_EQ(builder.text_bytes(), 9);
  const ColumnBlock block = builder.Finish();
  EXPECT_EQ(block.memory_bytes(), 2 * 3 * 8 + 3 * 4 + 9);
  EXPECT_EQ(builder.rows(), 0);
}

TEST(ParquetWriter, EveryRefusedCallIsAnError) {
  const std::string folder = FreshFolder("faults");
  for (int failing = 0; failing < 100; ++failing) {
    SCOPED_TRACE(failing);
    const std::string path = folder + "/t.parquet";
    int calls = 0;
    SetFaultHook(
        [&](std::string_view, const std::string&) { return calls++ == failing ? ENOSPC : 0; });
    Status outcome;
    if (auto writer = ParquetWriter::Create(path, kPeople, {}); !writer) {
      outcome = std::unexpected(writer.error());
    } else if (outcome = (*writer)->Append(TwoPeople()); outcome) {
      if (const auto closed = (*writer)->Close(); !closed) {
        outcome = std::unexpected(closed.error());
      }
    }
    SetFaultHook({});
    if (calls <= failing) {
      EXPECT_TRUE(outcome);
      return;
    }
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, Code::kIo);
    EXPECT_THAT(outcome.error().message, HasSubstr("No space left"));
  }
  FAIL() << "the calls never ended";
}

}  // namespace
}  // namespace parley
