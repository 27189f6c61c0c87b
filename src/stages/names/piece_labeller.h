// What the finder asks of a model: pieces of a text, and how likely each label is for each.

#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inference/token_classifier.h"
#include "parley/status.h"

namespace parley {

/// A token classifier, or in tests something that knows its answers. Thread-safe.
class PieceLabeller {
 public:
  using Window = TokenClassifier::Window;

  virtual ~PieceLabeller() = default;

  virtual std::vector<TextPiece> Split(std::string_view text) const = 0;

  /// For each window the natural logarithms of its pieces' probabilities, [pieces, labels].
  virtual std::vector<std::vector<float>> Score(std::span<const Window> windows) const = 0;

  /// "O", and "B-" and "I-" before each kind: "B-PER".
  virtual const std::vector<std::string>& labels() const = 0;

  virtual int max_pieces() const = 0;
};

/// Opens the model in `folder`; the errors of TokenClassifier::Open.
Result<std::shared_ptr<const PieceLabeller>> OpenPieceLabeller(const std::string& folder);

}  // namespace parley
