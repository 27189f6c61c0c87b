// Short pieces of text as keys: the two tables between a text and its token count.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace parley {

inline constexpr size_t kMostKeyBytes = 15;

/// A piece of at most 15 bytes and its length, exactly: no two pieces share a key.
struct PieceKey {
  uint64_t low = 0;
  uint64_t high = 0;  ///< The top byte is the length.

  bool operator==(const PieceKey&) const = default;
  uint64_t Hash() const {
    __extension__ using Wide = unsigned __int128;
    const Wide product = Wide{low ^ 0x9E3779B97F4A7C15U} * (high ^ 0xD6E8FEB86659FD93U);
    return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
  }
};

namespace internal {
inline constexpr std::array<std::array<uint64_t, 2>, 16> kKeyMasks = [] {
  std::array<std::array<uint64_t, 2>, 16> masks = {};
  for (size_t size = 0; size < 16; ++size) {
    masks[size][0] = size >= 8 ? ~uint64_t{0} : (uint64_t{1} << (8 * size)) - 1;
    masks[size][1] = size <= 8 ? 0 : (uint64_t{1} << (8 * (size - 8))) - 1;
  }
  return masks;
}();
}  // namespace internal

/// The key of `size` bytes at `begin`. Reads 16 bytes where `text_end` allows it.
inline PieceKey KeyOf(const char* begin, size_t size, const char* text_end) {
  std::array<uint64_t, 2> words = {};
  if (text_end - begin >= 16) {
    std::memcpy(words.data(), begin, 16);
    words[0] &= internal::kKeyMasks[size][0];
    words[1] &= internal::kKeyMasks[size][1];
  } else {
    std::memcpy(words.data(), begin, size);
  }
  return {words[0], words[1] | uint64_t{size} << 56};
}

/// From a piece to its number: the whole vocabulary. Immutable once filled.
class PieceMap {
 public:
  PieceMap() = default;
  explicit PieceMap(size_t most_pieces);

  /// Once a piece; at most `most_pieces`. `number` is below 2^32 - 1.
  void Add(std::string_view piece, uint32_t number);

  std::optional<uint32_t> Find(std::string_view piece) const;
  std::optional<uint32_t> FindShort(const PieceKey& key) const;

 private:
  static constexpr uint32_t kFree = ~0U;
  std::vector<PieceKey> keys_;
  std::vector<uint32_t> numbers_;  // kFree where there is no key.
  std::unordered_map<std::string, uint32_t> long_pieces_;
  size_t most_long_bytes_ = 0;
  size_t mask_ = 0;
};

/// A thread's memory of counts of short pieces. Bounded: a set of two places an index, where the
/// newer pushes out the older. Exact: the whole piece is the key.
class CountCache {
 public:
  static constexpr size_t kPlaces = size_t{1} << 16;

  CountCache() : entries_(kPlaces) {}

  /// The count of the piece, or nought if it is not remembered.
  uint32_t Find(const PieceKey& key) const {
    const PieceKey* set = &entries_[SetOf(key)];
    for (size_t i = 0; i < 2; ++i) {
      if (set[i].low == key.low && (set[i].high & kKeyBits) == key.high) {
        return static_cast<uint32_t>(set[i].high >> kCountShift);
      }
    }
    return 0;
  }

  /// Remembers a count of 1 to 15: a piece has no more tokens than its 15 bytes.
  void Add(const PieceKey& key, uint32_t count) {
    PieceKey* set = &entries_[SetOf(key)];
    set[1] = set[0];
    set[0] = {key.low, key.high | uint64_t{count} << kCountShift};
  }

 private:
  // The length takes the lower half of the top byte, the count the upper.
  static constexpr int kCountShift = 60;
  static constexpr uint64_t kKeyBits = (uint64_t{1} << kCountShift) - 1;
  static size_t SetOf(const PieceKey& key) { return key.Hash() % (kPlaces / 2) * 2; }

  std::vector<PieceKey> entries_;
};

/// This thread's cache for the counter called `owner`, a number no other counter of the program
/// has.
CountCache& CacheOfThisThread(uint64_t owner);

/// A number for `CacheOfThisThread`.
uint64_t NextCacheOwner();

}  // namespace parley
