// The encoder with its heads: one gives labels to each piece of a text, another judges all of it.

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
    std::string head = "names";            ///< Of those that the file has.
    std::string text_head = "moderation";  ///< Read as well if the file has it.
    InstructionSet instruction_set = InstructionSet::kAutomatic;  ///< Forced in tests.
  };

  struct Window {
    std::vector<TextPiece> pieces;  ///< At most `max_pieces()`; without begin and end marks.
  };

  /// What one pass through the encoder says of a window.
  struct Reading {
    std::vector<float> pieces;  ///< Natural logarithms of probabilities, [pieces, labels].
    std::vector<float> text;    ///< Log-odds, [text_labels]; of no pieces none.
  };

  /// Opens `folder`'s `weights.safetensors` and `vocabulary.tsv`. NotFound if one is missing;
  /// Invalid, naming file and fault, if one is cut, of another form than this program reads, or if
  /// the two do not belong together.
  static Result<TokenClassifier> Open(const std::string& folder, Options options);
  static Result<TokenClassifier> Open(const std::string& folder) { return Open(folder, {}); }

  /// Both heads' answers to each window, in the order given. The text's head reads the mean of all
  /// rows, begin and end marks included. 24 KB of memory a piece of at most 512 and the window they
  /// end in.
  std::vector<Reading> Read(std::span<const Window> windows) const;

  /// Of these answers what they say of the pieces.
  std::vector<std::vector<float>> Score(std::span<const Window> windows) const;

  const std::vector<std::string>& labels() const { return labels_; }
  /// What the text's head judges; empty if the file has no such head.
  const std::vector<std::string>& text_labels() const { return text_labels_; }
  int max_pieces() const { return max_pieces_; }
  const UnigramTokenizer& tokenizer() const { return tokenizer_; }

 private:
  TokenClassifier(UnigramTokenizer tokenizer, Encoder encoder)
      : tokenizer_(std::move(tokenizer)), encoder_(std::move(encoder)) {}
  struct Head {
    std::vector<float> weights;  // [labels, hidden]
    std::vector<float> bias;
  };
  Status OpenTextHead(const SafeTensors& tensors, const std::string& name);
  Result<Head> ReadHead(const SafeTensors& tensors, const std::string& name,
                        const std::vector<std::string>& labels) const;
  void ReadBatch(std::span<const Window> windows, Encoder::Workspace& work,
                 std::vector<Reading>& readings) const;

  UnigramTokenizer tokenizer_;
  Encoder encoder_;
  std::vector<std::string> labels_;
  Head head_;
  std::vector<std::string> text_labels_;
  Head text_head_;
  int max_pieces_ = 0;
};

}  // namespace parley
