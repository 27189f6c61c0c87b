#include "stages/names/bio_decoder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/random.h"

namespace parley {
namespace {

const std::vector<std::string> kLabels = {"O", "B-PER", "I-PER", "B-OTHER", "I-OTHER"};

BioDecoder Decoder() { return BioDecoder::Create(kLabels, "PER").value(); }

std::vector<float> Logs(const std::vector<double>& probabilities) {
  std::vector<float> logs;
  for (const double p : probabilities) logs.push_back(static_cast<float>(std::log(p)));
  return logs;
}

std::vector<bool> NoBreaks(size_t count) { return std::vector<bool>(count, false); }

TEST(BioDecoder, FindsARunFromItsBeginToItsLastPiece) {
  const std::vector<float> scores = Logs({0.9, .025, .025, .025, .025,  //
                                          .1,  .8,   .05,  .025, .025,  //
                                          .1,  .05,  .8,   .025, .025,  //
                                          0.9, .025, .025, .025, .025});
  const auto runs = Decoder().Decode(scores, NoBreaks(4), 0);
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].first, 1);
  EXPECT_EQ(runs[0].last, 3);
  EXPECT_NEAR(runs[0].score, 0.85, 1e-6);  // Both pieces: .8 + .05.
}

TEST(BioDecoder, DoesNotLetAnInsideStandWithoutItsBegin) {
  // Alone, I-PER is likeliest for the piece; without a begin before it the next likely, O, is
  // taken.
  const std::vector<float> scores = Logs({0.9, .01, .04, .025, .025,  //
                                          .3, .05, .6, .025, .025});
  EXPECT_TRUE(Decoder().Decode(scores, NoBreaks(2), 0).empty());
}

TEST(BioDecoder, DoesNotGoOnFromAnotherKind) {
  const std::vector<float> scores = Logs({.01, .01, .01, .96, .01,  //
                                          .05, .3, .6, .025, .025});
  const auto runs = Decoder().Decode(scores, NoBreaks(2), 0);
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].first, 1);  // B-PER, the best that may follow B-OTHER.
}

TEST(BioDecoder, BiasAgainstOutsideFindsMore) {
  const std::vector<float> scores = Logs({.6, .3, .03, .035, .035});
  EXPECT_TRUE(Decoder().Decode(scores, NoBreaks(1), 0.6).empty());  // ln(.6/.3) = .693.
  EXPECT_EQ(Decoder().Decode(scores, NoBreaks(1), 0.75).size(), 1U);
}

TEST(BioDecoder, BreakEndsAMention) {
  const std::vector<double> inside = {.01, .01, .96, .01, .01};
  std::vector<double> all = {.01, .96, .01, .01, .01};
  for (int i = 0; i < 3; ++i) all.insert(all.end(), inside.begin(), inside.end());
  std::vector<bool> breaks = NoBreaks(4);
  breaks[1] = true;
  const auto runs = Decoder().Decode(Logs(all), breaks, 0);
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].last, 1);
  EXPECT_EQ(runs[1].first, 2);
}

// The best legal row by trying them all.
std::vector<int> SlowPath(const std::vector<float>& scores, size_t count) {
  std::vector<int> best;
  double best_sum = -1e300;
  const auto total = static_cast<size_t>(std::pow(5, static_cast<double>(count)));
  for (size_t code = 0; code < total; ++code) {
    std::vector<int> row;
    double sum = 0;
    bool is_legal = true;
    for (size_t i = 0, rest = code; i < count; ++i, rest /= 5) {
      const int label = static_cast<int>(rest % 5);
      const int before = i == 0 ? 0 : row.back();
      if (label == 2 && before != 1 && before != 2) is_legal = false;
      if (label == 4 && before != 3 && before != 4) is_legal = false;
      row.push_back(label);
      sum += scores[i * 5 + static_cast<size_t>(label)];
    }
    if (is_legal && sum > best_sum) {
      best_sum = sum;
      best = row;
    }
  }
  return best;
}

TEST(BioDecoder, AgreesWithTryingEveryRow) {
  Random random(3);
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(round);
    constexpr size_t kCount = 5;
    std::vector<float> scores;
    for (size_t i = 0; i < kCount * 5; ++i) {
      scores.push_back(static_cast<float>(std::log(0.02 + random.Share())));
    }
    const std::vector<int> path = SlowPath(scores, kCount);
    std::vector<std::pair<int64_t, int64_t>> want;
    for (size_t i = 0; i < kCount; ++i) {
      if (path[i] == 1) want.emplace_back(i, i + 1);
      if (path[i] == 2) want.back().second = static_cast<int64_t>(i) + 1;
    }
    std::vector<std::pair<int64_t, int64_t>> got;
    for (const PieceRun& run : Decoder().Decode(scores, NoBreaks(kCount), 0)) {
      got.emplace_back(run.first, run.last);
    }
    EXPECT_EQ(got, want);
  }
}

TEST(BioDecoder, RefusesLabelsOfAnotherForm) {
  EXPECT_FALSE(BioDecoder::Create({"O", "B-PER"}, "PER").has_value());
  EXPECT_FALSE(BioDecoder::Create({"O", "PER", "I-PER"}, "PER").has_value());
  EXPECT_FALSE(BioDecoder::Create({"O", "B-PER", "I-PER", "B-PER"}, "PER").has_value());
  EXPECT_TRUE(BioDecoder::Create({"B-PER", "I-PER", "O"}, "PER").has_value());
}

}  // namespace
}  // namespace parley
