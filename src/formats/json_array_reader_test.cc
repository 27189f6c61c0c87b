#include <gtest/gtest.h>

#include "formats/read_records.h"
#include "formats/scratch_folder.h"

namespace parley {
namespace {

using Seen = SeenRecord;

SeenRecords ReadArray(std::string_view bytes, RecordReader::Options options = {}) {
  const ScratchFolder folder;
  return ReadRecords(
      {.path = folder.Write("log.json", bytes), .name = "", .container = Container::kJsonArray},
      options);
}

TEST(JsonArrayReader, GivesElementsWithTheirPlaces) {
  const struct {
    const char* name;
    std::string_view bytes;
    std::vector<Seen> want;
  } cases[] = {
      {"nothing in it", " [ ] \n", {}},
      {"objects",
       "[{\"a\":1},\n {\"b\":[2,{}]}]",
       {{"{\"a\":1}", 1, 1}, {"{\"b\":[2,{}]}", 11, 2}}},
      {"brackets, quotes and escapes in strings",
       R"([{"a":"]}\"[{"},{"b":"\\"}, "x,]"])",
       {{R"({"a":"]}\"[{"})", 1, 1}, {R"({"b":"\\"})", 16, 2}, {R"("x,]")", 28, 3}}},
      {"numbers and words",
       "[1, -2.5e3,null , true]",
       {{"1", 1, 1}, {"-2.5e3", 4, 2}, {"null", 11, 3}, {"true", 18, 4}}},
      {"arrays", "[[[]],[\"]\"]]", {{"[[]]", 1, 1}, {"[\"]\"]", 6, 2}}},
      {"a BOM", "\xEF\xBB\xBF[7]", {{"7", 4, 1}}},
      {"what is no JSON, up to where it may end",
       "[}{\"a\":1},x\"b\"]",
       {{"}", 1, 1}, {"{\"a\":1}", 2, 2}, {"x", 10, 3}, {"\"b\"", 11, 4}}},
  };
  for (const auto& [name, bytes, want] : cases) {
    SCOPED_TRACE(name);
    const SeenRecords seen = ReadArray(bytes);
    EXPECT_EQ(seen.records, want);
    EXPECT_FALSE(seen.error.has_value());
  }
}

TEST(JsonArrayReader, TellsWhereABadArrayEnds) {
  const struct {
    const char* name;
    std::string_view bytes;
    std::vector<Seen> want;
    std::string_view message;
    int64_t byte;
  } cases[] = {
      {"cut inside an element",
       "[{\"a\":1}, {\"b\":\"x",
       {{"{\"a\":1}", 1, 1}, {"{\"b\":\"x", 10, 2}},
       "the array is cut off: it has no closing \"]\"",
       17},
      {"cut between elements",
       "[{\"a\":1}, ",
       {{"{\"a\":1}", 1, 1}},
       "the array is cut off: it has no closing \"]\"",
       10},
      {"cut behind a backslash",
       "[\"a\\",
       {{"\"a\\", 1, 1}},
       "the array is cut off: it has no closing \"]\"",
       4},
      {"more behind it", "[1] [2]", {{"1", 1, 1}}, "there is more behind the array's end", 4},
      {"no array", " {\"a\":1}", {}, "does not begin with a \"[\"", 1},
  };
  for (const auto& [name, bytes, want, message, byte] : cases) {
    SCOPED_TRACE(name);
    const SeenRecords seen = ReadArray(bytes);
    EXPECT_EQ(seen.records, want);
    ASSERT_TRUE(seen.error.has_value());
    EXPECT_EQ(seen.error->code, Code::kInvalid);
    EXPECT_EQ(seen.error->message, message);
    EXPECT_EQ(seen.error->place.byte, byte);
  }
}

TEST(JsonArrayReader, PassesOverWhatIsTooLarge) {
  const std::string giant = "{\"a\":\"" + std::string(3 << 20, ']') + "\"}";
  const SeenRecords seen = ReadArray("[12345, 123456, " + giant + ",1]", {.max_record_bytes = 5});
  EXPECT_EQ(seen.records, (std::vector<Seen>{{"12345", 1, 1},
                                             {"", 8, 2, true},
                                             {"", 16, 3, true},
                                             {"1", 17 + static_cast<int64_t>(giant.size()), 4}}));
  EXPECT_FALSE(seen.error.has_value());
}

TEST(JsonArrayReader, FindsElementsAcrossBlocks) {
  // Every element's strings, escapes and brackets meet the ends of blocks at some element.
  std::string bytes = "[";
  std::vector<Seen> want;
  for (int64_t i = 0; i < 60'000; ++i) {
    const std::string element =
        R"({"\\\"]":[")" + std::string(static_cast<size_t>(i % 13), '\n') + R"(\\"]})";
    if (i > 0) bytes += ", ";
    want.push_back({element, static_cast<int64_t>(bytes.size()), i + 1});
    bytes += element;
  }
  EXPECT_TRUE(ReadArray(bytes + "]").records == want);
}

TEST(JsonArrayReader, SkipsToAnElement) {
  const ScratchFolder folder;
  const InputFile file{.path = folder.Write("log.json", "[{\"a\":\"]\"}, {\"b\":2}, 3]"),
                       .name = "",
                       .container = Container::kJsonArray};
  const auto reader = RecordReader::Open(file, {}, {}).value();
  ASSERT_TRUE(reader->SkipTo(12).has_value());
  const Record record = *reader->Next().value();
  EXPECT_EQ(record.json, "{\"b\":2}");
  EXPECT_EQ(record.begin_byte, 12);
  EXPECT_EQ(record.line, 0);
  EXPECT_EQ(reader->Next().value()->json, "3");
  EXPECT_FALSE(reader->Next().value().has_value());
}

}  // namespace
}  // namespace parley
