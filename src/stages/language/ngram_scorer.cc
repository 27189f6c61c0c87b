#include "stages/language/ngram_scorer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "io/file.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr std::string_view kMagic = "ELDNGRM1";
constexpr size_t kCodeBytes = 8;
constexpr size_t kPieceBytes = 6;
constexpr size_t kMaxPieces = 500;
constexpr uint32_t kSeveralValues = 0x80;

/// The hash that the table was made with: the half of SplitMix64's finish.
uint64_t HashPiece(uint64_t piece) {
  piece ^= piece >> 30;
  piece *= 0xbf58476d1ce4e5b9ULL;
  return piece ^ (piece >> 27);
}

/// Ideographs, kana and Hangul carry as much as a word each.
bool IsWordByItself(char32_t c) {
  return (c >= 0x1100 && c <= 0x11FF) || (c >= 0x2E80 && c <= 0x2FDF) ||
         (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3100 && c <= 0x312F) ||
         (c >= 0x3130 && c <= 0x318F) || (c >= 0x31A0 && c <= 0x31FF) ||
         (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xA960 && c <= 0xA97F) || (c >= 0xAC00 && c <= 0xD7FF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF66 && c <= 0xFFDC) || c >= 0x20000;
}

/// Different pieces in the order of their coming, each once.
class Pieces {
 public:
  /// `text` has at most six bytes.
  void Add(std::string_view text, bool begins_word, bool ends_word) {
    if (hashes_.size() == kMaxPieces) return;
    char bytes[8] = {};
    size_t at = 0;
    if (begins_word) bytes[at++] = ' ';
    std::memcpy(bytes + at, text.data(), text.size());
    at += text.size();
    if (ends_word) bytes[at++] = ' ';
    uint64_t piece = 0;
    for (size_t i = 0; i < sizeof(bytes); ++i) {
      piece |= uint64_t{static_cast<uint8_t>(bytes[i])} << (8 * i);
    }
    const uint64_t hash = HashPiece(piece);
    for (size_t slot = hash >> 48;; ++slot) {
      uint16_t& seen = seen_[slot % seen_.size()];
      if (seen == 0) {
        hashes_.push_back(hash);
        seen = static_cast<uint16_t>(hashes_.size());
        return;
      }
      if (hashes_[seen - 1] == hash) return;  // The hash loses nothing: it can be undone.
    }
  }

  const std::vector<uint64_t>& hashes() const { return hashes_; }

 private:
  std::vector<uint64_t> hashes_;
  std::array<uint16_t, 1024> seen_ = {};
};

void AddWord(std::string_view word, Pieces& pieces) {
  if (word.size() <= kPieceBytes) {
    pieces.Add(word, true, true);
    return;
  }
  pieces.Add(word.substr(0, kPieceBytes), true, false);
  for (size_t at = kPieceBytes; at + kPieceBytes < word.size(); at += kPieceBytes) {
    pieces.Add(word.substr(at, kPieceBytes), false, false);
  }
  pieces.Add(word.substr(word.size() - kPieceBytes), false, true);
}

/// ln of a number of at least 1, to 0.06: a float's bits, taken as an integer, grow as its
/// logarithm.
float QuickLog(float number) {
  constexpr float kPerBit = 0.69314718F / (1 << 23);
  return static_cast<float>(std::bit_cast<int32_t>(number) - 0x3F800000) * kPerBit;
}

char32_t Lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  if (c < 0x100) return (c >= 0xC0 && c <= 0xDE && c != 0xD7) ? c + 32 : c;
  if (c < 0x180) {
    if (c == 0x130) return 'i';
    if (c == 0x178) return 0xFF;
    const bool odd_is_upper = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    if (c == 0x131 || c == 0x138 || c == 0x149 || c == 0x17F) return c;
    return (c & 1) == (odd_is_upper ? 1U : 0U) ? c + 1 : c;
  }
  if (c == 0x18F) return 0x259;
  if (c >= 0x1CD && c <= 0x1DC) return (c & 1) != 0 ? c + 1 : c;
  if ((c >= 0x1DE && c <= 0x1EF) || (c >= 0x1F8 && c <= 0x21F)) return c | 1;
  if (c >= 0x391 && c <= 0x3AB && c != 0x3A2) return c + 32;
  if (c == 0x386) return 0x3AC;
  if (c >= 0x388 && c <= 0x38A) return c + 37;
  if (c == 0x38C) return 0x3CC;
  if (c == 0x38E || c == 0x38F) return c + 63;
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if ((c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) || (c >= 0x4D0 && c <= 0x52F)) {
    return c | 1;
  }
  if (c >= 0x531 && c <= 0x556) return c + 48;
  if (c >= 0x1E00 && c <= 0x1EFF && !(c >= 0x1E96 && c <= 0x1E9F)) return c | 1;
  return c;
}

}  // namespace

Result<NgramScorer> NgramScorer::Read(const std::string& path) {
  const std::string bytes = TRY(ReadWholeFile(path));
  Result<NgramScorer> scorer = Parse(bytes);
  if (!scorer) return Invalid(scorer.error().message, {.file = path});
  return scorer;
}

Result<NgramScorer> NgramScorer::Parse(std::string_view bytes) {
  const auto damaged = [] { return Invalid("is no sound table of n-grams"); };
  if (!bytes.starts_with(kMagic) || bytes.size() < kMagic.size() + 12) return damaged();
  bytes.remove_prefix(kMagic.size());
  uint32_t counts[3];
  std::memcpy(counts, bytes.data(), sizeof(counts));
  bytes.remove_prefix(sizeof(counts));
  const uint64_t code_count = counts[0];
  const uint64_t slot_count = counts[1];
  const uint64_t value_count = counts[2];
  if (code_count > 255 || !std::has_single_bit(slot_count) ||
      bytes.size() != code_count * kCodeBytes + slot_count * 8 + value_count * 4) {
    return damaged();
  }
  NgramScorer scorer;
  for (uint64_t i = 0; i < code_count; ++i) {
    const std::string_view padded = bytes.substr(i * kCodeBytes, kCodeBytes);
    scorer.codes_.emplace_back(padded.substr(0, padded.find('\0')));
  }
  bytes.remove_prefix(code_count * kCodeBytes);
  scorer.slots_.resize(slot_count);
  std::memcpy(scorer.slots_.data(), bytes.data(), slot_count * 8);
  scorer.values_.resize(value_count);
  if (value_count > 0) {
    std::memcpy(scorer.values_.data(), bytes.data() + slot_count * 8, value_count * 4);
  }
  bool any_free = false;
  for (const Slot& slot : scorer.slots_) {
    if (slot.fingerprint == 0) {
      any_free = true;
    } else if ((slot.content & kSeveralValues) == 0) {
      if ((slot.content & 0xFF) >= code_count) return damaged();
    } else if (uint64_t{slot.content >> 8} + (slot.content & 0x7F) > value_count) {
      return damaged();
    }
  }
  for (const uint32_t value : scorer.values_) {
    if ((value & 0xFF) >= code_count) return damaged();
  }
  if (!any_free) return damaged();  // A search would not end.
  return scorer;
}

NgramScorer::Counts NgramScorer::AddScores(std::string_view words, std::span<float> scores) const {
  Check(scores.size() == codes_.size(), "one place for each language");
  Pieces pieces;
  std::string word;
  for (size_t at = 0; at < words.size();) {
    const char32_t code_point = NextCodePoint(words, at);
    if (code_point != ' ' && !IsWordByItself(code_point)) {
      AppendCodePoint(word, Lower(code_point));
      continue;
    }
    if (!word.empty()) AddWord(word, pieces);
    word.clear();
    if (code_point == ' ') continue;
    AppendCodePoint(word, code_point);
    AddWord(word, pieces);
    word.clear();
  }
  if (!word.empty()) AddWord(word, pieces);

  const auto add = [&](uint32_t value) {
    const auto number = std::bit_cast<float>(value & 0xFFFFFF00U);
    scores[value & 0xFF] += QuickLog(1 + number);
  };
  const std::vector<uint64_t>& hashes = pieces.hashes();
  const size_t mask = slots_.size() - 1;
  Counts counts{.pieces = static_cast<int64_t>(hashes.size())};
  uint32_t found[kMaxPieces];  // What their slots hold.
  // The table is far larger than the caches: ask for each part well before it is needed.
  constexpr size_t kAhead = 16;
  for (size_t i = 0; i < std::min(kAhead, hashes.size()); ++i) {
    __builtin_prefetch(&slots_[hashes[i] & mask]);
  }
  for (size_t i = 0; i < hashes.size(); ++i) {
    if (i + kAhead < hashes.size()) __builtin_prefetch(&slots_[hashes[i + kAhead] & mask]);
    const auto fingerprint = std::max<uint32_t>(static_cast<uint32_t>(hashes[i] >> 32), 1);
    for (size_t at = hashes[i] & mask; slots_[at].fingerprint != 0; at = (at + 1) & mask) {
      if (slots_[at].fingerprint != fingerprint) continue;
      const uint32_t content = slots_[at].content;
      if ((content & kSeveralValues) != 0) __builtin_prefetch(&values_[content >> 8]);
      found[counts.known++] = content;
      break;
    }
  }
  for (int64_t i = 0; i < counts.known; ++i) {
    if ((found[i] & kSeveralValues) == 0) {
      add(found[i]);
      continue;
    }
    const uint32_t* first = &values_[found[i] >> 8];
    for (uint32_t k = 0; k < (found[i] & 0x7F); ++k) add(first[k]);
  }
  return counts;
}

}  // namespace parley
