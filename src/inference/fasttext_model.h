// Classifies a short text with a compressed fastText model, without the fastText library.
//
// The library reads its input through a stream, a character and a string at a time, and takes
// several times longer than the arithmetic needs. This reads the same file and does the same sums:
// a text's vector is the mean of the vectors of its words and of their character n-grams, and a
// tree of binary decisions turns the vector into a probability for each label.
//
// Source: Joulin and others, "Bag of tricks for efficient text classification", 2016, and
// "FastText.zip", 2016, section 3 (product quantisation of the vectors).

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

/// A supervised model with quantised input vectors and hierarchical softmax (a `.ftz` file such as
/// lid.176). Immutable once read; thread-safe.
class FastTextModel {
 public:
  /// Invalid if the file is damaged or is another kind of model. Takes 64 bytes a vector.
  static Result<FastTextModel> Read(const std::string& path);
  static Result<FastTextModel> Parse(std::string_view bytes);

  /// The labels without their prefix "__label__", the most frequent first.
  const std::vector<std::string>& labels() const { return labels_; }

  /// Writes ln P(label | text) to `out`, [labels]. Words are what stands between blanks; a line's
  /// end counts once, at the text's end. Equal to the library's on the same line up to rounding
  /// (a test compares them). Labels less likely than `floor` get `floor`: the fewer branches of the
  /// tree reach it, the faster. False, with `out` untouched, if the text has no known feature.
  bool LogProbabilities(std::string_view text, float floor, std::span<float> out) const;

 private:
  struct Node {
    int32_t left = -1;  ///< Below the count of labels: a leaf.
    int32_t right = -1;
  };

  const float* RowOfNgram(uint32_t bucket) const;
  void AddWord(std::string_view word, float* sum, int64_t& count) const;
  void Descend(int32_t node, float score, const float* vector, float floor,
               std::span<float> out) const;
  int32_t FindWord(std::string_view word, uint32_t hash) const;

  int32_t dimension_ = 0;
  int32_t shortest_ = 0;  ///< Code points in an n-gram.
  int32_t longest_ = 0;
  uint32_t bucket_count_ = 1;
  int32_t word_count_ = 0;
  std::vector<std::string> words_;
  std::vector<std::string> labels_;
  std::vector<int32_t> word_table_;    ///< Open addressing by hash; -1: free.
  std::vector<uint64_t> ngram_table_;  ///< Bucket and row, open addressing; all ones: free.
  std::vector<float> rows_;            ///< [words and n-grams, dimension]
  std::vector<float> outputs_;         ///< [inner nodes, dimension]
  std::vector<Node> nodes_;            ///< [inner nodes], the root last.
};

}  // namespace parley
