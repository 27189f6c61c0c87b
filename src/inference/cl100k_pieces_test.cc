#include "inference/cl100k_pieces.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"

namespace parley {
namespace {

std::vector<std::string_view> PiecesOf(std::string_view text) {
  const Cl100kPieces pieces(CharClasses());
  std::vector<std::string_view> out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = pieces.EndOf(text, at);
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

// By the marks where they are sure, as Count does.
std::vector<std::string_view> MarkedPiecesOf(std::string_view text) {
  const Cl100kPieces pieces(CharClasses());
  std::vector<std::string_view> out;
  PieceMarks marks;
  for (size_t at = 0; at < text.size();) {
    const size_t sure = pieces.Mark(text, at, marks);
    if (sure == 0) {
      const size_t end = pieces.EndOf(text, at);
      out.push_back(text.substr(at, end - at));
      at = end;
      continue;
    }
    size_t begin = at;
    for (size_t i = 1; i <= sure; ++i) {
      if (i < sure && (marks[i / 64] >> (i % 64) & 1) == 0) continue;
      out.push_back(text.substr(begin, at + i - begin));
      begin = at + i;
    }
    at += sure;
  }
  return out;
}

using Pieces = std::vector<std::string_view>;

// Worked out by hand from the pattern.
const struct {
  std::string_view text;
  Pieces want;
} kCases[] = {
    {"Hello, world!", {"Hello", ",", " world", "!"}},
    {"don't WE'LL x'Reuse", {"don", "'t", " WE", "'LL", " x", "'Re", "use"}},
    {"a 's ''s", {"a", " '", "s", " ''", "s"}},
    {"it'\xC5\xBFo", {"it", "'\xC5\xBF", "o"}},
    {"1234567 89", {"123", "456", "7", " ", "89"}},
    {"a-b --c -d", {"a", "-b", " --", "c", " -", "d"}},
    {"a   b", {"a", "  ", " b"}},
    {"a   1", {"a", "  ", " ", "1"}},
    {"a\t\tb\t1", {"a", "\t", "\tb", "\t", "1"}},
    {"x.\n\n  y", {"x", ".\n\n", " ", " y"}},
    {"x\n \n  y", {"x", "\n \n", " ", " y"}},
    {"x \n", {"x", " \n"}},
    {"end   ", {"end", "   "}},
    {"end\n  ", {"end", "\n", "  "}},
    {"\xE2\x80\x9CHi\xE2\x80\x9D \xE2\x80\x9Cyo",
     {"\xE2\x80\x9CHi", "\xE2\x80\x9D", " \xE2\x80\x9C", "yo"}},
    {"a\xC2\xA0\xC2\xA0z", {"a", "\xC2\xA0", "\xC2\xA0z"}},
    {"你好，世界", {"你好", "，世界"}},
};

TEST(Cl100kPieces, CutsAsThePatternDoes) {
  for (const auto& [text, want] : kCases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(PiecesOf(text), want);
  }
}

TEST(Cl100kPieces, MarksWhatItCuts) {
  for (const auto& [text, want] : kCases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(MarkedPiecesOf(text), want);
  }
}

TEST(Cl100kPieces, MarksWhatItCutsInLongRandomTexts) {
  static constexpr std::string_view kParts[] = {
      "word", "a",  " ", "  ", "\n", "\r\n", "\t",       "'s", "'",  "'ll", "1", "234567890",
      "-",    "**", "é", "好", "，", "“",    "\xC2\xA0", "³",  "'ſ", "👍",  "и", "́"};
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    // A few of the parts, so that runs grow long, up to several windows.
    const int64_t part_count = 1 + random.Below(std::size(kParts));
    const auto size = static_cast<size_t>(random.Below(seed % 4 == 0 ? 20'000 : 300));
    std::string text;
    while (text.size() < size) {
      const std::string_view part = kParts[random.Below(part_count)];
      for (int64_t times = random.Below(20) == 0 ? random.Below(90) : 1; times > 0; --times) {
        text += part;
      }
    }
    EXPECT_TRUE(MarkedPiecesOf(text) == PiecesOf(text));
  }
}

}  // namespace
}  // namespace parley
