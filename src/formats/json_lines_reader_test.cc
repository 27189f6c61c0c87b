#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "formats/read_records.h"
#include "formats/scratch_folder.h"

namespace parley {
namespace {

using Seen = SeenRecord;

std::vector<Seen> ReadLines(std::string_view bytes, RecordReader::Options options = {}) {
  const ScratchFolder folder;
  const InputFile file{.path = folder.Write("log.jsonl", bytes),
                       .name = "log.jsonl",
                       .size_bytes = static_cast<int64_t>(bytes.size())};
  return ReadRecords(file, options).records;
}

TEST(JsonLinesReader, GivesLinesWithTheirPlaces) {
  const struct {
    const char* name;
    std::string_view bytes;
    std::vector<Seen> want;
  } cases[] = {
      {"nothing", "", {}},
      {"two lines", "{}\n[1]\n", {{"{}", 0, 1}, {"[1]", 3, 2}}},
      {"no line end behind the last", "{}\n[1]", {{"{}", 0, 1}, {"[1]", 3, 2}}},
      {"CRLF", "{}\r\n[1]\r\n", {{"{}", 0, 1}, {"[1]", 4, 2}}},
      {"blank lines", "\n \t\r\n{}\n\n\n7\n \n", {{"{}", 5, 3}, {"7", 10, 6}}},
      {"a BOM", "\xEF\xBB\xBF{}\n{}\n", {{"{}", 3, 1}, {"{}", 6, 2}}},
      {"a BOM alone", "\xEF\xBB\xBF", {}},
      {"half a BOM", "\xEF\xBB", {{"\xEF\xBB", 0, 1}}},
      {"NUL bytes",
       std::string_view("\0\0\n{}\n", 6),
       {{std::string(2, '\0'), 0, 1}, {"{}", 3, 2}}},
  };
  for (const auto& [name, bytes, want] : cases) {
    SCOPED_TRACE(name);
    EXPECT_EQ(ReadLines(bytes), want);
  }
}

TEST(JsonLinesReader, PassesOverWhatIsTooLarge) {
  EXPECT_EQ(
      ReadLines("12345\n123456\r\n1\n1234567", {.max_record_bytes = 5}),
      (std::vector<Seen>{{"12345", 0, 1}, {"", 6, 2, true}, {"1", 14, 3}, {"", 16, 4, true}}));
}

TEST(JsonLinesReader, PassesOverFiftyMegabytesInOneLine) {
  const std::string bytes = "{}\n\"" + std::string(50 << 20, 'x') + "\"\n[]\n";
  const ScratchFolder folder;
  const InputFile file{.path = folder.Write("log.jsonl", bytes), .name = ""};
  const auto reader =
      RecordReader::Open(file, {.end_byte = static_cast<int64_t>(bytes.size())}, {}).value();
  EXPECT_EQ(reader->Next().value()->json, "{}");
  const Record giant = *reader->Next().value();
  EXPECT_TRUE(giant.too_large);
  EXPECT_EQ(giant.size_bytes, (50 << 20) + 2);
  EXPECT_EQ(reader->Next().value()->json, "[]");
  EXPECT_FALSE(reader->Next().value().has_value());
}

// A text of lines short and long, some blank, some ending in CRLF.
std::string RandomLines(Random& random) {
  std::string text;
  for (int64_t i = random.Below(40); i > 0; --i) {
    text.append(static_cast<size_t>(random.Below(12)), random.Below(4) == 0 ? ' ' : 'x');
    text += random.Below(4) == 0 ? "\r\n" : "\n";
  }
  if (random.Below(2) == 0) text += "last";
  return text;
}

TEST(JsonLinesReader, PiecesCutAnywhereGiveTheSameRecords) {
  const ScratchFolder folder;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const std::string bytes = RandomLines(random);
    const auto size = static_cast<int64_t>(bytes.size());
    const InputFile file{.path = folder.Write("log.jsonl", bytes), .name = ""};
    const std::vector<Seen> whole =
        ReadRecords(file, {.end_byte = size}, {.max_record_bytes = 8}).records;
    const int64_t cut = random.Below(size + 1);
    auto [parts, lines, error] = ReadRecords(file, {.end_byte = cut}, {.max_record_bytes = 8});
    const InputPiece rest{.begin_byte = cut, .end_byte = size};
    for (Seen& seen : ReadRecords(file, rest, {.max_record_bytes = 8}).records) {
      seen.line += lines;
      parts.push_back(seen);
    }
    EXPECT_EQ(parts, whole) << "cut at " << cut;
  }
}

// A compressed file of four lines, each of 39 bytes with its end.
InputFile Compressed(const char* name, Compression compression) {
  return {.path = std::string(PARLEY_SOURCE_FOLDER "/tests/corpus/byte_stream/") + name,
          .name = name,
          .compression = compression};
}

TEST(JsonLinesReader, ReadsCompressedLines) {
  const std::string line = R"({"a": "river stone river stone green"})";
  const std::vector<Seen> want = {{line, 0, 1}, {line, 39, 2}, {line, 78, 3}, {line, 117, 4}};
  for (const InputFile& file :
       {Compressed("one.gz", Compression::kGzip), Compressed("padded.gz", Compression::kGzip),
        Compressed("one.zst", Compression::kZstd)}) {
    SCOPED_TRACE(file.name);
    const SeenRecords seen = ReadRecords(file);
    EXPECT_EQ(seen.records, want);
    EXPECT_FALSE(seen.error.has_value());
    const auto reader = RecordReader::Open(file, {}, {}).value();
    ASSERT_TRUE(reader->SkipTo(78).has_value());
    EXPECT_EQ(reader->Next().value()->begin_byte, 78);
    EXPECT_EQ(reader->Next().value()->begin_byte, 117);
    EXPECT_FALSE(reader->Next().value().has_value());
  }
}

TEST(JsonLinesReader, GivesWhatStandsBeforeDamageAndThenTheDamage) {
  const std::string line = R"({"a": "river stone river stone green"})";
  for (const auto& [file, message] :
       {std::pair(Compressed("no_sum.gz", Compression::kGzip), "the gzip data end early"),
        std::pair(Compressed("note.gz", Compression::kGzip),
                  "there are bytes behind the gzip data that are none")}) {
    SCOPED_TRACE(file.name);
    const SeenRecords seen = ReadRecords(file);
    EXPECT_EQ(seen.records.size(), 4U);
    ASSERT_TRUE(seen.error.has_value());
    EXPECT_EQ(seen.error->message, message);
    EXPECT_EQ(seen.error->place.byte, 4 * 39);
    EXPECT_EQ(seen.error->place.file, file.path);
  }
  const SeenRecords cut = ReadRecords(Compressed("cut.gz", Compression::kGzip));
  ASSERT_FALSE(cut.records.empty());
  const Seen& last = cut.records.back();
  EXPECT_LT(last.json.size(), line.size());
  EXPECT_TRUE(line.starts_with(last.json)) << "the line that is cut comes as far as it goes";
  ASSERT_TRUE(cut.error.has_value());
  EXPECT_EQ(cut.error->place.byte, last.begin_byte + static_cast<int64_t>(last.json.size()));
}

TEST(JsonLinesReader, StopsAtOnceWhenTheSystemRefuses) {
  const ScratchFolder folder;
  const InputFile file{.path = folder.Write("log.jsonl", "{}\n"), .name = ""};
  const auto reader = RecordReader::Open(file, {.end_byte = 3}, {}).value();
  SetFaultHook([](std::string_view call, const std::string&) { return call == "read" ? EIO : 0; });
  const auto record = reader->Next();
  SetFaultHook({});
  ASSERT_FALSE(record.has_value());
  EXPECT_EQ(record.error().code, Code::kIo);
}

TEST(JsonLinesReader, SkipsToARecordNearAndFar) {
  std::string bytes;
  std::vector<int64_t> begins;
  for (int i = 0; i < 100'000; ++i) {
    begins.push_back(static_cast<int64_t>(bytes.size()));
    bytes += std::to_string(i) + "\n";
  }
  const ScratchFolder folder;
  const InputFile file{.path = folder.Write("log.jsonl", bytes), .name = ""};
  const auto reader =
      RecordReader::Open(file, {.end_byte = static_cast<int64_t>(bytes.size())}, {}).value();
  for (const size_t wanted : {size_t{7}, size_t{8}, size_t{500}, size_t{99'998}}) {
    ASSERT_TRUE(reader->SkipTo(begins[wanted]).has_value());
    const Record record = *reader->Next().value();
    EXPECT_EQ(record.json, std::to_string(wanted));
    EXPECT_EQ(record.begin_byte, begins[wanted]);
    EXPECT_EQ(record.line, 0);
  }
  EXPECT_EQ(reader->Next().value()->json, "99999");
  EXPECT_FALSE(reader->Next().value().has_value());
}

}  // namespace
}  // namespace parley
