// The encoder with a head that gives labels to each piece of a text.

#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "inference/encoder.h"
#include "inference/unigram_tokenizer.h"
#include "parley/status.h"

namespace parley {

/// Judges the pieces of windows of text. Immutable once opened; thread-safe; each call keeps to the
/// thread that makes it, so that callers share out the work.
///
/// Deterministic: a window's numbers are the same bits whatever else is judged with it, on however
/// many threads, and on whichever processor.
class TokenClassifier {
 public:
  struct Options {
    std::string head = "names";                                   ///< Of those that the file has.
    InstructionSet instruction_set = InstructionSet::kAutomatic;  ///< Forced in tests.
  };

  struct Window {
    std::vector<TextPiece> pieces;  ///< At most `max_pieces()`; without begin and end marks.
  };

  /// Opens `folder`'s `weights.safetensors` and `vocabulary.tsv`. NotFound if one is missing;
  /// Invalid, naming file and fault, if one is cut, of another form than this program reads, or if
  /// the two do not belong together.
  static Result<TokenClassifier> Open(const std::string& folder, Options options);
  static Result<TokenClassifier> Open(const std::string& folder) { return Open(folder, {}); }

  /// For each window, in the order given, the natural logarithms of its pieces' probabilities,
  /// [pieces, labels]. 24 KB of memory a piece of at most 512 and the window they end in.
  std::vector<std::vector<float>> Score(std::span<const Window> windows) const;

  const std::vector<std::string>& labels() const { return labels_; }
  int max_pieces() const { return max_pieces_; }
  const UnigramTokenizer& tokenizer() const { return tokenizer_; }

 private:
  TokenClassifier(UnigramTokenizer tokenizer, Encoder encoder)
      : tokenizer_(std::move(tokenizer)), encoder_(std::move(encoder)) {}
  void ScoreBatch(std::span<const Window> windows, Encoder::Workspace& work,
                  std::vector<std::vector<float>>& scores) const;

  UnigramTokenizer tokenizer_;
  Encoder encoder_;
  std::vector<std::string> labels_;
  std::vector<float> head_weights_;  // [labels, hidden]
  std::vector<float> head_bias_;
  int max_pieces_ = 0;
};

}  // namespace parley
