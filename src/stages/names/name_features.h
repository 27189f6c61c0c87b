// What a word and its neighbours look like, as hashes: what the linear model of names goes by.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stages/names/seen_words.h"

namespace parley {

/// The features of a sentence's words. models/names/train_screen.py learns from what
/// parley_names_probe prints of them, so that both sides are the same: a change here asks for a new
/// training.
class SentenceFeatures {
 public:
  /// The words that are looked at: cased ones of two letters or more that are written large, stand
  /// in a list of names, or are not common.
  static bool IsCandidate(const SeenWord& word);

  /// `words` are those of `sentence`, as `reader` read them, and outlive this. `is_signature`: a
  /// line of a few capital words.
  void Start(const WordReader& reader, const Sentence& sentence, std::span<const SeenWord> words,
             bool is_signature);

  /// The hashes of word i's features; valid until the next call. `triggers`: the screen's rules
  /// would let the sentence through for this word.
  std::span<const uint64_t> Of(size_t i, bool triggers);

 private:
  uint64_t WordAt(size_t i, int offset) const;
  uint64_t FactsAt(size_t i, int offset) const;
  uint64_t ShapeAt(size_t i, int offset) const;
  uint64_t GapBefore(size_t i) const;
  void Add(uint64_t kind, uint64_t first, uint64_t second = 0, uint64_t third = 0);
  void AddParts(size_t i);

  const WordReader* reader_ = nullptr;
  std::span<const SeenWord> words_;
  uint64_t place_ = 0;   // Of the sentence: code, a line's beginning, by whom, how long.
  uint64_t manner_ = 0;  // How many of its words are written large.
  uint64_t language_ = 0;
  std::vector<uint64_t> features_;
};

}  // namespace parley
