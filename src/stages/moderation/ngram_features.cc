#include "stages/moderation/ngram_features.h"

namespace parley {
namespace {

constexpr int64_t kPartLetters = 5;

// Kinds of features begin their hashes apart.
constexpr uint64_t kWordStart = 0x8F5C28F5C28F5C29;
constexpr uint64_t kPairStart = 0x2545F4914F6CDD1D;
constexpr uint64_t kPartStart = 0x9E6C63D0876A9A47;
constexpr uint64_t kRunStart = 0xD1B54A32D192ED03;

uint64_t Mix(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15;
  return hash ^ hash >> 29;
}

uint64_t HashLetters(uint64_t start, std::span<const char32_t> letters) {
  for (const char32_t letter : letters) start = Mix(start, letter);
  return start;
}

}  // namespace

void NgramFeatures::Add(uint64_t hash) {
  buckets_.push_back(static_cast<uint32_t>(Mix(hash, 0) >> (64 - kNgramBucketBits)));
}

void NgramFeatures::AddWord(const PlainWord& word, uint64_t before) {
  const std::span<const char32_t> letters = words_.LettersOf(word);
  const uint64_t hash = HashLetters(kWordStart, letters);
  Add(hash);
  Add(Mix(Mix(kPairStart, before), hash));
  const auto size = static_cast<int64_t>(letters.size());
  if (size <= kPartLetters || size == PlainWords::kMostLetters) return;
  for (int64_t i = 0; i + kPartLetters <= size; ++i) {
    Add(HashLetters(kPartStart, letters.subspan(static_cast<size_t>(i), kPartLetters)));
  }
}

void NgramFeatures::AddRun(const PlainWord& word) {
  const std::span<const char32_t> letters = words_.LettersOf(word);
  if (letters.size() == 1) Add(HashLetters(kRunStart, letters));
  for (size_t i = 0; i + 1 < letters.size(); ++i) {
    Add(HashLetters(kRunStart, letters.subspan(i, 2)));
    if (i + 2 < letters.size()) Add(HashLetters(kRunStart, letters.subspan(i, 3)));
  }
}

const std::vector<uint32_t>& NgramFeatures::Of(std::string_view text) {
  buckets_.clear();
  words_.Read(text);
  uint64_t before = 0;
  for (const PlainWord& word : words_.words()) {
    if (word.unspaced) {
      AddRun(word);
      before = 0;
    } else {
      AddWord(word, before);
      before = HashLetters(kWordStart, words_.LettersOf(word));
    }
  }
  return buckets_;
}

}  // namespace parley
