#include "stages/names/name_lists.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "io/data_files.h"

namespace parley {
namespace {

void AppendLittle(std::string& out, uint32_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i) & 0xFF);
}

// Two languages, two kinds, three words: "mar" and "mark" share three bytes.
std::string SmallLists() {
  std::string bytes = "PLNAMES1";
  AppendLittle(bytes, 2, 4);
  AppendLittle(bytes, 2, 4);
  AppendLittle(bytes, 3, 4);
  bytes.append("en\0\0de\0\0", 8);
  AppendLittle(bytes, 0b11, 4);  // In both languages, no flags.
  AppendLittle(bytes, 0, 4);
  AppendLittle(bytes, 0b01, 4);  // In English; a given name and ambiguous.
  AppendLittle(bytes, 1 | 4, 4);
  const auto add = [&](uint32_t shared, const std::string& tail, uint32_t kind) {
    AppendLittle(bytes, shared, 1);
    AppendLittle(bytes, static_cast<uint32_t>(tail.size()), 1);
    bytes += tail;
    AppendLittle(bytes, kind, 2);
  };
  add(0, "haus", 0);
  add(0, "mar", 0);
  add(3, "k", 1);
  return bytes;
}

TEST(NameLists, KnowsEachWordAndNoOther) {
  const NameLists lists = NameLists::Parse(SmallLists()).value();
  EXPECT_EQ(lists.size(), 3);
  ASSERT_NE(lists.Find("haus"), nullptr);
  EXPECT_EQ(lists.Find("haus")->common_in, 3U);
  EXPECT_FALSE(lists.Find("mar")->is_name());
  EXPECT_TRUE(lists.Find("mark")->given);
  EXPECT_TRUE(lists.Find("mark")->ambiguous);
  EXPECT_FALSE(lists.Find("mark")->surname);
  for (const char* other : {"", "m", "marks", "hau", "Haus"}) {
    EXPECT_EQ(lists.Find(other), nullptr) << other;
  }
  EXPECT_EQ(lists.LanguageBit("de"), 2U);
  EXPECT_EQ(lists.LanguageBit("xx"), 0U);
}

TEST(NameLists, RefusesWhatIsCutOrOfAnotherVersion) {
  const std::string whole = SmallLists();
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(NameLists::Parse(whole.substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(NameLists::Parse(whole + "x").has_value());
  std::string other = whole;
  other[7] = '2';
  EXPECT_FALSE(NameLists::Parse(other).has_value());
}

TEST(NameLists, TheBuiltListKnowsNamesAndWordsOfManyLanguages) {
  const NameLists lists = NameLists::Read(FindDataFile("names/words.bin").value()).value();
  const uint32_t english = lists.LanguageBit("en");
  for (const char* name : {"mary", "smith", "иван", "ayşe", "nguyễn", "김", "田中", "محمد"}) {
    ASSERT_NE(lists.Find(name), nullptr) << name;
    EXPECT_TRUE(lists.Find(name)->is_name()) << name;
  }
  ASSERT_NE(lists.Find("introduction"), nullptr);
  EXPECT_NE(lists.Find("introduction")->common_in & english, 0U);
  EXPECT_FALSE(lists.Find("introduction")->is_name());
  EXPECT_TRUE(lists.Find("will")->ambiguous);
  EXPECT_FALSE(lists.Find("mary")->ambiguous);
  EXPECT_TRUE(lists.Find("frau")->honorific);
}

}  // namespace
}  // namespace parley
