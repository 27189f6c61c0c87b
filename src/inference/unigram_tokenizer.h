// Cuts a text into the pieces of a unigram vocabulary, and knows where each lies in the text.
//
// A text is cut at white space into words. A word, with U+2581 put in front, becomes the pieces
// whose scores, logarithms of probabilities, have the greatest sum.
//
// Source: Kudo, "Subword regularization", 2018, section 3.2.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

/// A piece of a vocabulary, and what it stands for: bytes of the text. Empty where U+2581 is a
/// piece of its own.
struct TextPiece {
  int32_t id = 0;
  int64_t begin = 0;
  int64_t end = 0;
  bool operator==(const TextPiece&) const = default;
};

/// Finds which strings of a fixed set a text begins with, a byte at a time.
class PieceTrie {
 public:
  PieceTrie() = default;

  /// `pieces` are sorted by their bytes, none empty, none twice; `ids[i]` is what finds
  /// `pieces[i]`.
  PieceTrie(const std::vector<std::string_view>& pieces, const std::vector<int32_t>& ids);

  static constexpr int32_t kRoot = 0;
  static constexpr int32_t kNone = -1;

  /// Where `byte` leads from `node`; kNone if no piece goes on so.
  int32_t Step(int32_t node, char byte) const {
    const int32_t next = nodes_[node].base + static_cast<unsigned char>(byte);
    return nodes_[next].parent == node ? next : kNone;
  }
  /// The piece that ends in `node`; kNone if none does.
  int32_t IdAt(int32_t node) const { return nodes_[node].id; }

 private:
  // A node's children lie at its base plus their byte; base is chosen so that all places are free.
  struct Node {
    int32_t base = 0;
    int32_t parent = kNone;
    int32_t id = kNone;
  };
  class Builder;

  std::vector<Node> nodes_;
};

/// Immutable once read; thread-safe.
class UnigramTokenizer {
 public:
  // The first four lines of every vocabulary.
  static constexpr int32_t kBegin = 0;    ///< `<s>`
  static constexpr int32_t kEnd = 1;      ///< `</s>`
  static constexpr int32_t kUnknown = 2;  ///< `<unk>`
  static constexpr int32_t kNewline = 3;  ///< `<n>`

  /// A piece of more is refused: a word takes at most so many steps a byte.
  static constexpr size_t kMaxPieceBytes = 128;

  /// Reads lines of a piece, a tab and its score; a line's number, from nought, is the piece's id.
  /// NotFound if there is no such file; Invalid, with the line, if it is something else.
  static Result<UnigramTokenizer> Read(const std::string& path);
  static Result<UnigramTokenizer> Parse(std::string_view lines, const std::string& path);

  int64_t piece_count() const { return piece_count_; }

  /// The pieces of `text`, valid UTF-8, in order and without overlaps; between two lies at most
  /// white space. No piece holds white space, but for `<n>`: all of a run of white space with a
  /// line break in it (\n, \r, U+2028, U+2029) that has words on both sides.
  ///
  /// A code point that no piece of the vocabulary is alone costs 10 more than the worst piece;
  /// neighbouring ones that are left over in one word are one `<unk>`. Of cuts with equal sums, the
  /// one whose first piece is longer is taken, and so on; sums are made in double precision from
  /// the word's end. Full-width forms U+FF01 to U+FF5E are looked up as the ASCII they stand for.
  ///
  /// O(bytes), even of one word, times the longest piece.
  std::vector<TextPiece> Split(std::string_view text) const;

 private:
  struct Word;
  void SplitWord(std::string_view text, size_t begin, size_t end, Word& word,
                 std::vector<TextPiece>& pieces) const;

  PieceTrie trie_;
  std::vector<double> scores_;
  double unknown_score_ = 0.0;
  int64_t piece_count_ = 0;
};

}  // namespace parley
