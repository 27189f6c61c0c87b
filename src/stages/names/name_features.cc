#include "stages/names/name_features.h"

#include <algorithm>
#include <string_view>

#include "base/hash.h"

namespace parley {
namespace {

constexpr uint64_t kNoWord = 1;  // Beyond the sentence's ends.
constexpr uint64_t kTooLong = 2;
constexpr int64_t kShortText = 300;

uint64_t Mix(uint64_t x) {
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93U;
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93U;
  return x ^ (x >> 32);
}

// The number of bits of `count`: 0, 1, 2, 2, 3, …; at most `most`.
uint64_t Magnitude(int64_t count, uint64_t most) {
  uint64_t bits = 0;
  for (; count > 0; count >>= 1) ++bits;
  return std::min(bits, most);
}

}  // namespace

bool SentenceFeatures::IsCandidate(const SeenWord& word) {
  if (word.word.writing != Writing::kCased || word.size() < 2 || word.hash == 0) return false;
  if (word.is_upper() && word.is_identifier) return false;  // A tag of ours, a constant.
  return word.word.shape != WordShape::kLower || word.is_name() || !word.is_common;
}

void SentenceFeatures::Start(const WordReader& reader, const Sentence& sentence,
                             std::span<const SeenWord> words, bool is_signature) {
  reader_ = &reader;
  words_ = words;
  const auto large = std::ranges::count_if(words, &SeenWord::is_capital);
  const auto upper = std::ranges::count_if(words, &SeenWord::is_upper);
  const auto count = std::max<int64_t>(1, std::ssize(words));
  manner_ = static_cast<uint64_t>(large * 4 / count * 8 + upper * 4 / count);
  place_ = (sentence.is_code ? 1U : 0U) | (sentence.starts_line ? 2U : 0U) |
           (reader.by_person() ? 4U : 0U) | (is_signature ? 8U : 0U) |
           (std::ssize(reader.text()) <= kShortText ? 16U : 0U) | Magnitude(count, 6) << 5;
  language_ = reader.language();
}

uint64_t SentenceFeatures::WordAt(size_t i, int offset) const {
  const auto at = static_cast<int64_t>(i) + offset;
  if (at < 0 || at >= std::ssize(words_)) return kNoWord;
  const uint64_t hash = words_[static_cast<size_t>(at)].hash;
  return hash == 0 ? kTooLong : hash;
}

uint64_t SentenceFeatures::ShapeAt(size_t i, int offset) const {
  const auto at = static_cast<int64_t>(i) + offset;
  if (at < 0 || at >= std::ssize(words_)) return 31;
  const SeenWord& word = words_[static_cast<size_t>(at)];
  return static_cast<uint64_t>(word.word.shape) | (word.is_identifier ? 8U : 0U) |
         (word.word.writing == Writing::kCased ? 0U : 16U);
}

uint64_t SentenceFeatures::FactsAt(size_t i, int offset) const {
  const auto at = static_cast<int64_t>(i) + offset;
  if (at < 0 || at >= std::ssize(words_)) return 127;
  const SeenWord& word = words_[static_cast<size_t>(at)];
  uint64_t bits = word.is_common ? 1 : 0;
  if (const WordFacts* facts = word.facts) {
    bits |= (facts->given ? 2U : 0U) | (facts->surname ? 4U : 0U) | (facts->ambiguous ? 8U : 0U) |
            (facts->everyday ? 16U : 0U) | (facts->honorific ? 32U : 0U) | 64U;
  }
  return bits;
}

// What stands between a word and the one before it: its first and last byte, and whether it is
// longer than that.
uint64_t SentenceFeatures::GapBefore(size_t i) const {
  if (i >= words_.size()) return 0;
  const std::string_view text = reader_->text();
  const int64_t end = words_[i].word.begin;
  const int64_t begin = i == 0 ? std::max<int64_t>(0, end - 3) : words_[i - 1].word.end;
  if (begin >= end) return 1;
  const auto byte = [&](int64_t at) {
    const auto value = static_cast<unsigned char>(text[static_cast<size_t>(at)]);
    return value >= '0' && value <= '9' ? uint64_t{'0'} : uint64_t{value};
  };
  return byte(begin) | byte(end - 1) << 8 | Magnitude(end - begin, 4) << 16;
}

void SentenceFeatures::Add(uint64_t kind, uint64_t first, uint64_t second, uint64_t third) {
  features_.push_back(Mix(first * 0x9E3779B97F4A7C15U + second * 0xC2B2AE3D27D4EB4FU +
                          third * 0x165667B19E3779F9U + (kind << 56)));
}

// The word's first and last letters.
void SentenceFeatures::AddParts(size_t i) {
  const SeenWord& word = words_[i];
  const std::string_view letters = reader_->text().substr(static_cast<size_t>(word.word.begin),
                                                          static_cast<size_t>(word.size()));
  const auto part = [&](size_t begin, size_t size) {
    uint64_t hash = size;
    for (const char c : letters.substr(begin, size)) {
      const auto byte = static_cast<unsigned char>(c);
      hash = hash << 8 | (byte >= 'A' && byte <= 'Z' ? byte + 32U : byte);
    }
    return hash;
  };
  const uint64_t shape = ShapeAt(i, 0);
  for (const size_t size : {2U, 3U, 4U}) {
    if (letters.size() <= size) break;
    Add(20 + size, part(letters.size() - size, size), shape);
    if (size > 2) Add(30 + size, part(0, size), shape);
  }
}

std::span<const uint64_t> SentenceFeatures::Of(size_t i, bool triggers) {
  features_.clear();
  const SeenWord& seen = words_[i];
  const uint64_t word = WordAt(i, 0);
  const uint64_t shape = ShapeAt(i, 0) | (seen.is_initial ? 32U : 0U) | (triggers ? 64U : 0U);
  const uint64_t facts = FactsAt(i, 0);
  const uint64_t left = WordAt(i, -1);
  const uint64_t right = WordAt(i, 1);
  const uint64_t left_shape = ShapeAt(i, -1);
  const uint64_t right_shape = ShapeAt(i, 1);
  const uint64_t left_facts = FactsAt(i, -1);
  const uint64_t right_facts = FactsAt(i, 1);
  const uint64_t own = shape << 8 | facts;
  Add(1, own);
  Add(2, word);
  Add(3, word, shape);
  Add(4, left, shape);
  Add(5, right, shape);
  Add(6, WordAt(i, -2), shape);
  Add(7, WordAt(i, 2), shape);
  Add(8, left, word);
  Add(9, word, right);
  Add(10, left_shape, shape, right_shape);
  Add(11, own, left_facts << 8 | left_shape);
  Add(12, own, right_facts << 8 | right_shape);
  Add(13, own, left_facts << 8 | left_shape, right_facts << 8 | right_shape);
  Add(14, own, left);
  Add(15, own, right);
  Add(16, own, GapBefore(i));
  Add(17, own, GapBefore(i + 1));
  Add(18, left_shape << 8 | shape, GapBefore(i), FactsAt(i, -2));
  Add(19, right_shape << 8 | shape, GapBefore(i + 1), FactsAt(i, 2));
  Add(40, own, place_);
  Add(41, own, manner_);
  Add(42, own, language_);
  Add(43, shape, place_, manner_);
  Add(44, own, Magnitude(seen.size(), 5), std::min<uint64_t>(i, 2));
  Add(45, shape, words_[0].hash, std::min<uint64_t>(i, 3));
  Add(46, left, right, shape);
  AddParts(i);
  return features_;
}

}  // namespace parley
