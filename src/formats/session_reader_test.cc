#include <gtest/gtest.h>

#include "formats/read_records.h"
#include "formats/scratch_folder.h"

namespace parley {
namespace {

SeenRecords ReadSession(std::string_view bytes, RecordReader::Options options = {}) {
  const ScratchFolder folder;
  return ReadRecords(
      {.path = folder.Write("s.jsonl", bytes), .name = "", .container = Container::kSession},
      options);
}

TEST(SessionReader, GivesTheWholeFileAsAnArrayOfItsLines) {
  const struct {
    const char* name;
    std::string_view bytes;
    std::string_view want;
  } cases[] = {
      {"two lines", "{\"a\":1}\n{\"b\":2}\n", R"([{"a":1},{"b":2}])"},
      {"blank lines and CRLF", "\r\n1\r\n\n2", "[1,2]"},
      {"a broken line", "{\"a\":1}\n{\"b\n{\"c\":3}\n", R"([{"a":1},null,{"c":3}])"},
      {"joined files", "\xEF\xBB\xBF{}\n\xEF\xBB\xBF{}\n", "[{},{}]"},
  };
  for (const auto& [name, bytes, want] : cases) {
    SCOPED_TRACE(name);
    const SeenRecords seen = ReadSession(bytes);
    ASSERT_EQ(seen.records.size(), 1U);
    EXPECT_EQ(seen.records[0].json, want);
    EXPECT_FALSE(seen.error.has_value());
  }
  EXPECT_TRUE(ReadSession("\n\n").records.empty());
}

TEST(SessionReader, MarksASessionThatIsTooLarge) {
  const SeenRecords seen = ReadSession("{}\n{}\n{}\n", {.max_record_bytes = 6});
  ASSERT_EQ(seen.records.size(), 1U);
  EXPECT_TRUE(seen.records[0].too_large);
  EXPECT_EQ(seen.records[0].json, "");
}

}  // namespace
}  // namespace parley
