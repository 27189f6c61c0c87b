// Reads the files that a vocabulary of Llama's kind comes in.

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "inference/merge_table.h"
#include "parley/status.h"

namespace parley {

/// A SentencePiece vocabulary of byte-pair merges over code points with byte fallback. A token's id
/// is its symbol.
struct LlamaVocabulary {
  /// [ids]: a space where the file writes U+2581. Empty for an id that no text becomes by merging:
  /// the control tokens, the unknown token and the tokens of single bytes.
  std::vector<std::string> pieces;
  std::array<int32_t, 256> byte_ids = {};  ///< What a code point without a piece falls back to.
  std::vector<MergeTable::Rule> rules;
};

/// The vocabulary in `path`: a SentencePiece `tokenizer.model` or a `tokenizer.json`.
///
/// NotFound if there is no such file. Invalid if it is neither, or if it is of another kind than
/// Llama's and would be counted wrongly: another algorithm, no byte fallback, a normaliser, no
/// space put in front, or pieces that a user has added.
Result<LlamaVocabulary> ReadLlamaVocabulary(const std::string& path);

/// As above, from the file's bytes; `path` is for the errors.
Result<LlamaVocabulary> ParseLlamaVocabulary(std::string_view bytes, const std::string& path);

}  // namespace parley
