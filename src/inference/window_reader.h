// One model for all who ask it: names of persons and moderation read many of the same windows.
//
// A pass through the encoder answers both. Who asks about names gets the answer for the pieces, and
// what the pass said of the whole window is remembered; who asks for that afterwards costs nothing.
// So names are best looked for first. What comes out never depends on what is remembered.

#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "inference/token_classifier.h"
#include "inference/window_cache.h"
#include "parley/status.h"

namespace parley {

/// Thread-safe; each call keeps to the thread that makes it.
class WindowReader {
 public:
  using Window = TokenClassifier::Window;

  static constexpr int64_t kRememberedWindows = 200'000;  ///< About 200 bytes each.

  explicit WindowReader(TokenClassifier model, int64_t remembered_windows = kRememberedWindows)
      : model_(std::move(model)), remembered_(remembered_windows) {}

  /// The model in `folder`: the same object for all who hold one of it. The errors of
  /// `TokenClassifier::Open`.
  static Result<std::shared_ptr<const WindowReader>> Open(const std::string& folder);

  /// `TokenClassifier::Score`.
  std::vector<std::vector<float>> ScorePieces(std::span<const Window> windows) const;

  /// For each window the log-odds of the model's text labels; none for a window without pieces.
  /// The model must have a head for texts.
  std::vector<std::vector<float>> JudgeTexts(std::span<const Window> windows) const;

  const TokenClassifier& model() const { return model_; }
  int64_t pieces_read() const { return pieces_read_; }  ///< By the encoder, for whomever.

 private:
  std::vector<TokenClassifier::Reading> Read(std::span<const Window> windows) const;

  TokenClassifier model_;
  mutable WindowCache<std::vector<float>> remembered_;
  mutable std::atomic<int64_t> pieces_read_ = 0;
};

}  // namespace parley
