// What the moderator asks of a model: pieces of a text, and the log-odds of each label for a
// window.

#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inference/window_reader.h"
#include "parley/status.h"

namespace parley {

/// The encoder with a head for whole texts, or in tests something that knows its answers.
/// Thread-safe.
class TextJudge {
 public:
  using Window = WindowReader::Window;

  virtual ~TextJudge() = default;

  virtual std::vector<TextPiece> Split(std::string_view text) const = 0;

  /// For each window the log-odds of the labels; none for a window without pieces.
  virtual std::vector<std::vector<float>> Judge(std::span<const Window> windows) const = 0;

  virtual const std::vector<std::string>& labels() const = 0;

  virtual int max_pieces() const = 0;
};

/// Opens the model in `folder`, shared with the names' (inference/window_reader.h). Invalid if it
/// has no head for moderation; else the errors of TokenClassifier::Open.
Result<std::shared_ptr<const TextJudge>> OpenTextJudge(const std::string& folder);

}  // namespace parley
