// Tokens of cl100k_base, the vocabulary of GPT-3.5 and GPT-4, as tiktoken counts them.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "inference/cl100k_pieces.h"
#include "inference/merge_table.h"
#include "inference/piece_map.h"
#include "inference/token_counter.h"
#include "parley/status.h"

namespace parley {

/// Exact against tiktoken's `encode_ordinary`: every text gets the same tokens.
///
/// A text is cut by the vocabulary's pattern; a piece that is itself a token counts one, and any
/// other is merged from its bytes, lowest rank first. Counts of short pieces are remembered.
class Cl100kTokenizer final : public TokenCounter {
 public:
  /// Reads tiktoken's own form: lines of a token in base64, a space and its rank. NotFound if there
  /// is no such file; Invalid, with the line, if it is something else or lacks a byte.
  static Result<std::unique_ptr<Cl100kTokenizer>> Load(const std::string& path);

  /// As `Load`, from the file's bytes. `path` is for the errors.
  static Result<std::unique_ptr<Cl100kTokenizer>> Create(std::string_view ranks,
                                                         const std::string& path);

  int64_t Count(std::string_view text) const override;
  std::vector<int32_t> Encode(std::string_view text) const override;

 private:
  Cl100kTokenizer() : pieces_(CharClasses()), owner_(NextCacheOwner()) {}

  int64_t CountPiece(std::string_view piece) const;
  size_t MergePiece(std::string_view piece, std::vector<MergeTable::Symbol>& symbols) const;

  Cl100kPieces pieces_;
  PieceMap vocabulary_;
  MergeTable merges_;
  std::array<MergeTable::Symbol, 256> byte_symbols_ = {};
  uint64_t owner_;
};

}  // namespace parley
