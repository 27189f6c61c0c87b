// The arithmetic of the encoder in floating point, a row at a time: the same bits on every machine.
//
// Everything is written over blocks of 16 lanes. A lane's additions go in one order, lanes are
// added up by one tree, no product is contracted with a sum, and exponentials and the like are
// polynomials of our own, so that it does not matter how many registers hold a block. The same
// source is compiled for several instruction sets; whole numbers carry the rest
// (inference/int8_product.h).

#pragma once

#include <cstdint>

namespace parley {

inline constexpr int kLanes = 16;

/// A row in 7 bits: value = (code - zero) * scale.
///
/// Not in 8: where an instruction adds two products in 16 bits (AVX2 without VNNI), two of
/// 127 * 128 still fit, and two of 255 * 127 do not.
struct RowScale {
  float scale = 1.0F;
  int32_t zero = 0;  ///< 0 to 127.
};

/// What turns the sums of a linear layer's products back into numbers; all [out].
struct OutputScales {
  const float* scale = nullptr;  ///< Of the weights' rows.
  const float* bias = nullptr;
  const int32_t* sums = nullptr;  ///< Of the weights' rows, in codes.
};

/// A layer norm's parameters, [size].
struct NormScales {
  const float* gain = nullptr;
  const float* bias = nullptr;
  float epsilon = 0.0F;
};

/// One instruction set's functions. Sizes are multiples of 16; pointers need no alignment.
struct LaneKernels {
  const char* name = "";

  /// Codes for `x`, [size], 0 to 127 over the span of its values and nought.
  RowScale (*quantise)(const float* x, int64_t size, uint8_t* codes);

  /// y = the layer's outputs, from the sums of products of codes.
  void (*restore)(const int32_t* products, RowScale row, const OutputScales& outputs, int64_t size,
                  float* y);

  /// As `restore`, then x * P(N < x) for a standard normal N (the exact GELU, within 2e-6).
  void (*restore_gelu)(const int32_t* products, RowScale row, const OutputScales& outputs,
                       int64_t size, float* y);

  /// x = norm(x + the layer's outputs).
  void (*restore_add_norm)(const int32_t* products, RowScale row, const OutputScales& outputs,
                           const NormScales& norm, int64_t size, float* x);

  /// x = norm(piece * scale + position): a piece's embedding.
  void (*embed)(const int8_t* piece, float scale, const float* position, const NormScales& norm,
                int64_t size, float* x);

  /// Attention of one window's rows to one another. `rows` are [row_count, 3 * size], queries, keys
  /// and values, and lie `stride` apart. `out` is [row_count, size]. `scratch` has
  /// `AttentionScratchFloats`.
  void (*attend)(const float* rows, int64_t stride, int64_t row_count, int64_t size,
                 int64_t head_count, float* scratch, float* out);

  /// out = log-probabilities of `label_count` classes, of scores weights * x + bias.
  void (*classify)(const float* x, const float* weights, const float* bias, int64_t size,
                   int64_t label_count, float* out);

  /// out = the scores weights * mean + bias of `label_count` labels, of the mean of the rows of
  /// `x`, [row_count, size]. `mean` is room for it, [size].
  void (*score_mean)(const float* x, int64_t row_count, const float* weights, const float* bias,
                     int64_t size, int64_t label_count, float* mean, float* out);
};

/// What `attend` needs for windows of up to `max_rows`.
constexpr int64_t AttentionScratchFloats(int64_t max_rows, int64_t head_size) {
  const int64_t columns = (max_rows + 31) / 32 * 32;
  return (columns + kLanes) * head_size + 8 * columns;
}

enum class InstructionSet : uint8_t { kAutomatic, kPlain, kAvx2, kAvx512 };

/// The functions for `set`; the best that the machine has for kAutomatic, and no better than the
/// machine has for any other.
const LaneKernels& LaneKernelsFor(InstructionSet set);

}  // namespace parley
