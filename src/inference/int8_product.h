// Products of 8-bit matrices, by oneDNN: exact whole numbers on every processor.

#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "parley/status.h"

namespace parley {

/// What a thread needs while it multiplies; while it lives, oneDNN keeps to the thread that made it
/// and starts none of its own.
class ProductThread {
 public:
  ProductThread();
  ~ProductThread();
  ProductThread(const ProductThread&) = delete;
  ProductThread& operator=(const ProductThread&) = delete;

 private:
  friend class Int8Product;
  struct State;
  std::unique_ptr<State> state_;
};

/// A matrix of weights, laid out for the processor. Immutable; thread-safe.
class Int8Product {
 public:
  static constexpr int64_t kRowStep = 16;

  /// `weights` is [outputs, inputs]; inputs are at most 2^16. Invalid if oneDNN refuses.
  static Result<Int8Product> Create(std::span<const int8_t> weights, int64_t outputs,
                                    int64_t inputs);
  Int8Product(Int8Product&&) noexcept;
  ~Int8Product();

  /// products[r][n] = sum over k of codes[r][k] * weights[n][k]. `row_count` is a multiple of
  /// `kRowStep`; codes are at most 127, so that no instruction set's 16-bit sums run over.
  void Multiply(ProductThread& thread, const uint8_t* codes, int64_t row_count,
                int32_t* products) const;

  int64_t outputs() const;
  int64_t inputs() const;

 private:
  struct State;
  Int8Product();
  std::unique_ptr<State> state_;
};

}  // namespace parley
