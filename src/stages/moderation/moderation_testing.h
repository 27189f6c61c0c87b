// A model for tests that knows which words are what, and files for a moderator of one's own.

#pragma once

#include <atomic>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "inference/random_encoder.h"
#include "io/file.h"
#include "stages/moderation/moderator.h"
#include "stages/moderation/ngram_features.h"
#include "stages/moderation/text_judge.h"
#include "stages/names/name_testing.h"

namespace parley {

/// Log-odds 4 for the labels of a window's words, -6 for all others.
class JudgeThatKnows final : public TextJudge {
 public:
  explicit JudgeThatKnows(const std::map<std::string, std::string>& label_of_word,
                          int max_pieces = 126)
      : splitter_({}, max_pieces) {
    for (size_t at = 0; at < kTextLabels.size();) {
      const size_t end = std::min(kTextLabels.find(' ', at), kTextLabels.size());
      labels_.emplace_back(kTextLabels.substr(at, end - at));
      at = end + 1;
    }
    for (const auto& [word, label] : label_of_word) {
      label_of_[name_testing::IdOf(word)] = std::ranges::find(labels_, label) - labels_.begin();
    }
  }

  std::vector<TextPiece> Split(std::string_view text) const override {
    return splitter_.Split(text);
  }
  std::vector<std::vector<float>> Judge(std::span<const Window> windows) const override {
    std::vector<std::vector<float>> answers;
    for (const Window& window : windows) {
      ++windows_;
      std::vector<float>& answer = answers.emplace_back();
      if (window.pieces.empty()) continue;
      Check(std::ssize(window.pieces) <= max_pieces(), "a window that is too long");
      answer.assign(labels_.size(), -6.0F);
      for (const TextPiece& piece : window.pieces) {
        const auto known = label_of_.find(piece.id);
        if (known != label_of_.end()) answer[static_cast<size_t>(known->second)] = 4.0F;
      }
    }
    return answers;
  }
  const std::vector<std::string>& labels() const override { return labels_; }
  int max_pieces() const override { return splitter_.max_pieces(); }

  int64_t windows() const { return windows_; }

 private:
  LabellerThatKnows splitter_;
  std::vector<std::string> labels_;
  std::map<int32_t, std::ptrdiff_t> label_of_;
  mutable std::atomic<int64_t> windows_ = 0;
};

/// Writes calibration, words of age and a screen into `folder`, which is there. The screen knows
/// `suspicious` words, each by itself: log-odds 3 for hate in a passage of few words, and lets pass
/// what is below 0.
inline void WriteModerationFolder(const std::string& folder,
                                  const std::vector<std::string>& suspicious = {}) {
  std::string calibration;
  for (const std::string_view category : kModerationCategories) {
    calibration += std::string(category) + "\t1\t0\t0.5\n";
  }
  Check(WriteWholeFile(folder + "/calibration.tsv", calibration).has_value(), "not written");
  Check(WriteWholeFile(folder + "/cues.txt",
                       "[en]\n0.9 # year old\n0.8 child*\n0.5 teen\n"
                       "[zh]\n0.9 # 岁\n")
            .has_value(),
        "not written");
  std::string codes((size_t{1} << kNgramBucketBits) * kTextLabelCount, '\0');
  for (const std::string& word : suspicious) {
    NgramFeatures features;
    codes[features.Of(word).at(0) * kTextLabelCount + 2] = 100;  // hate
  }
  TensorFileMaker file;
  file.AddMetadata("form", "1");
  file.AddMetadata("features", std::string(kNgramFeatures));
  file.AddMetadata("labels", std::string(kTextLabels));
  file.AddBytes("weights", "I8", {int64_t{1} << kNgramBucketBits, kTextLabelCount}, codes);
  file.AddFloats("scale", {kTextLabelCount}, std::vector<float>(kTextLabelCount, 1.0F));
  file.AddFloats("bias", {kTextLabelCount}, std::vector<float>(kTextLabelCount, -5.0F));
  file.AddFloats("cut", {kTextLabelCount}, std::vector<float>(kTextLabelCount, 0.0F));
  Check(WriteWholeFile(folder + "/screen.safetensors", file.Finish()).has_value(), "not written");
}

}  // namespace parley
