// What the screen sees of a text: numbers of buckets for its words, pairs of words and parts of
// words. Training asks the same function (bench/moderation_features.cc).

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "stages/moderation/plain_words.h"

namespace parley {

/// To be raised with every change of what follows from a text: weights name it.
inline constexpr std::string_view kNgramFeatures = "1";

inline constexpr int kNgramBucketBits = 18;

/// Used again from text to text, to save its memory.
class NgramFeatures {
 public:
  /// The buckets, below 2^18, of `text`, valid UTF-8; one that occurs twice stands there twice. The
  /// vector lives until the next call.
  ///
  /// Of a word: itself, the pair with the word before it, and each five letters in a row of a
  /// longer one. Of a run of a writing without spaces: each letter pair and each three letters.
  const std::vector<uint32_t>& Of(std::string_view text);

 private:
  void AddWord(const PlainWord& word, uint64_t before);
  void AddRun(const PlainWord& word);
  void Add(uint64_t hash);

  PlainWords words_;
  std::vector<uint32_t> buckets_;
};

}  // namespace parley
