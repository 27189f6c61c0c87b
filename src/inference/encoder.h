// A BERT encoder on the processor: from pieces to a vector for each.
//
// Weights are 8-bit whole numbers with a scale a row; what they are multiplied by is written in 7
// bits with a scale and a zero of its own for each piece, so that no piece's numbers depend on the
// others of its batch. Products are exact, and the arithmetic around them is the same everywhere
// (inference/lane_kernels.h): equal pieces give equal bits on every processor.
//
// Source: Devlin and others, "BERT: Pre-training of deep bidirectional transformers for language
// understanding", 2019, section 3; the layer norm behind each sum, as there.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "inference/int8_product.h"
#include "inference/lane_kernels.h"
#include "inference/safetensors.h"
#include "parley/status.h"

namespace parley {

/// Immutable once read; thread-safe.
class Encoder {
 public:
  /// Most rows of a window, its begin and end included.
  static constexpr int64_t kMostRows = 512;

  /// Reads `embeddings.*` and `layers.*`. Invalid if something is missing or has another shape.
  static Result<Encoder> Read(const SafeTensors& tensors, InstructionSet set);

  int64_t hidden() const { return hidden_; }
  int64_t piece_count() const { return piece_count_; }
  int64_t max_rows() const { return max_rows_; }  ///< As many as there are positions.
  const LaneKernels& kernels() const { return *kernels_; }

  /// One thread's memory and its oneDNN, for as many calls as it likes.
  class Workspace;

  /// The last layer's vectors, [ids, hidden], of windows that lie one behind another in `ids`:
  /// window w has `row_counts[w]` of them, 1 to `max_rows()`. On the calling thread alone, which
  /// made `work`; the vectors stay until its next use.
  std::span<const float> Encode(std::span<const int32_t> ids, std::span<const int64_t> row_counts,
                                Workspace& work) const;

 private:
  struct Norm {
    std::vector<float> gain;
    std::vector<float> bias;
  };
  struct Linear {
    Int8Product product;
    std::vector<float> scale;
    std::vector<float> bias;
    std::vector<int32_t> sums;

    OutputScales Scales() const { return {scale.data(), bias.data(), sums.data()}; }
  };
  struct Layer {
    Linear query_key_value;  // One product: [3 * hidden, hidden].
    Linear output;
    Norm attention_norm;
    Linear up;
    Linear down;
    Norm ffn_norm;
  };

  Encoder() = default;
  Status ReadEmbeddings(const SafeTensors& tensors);
  Result<Layer> ReadLayer(const SafeTensors& tensors, const std::string& prefix);
  Result<Norm> ReadNorm(const SafeTensors& tensors, const std::string& prefix) const;
  NormScales Scales(const Norm& norm) const {
    return {norm.gain.data(), norm.bias.data(), norm_epsilon_};
  }

  void Embed(std::span<const int32_t> ids, std::span<const int64_t> row_counts, float* x) const;
  void Attend(const Layer& layer, std::span<const int64_t> row_counts, Workspace& work) const;
  void FeedForward(const Layer& layer, Workspace& work) const;

  const LaneKernels* kernels_ = nullptr;
  int64_t hidden_ = 0;
  int64_t head_count_ = 0;
  int64_t piece_count_ = 0;
  int64_t max_rows_ = 0;
  float norm_epsilon_ = 0.0F;
  std::vector<int8_t> pieces_;  // [piece_count, hidden]
  std::vector<float> piece_scales_;
  std::vector<float> positions_;  // [max_rows, hidden]
  Norm embedding_norm_;
  std::vector<Layer> layers_;
  int64_t widest_ = 0;  // Of a layer's outputs.
};

class Encoder::Workspace {
 public:
  Workspace() = default;

 private:
  friend class Encoder;
  static constexpr int64_t kBlockRows = 64;

  void Fit(const Encoder& encoder, int64_t rows, int64_t max_window_rows);
  // Quantises rows and multiplies them by a layer's weights: codes, row scales and products.
  void Multiply(const LaneKernels& kernels, const Linear& linear, const float* rows,
                int64_t row_count);
  // Multiplies the codes that are there.
  void MultiplyCodes(const Int8Product& product, int64_t row_count);

  int64_t row_count_ = 0;
  std::vector<float> x_;          // [rows, hidden]: what goes from layer to layer.
  std::vector<float> projected_;  // [rows, stride]: queries, keys, values.
  std::vector<float> context_;    // [rows, hidden]: what attention gives.
  std::vector<float> scratch_;
  std::vector<float> wide_;  // One row between two products.
  // Of a block of rows, which go through a layer's products together: its numbers stay in a core's
  // second cache.
  std::vector<uint8_t> codes_;
  std::vector<int32_t> products_;
  std::vector<RowScale> row_scales_;
  ProductThread thread_;
};

}  // namespace parley
