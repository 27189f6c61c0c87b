// A linear model between the screen's rules and the encoder: how likely it is that a word is of a
// person's name.
//
// It knows only what features say (name_features.h); what it is for is to leave most sentences that
// hold a capital or an unknown word to nobody: the encoder reads 12,000 pieces a second, this
// judges a million words.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "parley/status.h"

namespace parley {

/// Immutable once read; thread-safe.
class NameOdds {
 public:
  /// A table of models/names/train_screen.py: `weights` I8 [2^20, 1], `scale` and `bias` F32 [1],
  /// and in its metadata form "1", the version of the features, `cut` and `cut_elsewhere`.
  /// NotFound if there is no such file; Invalid if it is something else or was made for other
  /// features.
  static Result<NameOdds> Read(const std::string& path);

  /// The logarithm of the odds, from a word's features: their sum, as it is, for a word has about
  /// as many as any other.
  float LogOdds(std::span<const uint64_t> features) const {
    int32_t sum = 0;
    for (const uint64_t feature : features) sum += weights_[feature % kBuckets];
    return bias_ + scale_ * static_cast<float>(sum);
  }

  /// A sentence with no word of as much is not read. Most of what the model learned from is
  /// English, so that it has to be surer there.
  float CutFor(bool is_english) const { return is_english ? cut_ : cut_elsewhere_; }

 private:
  static constexpr size_t kBuckets = size_t{1} << 20;

  NameOdds() = default;

  std::vector<int8_t> weights_;  // [kBuckets]
  float scale_ = 0.0F;
  float bias_ = 0.0F;
  float cut_ = 0.0F;
  float cut_elsewhere_ = 0.0F;
};

}  // namespace parley
