#include <arrow/api.h>
#include <arrow/io/memory.h>
#include <gtest/gtest.h>
#include <parquet/arrow/writer.h>

#include <limits>

#include "formats/read_records.h"
#include "formats/scratch_folder.h"

namespace parley {
namespace {

using Seen = SeenRecord;

template <class Value, class Builder>
std::shared_ptr<arrow::Array> Fill(Builder& builder, const std::optional<Value>& value) {
  Check((value ? builder.Append(*value) : builder.AppendNull()).ok(), "no memory");
  return builder.Finish().ValueOrDie();
}

// A column of one value.
template <class Builder, class Value>
std::shared_ptr<arrow::Array> ArrayOf(const std::optional<Value>& value) {
  Builder builder;
  return Fill<Value>(builder, value);
}

template <class Builder, class Value>
std::shared_ptr<arrow::Array> ArrayOf(const std::shared_ptr<arrow::DataType>& type, Value value) {
  Builder builder(type, arrow::default_memory_pool());
  return Fill<Value>(builder, value);
}

std::string Parquet(const arrow::FieldVector& fields, const arrow::ArrayVector& columns,
                    int64_t rows_per_group) {
  const auto table = arrow::Table::Make(arrow::schema(fields), columns);
  const auto sink = arrow::io::BufferOutputStream::Create().ValueOrDie();
  const auto stored = parquet::ArrowWriterProperties::Builder().store_schema()->build();
  Check(parquet::arrow::WriteTable(*table, arrow::default_memory_pool(), sink, rows_per_group,
                                   parquet::default_writer_properties(), stored)
            .ok(),
        "a test's file cannot be written");
  return sink->Finish().ValueOrDie()->ToString();
}

// Rows {"n": 0}, {"n": 1}, …
std::string Numbers(int64_t count, int64_t rows_per_group) {
  arrow::Int64Builder builder;
  for (int64_t i = 0; i < count; ++i) Check(builder.Append(i).ok(), "no memory");
  return Parquet({arrow::field("n", arrow::int64())}, {builder.Finish().ValueOrDie()},
                 rows_per_group);
}

InputFile FileOf(const ScratchFolder& folder, std::string_view bytes) {
  return {.path = folder.Write("rows.parquet", bytes),
          .name = "rows.parquet",
          .size_bytes = static_cast<int64_t>(bytes.size()),
          .container = Container::kParquet};
}

// The first row of a table of one column.
std::string RowOf(const std::shared_ptr<arrow::Array>& column) {
  const ScratchFolder folder;
  const auto seen = ReadRecords(
      FileOf(folder, Parquet({arrow::field("v", column->type())}, {column}, 10)), {.end_byte = 1});
  return seen.error ? seen.error->message : seen.records.at(0).json;
}

TEST(ParquetReader, ShowsEveryKindOfValueAsJson) {
  using arrow::TimeUnit;
  const auto time = [&](TimeUnit::type unit, int64_t value) {
    return ArrayOf<arrow::TimestampBuilder, int64_t>(arrow::timestamp(unit, "UTC"), value);
  };
  const auto decimal = arrow::decimal128(30, 2);
  const struct {
    const char* name;
    std::shared_ptr<arrow::Array> column;
    std::string_view want;
  } cases[] = {
      {"text", ArrayOf<arrow::StringBuilder, std::string>({"a\"b\n你"}), R"("a\"b\n你")"},
      {"large text", ArrayOf<arrow::LargeStringBuilder, std::string>({"x"}), R"("x")"},
      {"a view of text", ArrayOf<arrow::StringViewBuilder, std::string>({"x"}), R"("x")"},
      {"null", ArrayOf<arrow::StringBuilder, std::string>({std::nullopt}), "null"},
      {"true", ArrayOf<arrow::BooleanBuilder, bool>({true}), "true"},
      {"a small number", ArrayOf<arrow::Int8Builder, int8_t>({int8_t{-5}}), "-5"},
      {"the largest number", ArrayOf<arrow::UInt64Builder, uint64_t>({UINT64_MAX}),
       "18446744073709551615"},
      {"a float", ArrayOf<arrow::FloatBuilder, float>({0.1F}), "0.1"},
      {"a whole double", ArrayOf<arrow::DoubleBuilder, double>({2.0}), "2.0"},
      {"no number",
       ArrayOf<arrow::DoubleBuilder, double>({std::numeric_limits<double>::quiet_NaN()}), "null"},
      {"seconds are kept as milliseconds", time(TimeUnit::SECOND, 1'682'341'500),
       R"("2023-04-24T13:05:00Z")"},
      {"milliseconds", time(TimeUnit::MILLI, 1'682'341'500'250),
       R"("2023-04-24T13:05:00.250000Z")"},
      {"microseconds", time(TimeUnit::MICRO, 1'682'341'500'000'001),
       R"("2023-04-24T13:05:00.000001Z")"},
      {"nanoseconds", time(TimeUnit::NANO, 1'682'341'500'000'001'999),
       R"("2023-04-24T13:05:00.000001Z")"},
      {"nanoseconds before 1970", time(TimeUnit::NANO, -1), R"("1969-12-31T23:59:59.999999Z")"},
      {"a day", ArrayOf<arrow::Date32Builder, int32_t>({19'471}), R"("2023-04-24")"},
      {"a decimal",
       ArrayOf<arrow::Decimal128Builder, arrow::Decimal128>(
           decimal, arrow::Decimal128("1234567890123456789012.50")),
       R"("1234567890123456789012.50")"},
      {"bytes", ArrayOf<arrow::BinaryBuilder, std::string>({"ab"}), R"("ab")"},
  };
  for (const auto& [name, column, want] : cases) {
    SCOPED_TRACE(name);
    EXPECT_EQ(RowOf(column), "{\"v\":" + std::string(want) + "}");
  }
}

TEST(ParquetReader, ShowsListsStructsAndMaps) {
  const auto text = std::make_shared<arrow::StringBuilder>();
  const auto flag = std::make_shared<arrow::BooleanBuilder>();
  const auto turn = arrow::struct_(
      {arrow::field("role", arrow::utf8()), arrow::field("toxic", arrow::boolean())});
  const auto group = std::make_shared<arrow::StructBuilder>(
      turn, arrow::default_memory_pool(),
      std::vector<std::shared_ptr<arrow::ArrayBuilder>>{text, flag});
  arrow::ListBuilder list(arrow::default_memory_pool(), group);
  Check(list.Append().ok() && group->Append().ok() && text->Append("user").ok() &&
            flag->AppendNull().ok() && group->AppendNull().ok(),
        "no memory");
  EXPECT_EQ(RowOf(list.Finish().ValueOrDie()), R"({"v":[{"role":"user","toxic":null},null]})");

  const auto keys = std::make_shared<arrow::StringBuilder>();
  const auto items = std::make_shared<arrow::Int64Builder>();
  arrow::MapBuilder map(arrow::default_memory_pool(), keys, items);
  Check(map.Append().ok() && keys->Append("k").ok() && items->Append(1).ok(), "no memory");
  EXPECT_EQ(RowOf(map.Finish().ValueOrDie()), R"({"v":{"k":1}})");
}

TEST(ParquetReader, GivesRowsWithTheirNumbers) {
  const ScratchFolder folder;
  const InputFile file = FileOf(folder, Numbers(3, 2));
  const SeenRecords seen = ReadRecords(file);
  EXPECT_EQ(seen.records,
            (std::vector<Seen>{{"{\"n\":0}", 0, 1}, {"{\"n\":1}", 1, 2}, {"{\"n\":2}", 2, 3}}));
  EXPECT_EQ(seen.lines, 3);
  EXPECT_FALSE(seen.error.has_value());
}

TEST(ParquetReader, PiecesAreRowGroupsAndGiveEveryRowOnce) {
  const ScratchFolder folder;
  const InputFile file = FileOf(folder, Numbers(1000, 100));
  const std::vector<Seen> whole = ReadRecords(file).records;
  ASSERT_EQ(whole.size(), 1000U);
  for (const int64_t pieces : {1, 3, 10, 100}) {
    SCOPED_TRACE(pieces);
    std::vector<Seen> parts;
    const auto cut = CutIntoPieces(file, 0, file.size_bytes / pieces);
    EXPECT_EQ(cut.size(), std::min<size_t>(static_cast<size_t>(pieces), 10)) << "groups of 100";
    for (const InputPiece& piece : cut) {
      EXPECT_EQ(piece.begin_byte % 100, 0);
      for (const Seen& seen : ReadRecords(file, piece).records) parts.push_back(seen);
    }
    EXPECT_EQ(parts, whole);
  }
  const InputPiece across{.begin_byte = 150, .end_byte = 310};
  EXPECT_EQ(ReadRecords(file, across).records,
            std::vector<Seen>(whole.begin() + 150, whole.begin() + 310));
}

TEST(ParquetReader, SkipsToARow) {
  const ScratchFolder folder;
  const InputFile file = FileOf(folder, Numbers(1000, 100));
  const auto reader = RecordReader::Open(file, {.end_byte = 1000}, {}).value();
  for (const int64_t row : {0, 5, 99, 100, 731}) {
    ASSERT_TRUE(reader->SkipTo(row).has_value());
    EXPECT_EQ(reader->Next().value()->json, "{\"n\":" + std::to_string(row) + "}");
  }
}

TEST(ParquetReader, SaysThatAFileIsBroken) {
  const std::string bytes = Numbers(1000, 100);
  const ScratchFolder folder;
  const struct {
    const char* name;
    std::string bytes;
  } cases[] = {
      {"no footer", bytes.substr(0, bytes.size() / 2)},
      {"a footer of noughts", bytes.substr(0, bytes.size() - 200) + std::string(192, '\0') +
                                  bytes.substr(bytes.size() - 8)},
      {"nothing but its name", "PAR1"},
  };
  for (const auto& [name, broken] : cases) {
    SCOPED_TRACE(name);
    const InputFile file = FileOf(folder, broken);
    const SeenRecords seen = ReadRecords(file);
    ASSERT_TRUE(seen.error.has_value());
    EXPECT_EQ(seen.error->code, Code::kInvalid);
    EXPECT_TRUE(seen.error->message.starts_with("not readable as Parquet: "));
    EXPECT_EQ(seen.error->place.file, file.path);
    EXPECT_EQ(CutIntoPieces(file, 0, 10).size(), 1U);
    const InputFile looked = LookAt(file.path, "", "").value();
    EXPECT_EQ(looked.format, "");
    EXPECT_EQ(looked.unknown_reason, seen.error->message);
  }
  std::string damaged = bytes;
  damaged.replace(4, 100, 100, '\xFF');
  const SeenRecords seen = ReadRecords(FileOf(folder, damaged));
  ASSERT_TRUE(seen.error.has_value()) << "a page that cannot be read";
  EXPECT_EQ(seen.error->code, Code::kInvalid);
}

TEST(ParquetReader, MarksARowThatIsTooLarge) {
  const ScratchFolder folder;
  arrow::StringBuilder rows;
  Check(rows.Append("short").ok() && rows.Append(std::string(50, 'x')).ok(), "no memory");
  const auto seen = ReadRecords(
      FileOf(folder, Parquet({arrow::field("v", arrow::utf8())}, {rows.Finish().ValueOrDie()}, 10)),
      {.end_byte = 2}, {.max_record_bytes = 20});
  EXPECT_EQ(seen.records, (std::vector<Seen>{{"{\"v\":\"short\"}", 0, 1}, {"", 1, 2, true}}));
}

}  // namespace
}  // namespace parley
