#include "inference/fasttext_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "io/data_files.h"
#include "io/file.h"

namespace parley {
namespace {

std::string ModelBytes() {
  return ReadWholeFile(FindDataFile("lid176/lid.176.ftz").value()).value();
}

TEST(FastTextModel, ProbabilitiesOfAllLabelsAddUpToOne) {
  const FastTextModel model = FastTextModel::Parse(ModelBytes()).value();
  ASSERT_EQ(model.labels().size(), 176);
  EXPECT_EQ(model.labels()[0], "en");  // The most frequent of the training texts.
  for (const std::string text :
       {"hello", "Guten Morgen, liebe Sorgen", "привет, как дела", "日本語の猫"}) {
    std::vector<float> out(176);
    ASSERT_TRUE(model.LogProbabilities(text, -100, out)) << text;
    double sum = 0;
    for (const float log_probability : out) sum += std::exp(log_probability);
    // Each decision adds 1e-5 to both of its shares before the logarithm.
    EXPECT_NEAR(sum, 1, 0.005) << text;
  }
}

TEST(FastTextModel, AFloorChangesNothingAboveIt) {
  const FastTextModel model = FastTextModel::Parse(ModelBytes()).value();
  std::vector<float> all(176);
  std::vector<float> cut(176);
  ASSERT_TRUE(model.LogProbabilities("une petite maison dans la prairie", -100, all));
  ASSERT_TRUE(model.LogProbabilities("une petite maison dans la prairie", -5, cut));
  for (size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(cut[i], all[i] > -5 ? all[i] : -5) << model.labels()[i];
  }
}

TEST(FastTextModel, ATextWithoutWordsHasNoProbabilities) {
  const FastTextModel model = FastTextModel::Parse(ModelBytes()).value();
  std::vector<float> out(176, 7.0F);
  EXPECT_FALSE(model.LogProbabilities("", -8, out));
  EXPECT_FALSE(model.LogProbabilities(" \t\n", -8, out));
  EXPECT_EQ(out[0], 7.0F);
}

TEST(FastTextModel, RefusesADamagedFile) {
  const std::string bytes = ModelBytes();
  EXPECT_FALSE(FastTextModel::Parse("").has_value());
  EXPECT_FALSE(FastTextModel::Parse("no model").has_value());
  for (size_t size = 4; size < bytes.size(); size += bytes.size() / 40) {
    EXPECT_FALSE(FastTextModel::Parse(std::string_view(bytes).substr(0, size)).has_value()) << size;
  }
  for (const size_t at :
       {0, 4, 8, 28, 32, 36, 48, 64, 68, 72, 84}) {  // The header, field by field.
    std::string changed = bytes;
    for (size_t i = at; i < at + 4; ++i) changed[i] = '\x7f';
    EXPECT_FALSE(FastTextModel::Parse(changed).has_value()) << at;
  }
}

}  // namespace
}  // namespace parley
