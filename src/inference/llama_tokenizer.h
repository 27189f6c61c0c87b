// Tokens of Llama 2's vocabulary, or of another of its kind, as SentencePiece counts them.

#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "inference/llama_vocabulary.h"
#include "inference/merge_table.h"
#include "inference/neighbours.h"
#include "inference/piece_map.h"
#include "inference/token_counter.h"
#include "parley/status.h"

namespace parley {

/// Exact against SentencePiece's encoding without its begin and end tokens: every text gets the
/// same tokens.
///
/// A text begins with a space put in front of it, is cut wherever no piece of the vocabulary holds
/// both neighbours, and each segment is merged from its code points. A code point that is no piece
/// of its own becomes its bytes. An empty text has no tokens. Counts of short segments are
/// remembered.
class LlamaTokenizer final : public TokenCounter {
 public:
  /// Errors as of `ReadLlamaVocabulary`; also Invalid if a piece holds a code point that is no
  /// piece by itself.
  static Result<std::unique_ptr<LlamaTokenizer>> Load(const std::string& path);
  static Result<std::unique_ptr<LlamaTokenizer>> Create(LlamaVocabulary vocabulary,
                                                        const std::string& path);

  int64_t Count(std::string_view text) const override;
  std::vector<int32_t> Encode(std::string_view text) const override;

 private:
  using Symbol = MergeTable::Symbol;

  LlamaTokenizer() : owner_(NextCacheOwner()) {}
  Symbol SymbolOf(char32_t code_point) const {
    return symbols_[symbol_block_[code_point >> 8] * 256U + (code_point & 0xFF)];
  }
  void SetSymbol(char32_t code_point, Symbol symbol);
  bool Spell(std::string_view piece, std::vector<Symbol>& symbols) const;

  int64_t CountSegment(std::string_view segment) const;
  void EncodeSegment(std::string_view segment, std::vector<int32_t>& ids) const;

  std::array<int32_t, 256> byte_ids_ = {};
  PieceMap vocabulary_;  // What arises, by its text.
  MergeTable merges_;
  Neighbours neighbours_;
  std::array<uint16_t, 0x1100> symbol_block_ = {};  // 0: a block without a symbol.
  std::vector<Symbol> symbols_;
  uint64_t owner_;
};

}  // namespace parley
