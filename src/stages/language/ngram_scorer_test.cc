#include "stages/language/ngram_scorer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "io/data_files.h"

namespace parley {
namespace {

void AppendNumber(std::string& out, uint32_t number) {
  char bytes[4];
  std::memcpy(bytes, &number, 4);
  out.append(bytes, 4);
}

uint64_t HashOfPiece(std::string_view padded) {
  uint64_t piece = 0;
  std::memcpy(&piece, padded.data(), padded.size());
  piece = (piece ^ piece >> 30) * 0xbf58476d1ce4e5b9ULL;
  return piece ^ piece >> 27;
}

uint32_t ValueOf(float number, uint32_t language) {
  return (std::bit_cast<uint32_t>(number) & 0xFFFFFF00U) | language;
}

/// Two languages and two pieces: " haus " speaks for the first; " la " for both.
std::string SmallTable() {
  constexpr uint32_t kSlots = 8;
  uint32_t slots[kSlots][2] = {};
  const auto put = [&](std::string_view piece, uint32_t content) {
    const uint64_t hash = HashOfPiece(piece);
    size_t at = hash & (kSlots - 1);
    while (slots[at][0] != 0) at = (at + 1) & (kSlots - 1);
    slots[at][0] = static_cast<uint32_t>(hash >> 32);
    slots[at][1] = content;
  };
  put(" haus ", ValueOf(1023.0F, 0));
  put(" la ", 0U << 8 | 0x80U | 2U);
  std::string bytes = "ELDNGRM1";
  for (const uint32_t count : {2U, kSlots, 2U}) AppendNumber(bytes, count);
  bytes.append("de\0\0\0\0\0\0fr\0\0\0\0\0\0", 16);
  for (const auto& slot : slots) {
    AppendNumber(bytes, slot[0]);
    AppendNumber(bytes, slot[1]);
  }
  AppendNumber(bytes, ValueOf(7.0F, 0));
  AppendNumber(bytes, ValueOf(63.0F, 1));
  return bytes;
}

TEST(NgramScorer, AddsLogarithmsOfTheDifferentPieces) {
  const NgramScorer scorer = NgramScorer::Parse(SmallTable()).value();
  EXPECT_EQ(scorer.codes(), (std::vector<std::string>{"de", "fr"}));
  std::vector<float> scores(2);
  const NgramScorer::Counts counts = scorer.AddScores("Haus la la unknown", scores);
  // " haus ", " la " once, and "unknown" in two pieces: " unknow" and "nknown ".
  EXPECT_EQ(counts.pieces, 4);
  EXPECT_EQ(counts.known, 2);
  // Powers of two are exact: ln 1024 + ln 8, and ln 64.
  EXPECT_NEAR(scores[0], std::log(1024.0) + std::log(8.0), 1e-3);
  EXPECT_NEAR(scores[1], std::log(64.0), 1e-3);
}

TEST(NgramScorer, RefusesADamagedTable) {
  const std::string bytes = SmallTable();
  ASSERT_TRUE(NgramScorer::Parse(bytes).has_value());
  EXPECT_FALSE(NgramScorer::Parse("").has_value());
  EXPECT_FALSE(NgramScorer::Parse(bytes.substr(0, bytes.size() - 1)).has_value());
  EXPECT_FALSE(NgramScorer::Parse("X" + bytes.substr(1)).has_value());
  std::string wrong_language = bytes;
  wrong_language[bytes.size() - 4] = 2;
  EXPECT_FALSE(NgramScorer::Parse(wrong_language).has_value());
}

TEST(NgramScorer, TheShippedTableKnowsItsLanguages) {
  const NgramScorer scorer = NgramScorer::Read(FindDataFile("eld/ngrams.bin").value()).value();
  ASSERT_EQ(scorer.codes().size(), 60);
  const struct {
    std::string_view code;
    std::string_view words;
  } cases[] = {{"de", "ich möchte bitte bezahlen"},
               {"fr", "où est la gare"},
               {"ru", "где находится вокзал"},
               {"ja", "駅はどこですか"},
               {"el", "ΠΟΥ ΕΙΝΑΙ Ο ΣΤΑΘΜΟΣ"}};
  for (const auto& [code, words] : cases) {
    std::vector<float> scores(60);
    scorer.AddScores(words, scores);
    const auto best = std::ranges::max_element(scores) - scores.begin();
    EXPECT_EQ(scorer.codes()[best], code) << words;
  }
}

}  // namespace
}  // namespace parley
