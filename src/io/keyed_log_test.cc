#include "io/keyed_log.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "io/file.h"

namespace parley {
namespace {

std::string FreshPath(const std::string& name) {
  const std::string path = testing::TempDir() + "/parley_keyed_log_" + name;
  std::filesystem::remove(path);
  return path;
}

TEST(KeyedLog, FindsWhatWasAddedNowAndLater) {
  const std::string path = FreshPath("later");
  {
    const auto log = KeyedLog::Open(path).value();
    EXPECT_FALSE(log->Find(WideHashOf("a")).value().has_value());
    ASSERT_TRUE(log->Add(WideHashOf("a"), "one").has_value());
    ASSERT_TRUE(log->Add(WideHashOf("b"), "").has_value());
    ASSERT_TRUE(log->Add(WideHashOf("a"), "another").has_value());
    EXPECT_EQ(log->Find(WideHashOf("a")).value(), "one");
  }
  const auto log = KeyedLog::Open(path).value();
  EXPECT_EQ(log->size(), 2);
  EXPECT_EQ(log->Find(WideHashOf("a")).value(), "one");
  EXPECT_EQ(log->Find(WideHashOf("b")).value(), "");
}

// Cut at every length, then turned in every byte: what is whole before the damage is kept, nothing
// else is believed, and what is added then is found.
TEST(KeyedLog, DamageCostsOnlyWhatStandsBehindIt) {
  const std::string path = FreshPath("damage");
  {
    const auto log = KeyedLog::Open(path).value();
    ASSERT_TRUE(log->Add(WideHashOf("a"), "one").has_value());
    ASSERT_TRUE(log->Add(WideHashOf("b"), "two").has_value());
  }
  const std::string whole = ReadWholeFile(path).value();
  for (size_t i = 0; i < whole.size(); ++i) {
    for (const bool cut : {true, false}) {
      SCOPED_TRACE(testing::Message() << i << " " << cut);
      std::string bytes = cut ? whole.substr(0, i) : whole;
      if (!cut) bytes[i] = static_cast<char>(bytes[i] ^ 0x55);
      ASSERT_TRUE(WriteWholeFile(path, bytes).has_value());
      const auto log = KeyedLog::Open(path).value();
      const size_t first = whole.size() / 2;
      EXPECT_EQ(log->size(), i < first ? 0 : 1);
      EXPECT_EQ(log->Find(WideHashOf("a")).value().has_value(), i >= first);
      ASSERT_TRUE(log->Add(WideHashOf("c"), "three").has_value());
      EXPECT_EQ(KeyedLog::Open(path).value()->Find(WideHashOf("c")).value(), "three");
    }
  }
}

}  // namespace
}  // namespace parley
