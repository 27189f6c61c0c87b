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
#include "inference/piece_map.h"
#include "inference/token_counter.h"
#include "parley/status.h"

namespace parley {

/// Which code points stand next to each other in some piece of a vocabulary. Where two do not, no
/// merge crosses, and a text may be cut without changing a token.
class Neighbours {
 public:
  Neighbours() : others_(kOtherBits / 64) {}
  void Add(char32_t left, char32_t right);

  /// May say yes for a pair that is in no piece, if one of the two is not ASCII: that costs a cut,
  /// not a wrong count.
  bool Meet(char32_t left, char32_t right) const {
    if ((left | right) < 0x80) return (ascii_[left][right >> 6] >> (right & 63) & 1) != 0;
    const uint64_t bit = BitOf(left, right);
    return (others_[bit >> 6] >> (bit & 63) & 1) != 0;
  }

 private:
  static constexpr uint64_t kOtherBits = 1 << 17;
  static uint64_t BitOf(char32_t left, char32_t right) {
    return (uint64_t{left} << 21 | right) * 0x9E3779B97F4A7C15U >> 47;
  }

  std::array<std::array<uint64_t, 2>, 128> ascii_ = {};
  std::vector<uint64_t> others_;
};

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

  template <class Visit>
  void VisitSegments(std::string_view text, const Visit& visit) const;
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
