#include "inference/window_reader.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>

#include "inference/random_encoder.h"

namespace parley {
namespace {

using Window = WindowReader::Window;

class WindowReaderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = ::testing::TempDir() + "parley_window_reader" + std::to_string(getpid());
    Make({});
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void Make(EncoderShape shape) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    Check(RandomEncoder(shape, 6).Write(folder_).has_value(), "no model written");
  }
  TokenClassifier Model() { return TokenClassifier::Open(folder_).value(); }

  static std::vector<Window> Windows() {
    Random random(3);
    std::vector<Window> windows;
    for (const int64_t length : {1, 126, 40, 0, 7, 77}) {
      windows.push_back(RandomWindow(random, length, EncoderShape{}.pieces));
    }
    return windows;
  }

  std::string folder_;
};

TEST_F(WindowReaderTest, BothHeadsSayTheSameWhoeverAsksFirstAndWhateverIsRemembered) {
  const std::vector<Window> windows = Windows();
  const WindowReader texts_first(Model());
  const auto texts = texts_first.JudgeTexts(windows);
  const auto pieces = texts_first.ScorePieces(windows);
  const WindowReader pieces_first(Model());
  EXPECT_EQ(pieces_first.ScorePieces(windows), pieces);
  EXPECT_EQ(pieces_first.JudgeTexts(windows), texts);
  const WindowReader forgetful(Model(), 0);
  EXPECT_EQ(forgetful.JudgeTexts(windows), texts);
  for (size_t i = 0; i < windows.size(); ++i) {
    EXPECT_EQ(forgetful.JudgeTexts({&windows[i], 1}).at(0), texts[i]);
    EXPECT_EQ(texts[i].size(), windows[i].pieces.empty() ? 0U : 10U);
  }
}

TEST_F(WindowReaderTest, WhatNamesHaveReadIsNotReadAgain) {
  const std::vector<Window> windows = Windows();
  const WindowReader reader(Model());
  EXPECT_EQ(reader.ScorePieces(windows), Model().Score(windows));
  const int64_t once = 1 + 126 + 40 + 7 + 77;
  EXPECT_EQ(reader.pieces_read(), once);
  reader.JudgeTexts(windows);
  EXPECT_EQ(reader.pieces_read(), once);
}

TEST_F(WindowReaderTest, EqualWindowsOfOneCallAreReadOnce) {
  Random random(4);
  const Window window = RandomWindow(random, 9, EncoderShape{}.pieces);
  const std::vector<Window> twice = {window, window};
  const WindowReader reader(Model(), 0);
  const auto answers = reader.JudgeTexts(twice);
  EXPECT_EQ(answers[0], answers[1]);
  EXPECT_EQ(reader.pieces_read(), 9);
}

// Straight from the file: the head times the mean of the last layer's rows.
TEST_F(WindowReaderTest, TheTextHeadReadsTheMeanOfAllRows) {
  const auto tensors = SafeTensors::Read(folder_ + "/weights.safetensors").value();
  const auto weights = tensors.Floats("heads.moderation.weight", {10, 128}).value();
  const auto bias = tensors.Floats("heads.moderation.bias", {10}).value();
  const auto encoder = Encoder::Read(tensors, InstructionSet::kPlain).value();
  Random random(5);
  const Window window = RandomWindow(random, 12, EncoderShape{}.pieces);
  std::vector<int32_t> ids = {UnigramTokenizer::kBegin};
  for (const TextPiece& piece : window.pieces) ids.push_back(piece.id);
  ids.push_back(UnigramTokenizer::kEnd);
  Encoder::Workspace work;
  const int64_t row_count = 14;
  const auto rows = encoder.Encode(ids, {&row_count, 1}, work);
  const auto answer = WindowReader(Model()).JudgeTexts({&window, 1}).at(0);
  for (size_t label = 0; label < 10; ++label) {
    double want = bias[label];
    for (size_t i = 0; i < 128; ++i) {
      double mean = 0;
      for (size_t row = 0; row < 14; ++row) mean += rows[row * 128 + i] / 14.0;
      want += mean * weights[label * 128 + i];
    }
    EXPECT_NEAR(answer[label], want, 1e-4);
  }
}

TEST_F(WindowReaderTest, AModelIsOpenedOnceForAllWhoHoldIt) {
  const auto first = WindowReader::Open(folder_).value();
  EXPECT_EQ(WindowReader::Open(folder_).value(), first);
}

TEST_F(WindowReaderTest, AModelWithoutATextHeadStillLabelsPieces) {
  const auto with_head = WindowReader(Model()).ScorePieces(Windows());
  Make({.text_head = false});
  const WindowReader reader(Model());
  EXPECT_TRUE(reader.model().text_labels().empty());
  EXPECT_EQ(reader.ScorePieces(Windows()), with_head);
}

}  // namespace
}  // namespace parley
