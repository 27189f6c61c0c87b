// From the probabilities of labels, piece by piece, to spans of pieces.
//
// Labels are O, B-KIND (a span begins) and I-KIND (it goes on). The likeliest row of labels in
// which no I-KIND stands without a B-KIND or I-KIND before it is found by Viterbi's algorithm.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

/// A run of pieces [first, last) that is one mention.
struct PieceRun {
  int64_t first = 0;
  int64_t last = 0;
  double score = 0;  ///< The geometric mean of the pieces' probabilities of being of the kind.
  bool operator==(const PieceRun&) const = default;
};

class BioDecoder {
 public:
  /// `kind` is what to look for, "PER". Invalid unless `labels` hold O, B-PER and I-PER once each
  /// and are all of that form.
  static Result<BioDecoder> Create(const std::vector<std::string>& labels, std::string_view kind);

  /// The runs of the kind, ascending. `scores` are natural logarithms, [pieces, labels];
  /// `kind_bias` is added to those of the kind; where `is_break[i]`, piece i is O for certain.
  /// O(pieces x labels).
  std::vector<PieceRun> Decode(std::span<const float> scores, const std::vector<bool>& is_break,
                               double kind_bias) const;

 private:
  std::vector<int> Path(std::span<const float> scores, const std::vector<bool>& is_break,
                        double kind_bias) const;

  int label_count_ = 0;
  int outside_ = 0;
  int begin_ = 0;                              // B- of the kind.
  int inside_ = 0;                             // I- of the kind.
  std::vector<std::vector<int>> may_precede_;  // By label.
};

}  // namespace parley
