// Stretches of pieces that are judged together: neighbouring sentences as far as a window holds
// them, and long sentences in windows that overlap.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "inference/unigram_tokenizer.h"
#include "stages/names/piece_labeller.h"
#include "stages/names/sentences.h"

namespace parley {

/// Pieces of one text, judged apart from all others.
struct Stretch {
  std::vector<TextPiece> pieces;  ///< Bytes of the text.
};

/// A window of a stretch: pieces [first, last), of which [keep_first, keep_last) are judged here
/// and the rest are there for their context.
struct StretchWindow {
  int64_t first = 0;
  int64_t last = 0;
  int64_t keep_first = 0;
  int64_t keep_last = 0;
};

/// The stretches that hold the sentences of `read`, ascending and without overlaps. A short
/// sentence takes the end of what stands before it along, for the encoder to know what it is about.
std::vector<Stretch> CutStretches(std::string_view text, const std::vector<Sentence>& read,
                                  const PieceLabeller& labeller);

/// Windows of at most `max_pieces` that cover `piece_count` pieces; where there are several, each
/// sees `overlap` pieces of its neighbours, half of them judged by either.
std::vector<StretchWindow> CutWindows(int64_t piece_count, int64_t max_pieces, int64_t overlap);

}  // namespace parley
