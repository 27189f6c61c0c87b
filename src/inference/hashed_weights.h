// A linear model over hashed features: a label's log-odds are its bias and the weights of the
// features' buckets, over the root of how many there are.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

/// Immutable once read; thread-safe. Sums of whole numbers: the same bits on every machine.
class HashedWeights {
 public:
  /// A safetensors file with `weights` I8 [2^bits, labels], `scale`, `bias` and `cut` F32 [labels],
  /// and in its metadata form "1", the labels, and which features they are for. NotFound if there
  /// is none; Invalid if it is damaged, of another form, or for other features than `features`.
  static Result<HashedWeights> Read(const std::string& path, std::string_view features, int bits);

  /// The labels' log-odds for a text with `buckets`, each below 2^bits. `out` is [labels].
  void LogOdds(std::span<const uint32_t> buckets, std::span<float> out) const;

  const std::vector<std::string>& labels() const { return labels_; }

  /// [labels] Log-odds; what the maker of the weights thought low enough to look no further.
  const std::vector<float>& cut() const { return cut_; }

 private:
  HashedWeights() = default;

  std::vector<std::string> labels_;
  std::vector<int8_t> weights_;
  std::vector<float> scale_;
  std::vector<float> bias_;
  std::vector<float> cut_;
};

}  // namespace parley
