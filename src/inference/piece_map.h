// Short pieces of text as keys: the two tables between a text and its token count.

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/hash.h"

namespace parley {

inline constexpr size_t kMostKeyBytes = 15;

/// A text is cut into pieces a window at a time: a bit a byte.
inline constexpr size_t kWindowBytes = 4096;
using PieceMarks = std::array<uint64_t, kWindowBytes / 64>;

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

  /// Once a piece, which is not empty; at most `most_pieces`.
  void Add(std::string_view piece, uint32_t number);

  std::optional<uint32_t> Find(std::string_view piece) const;
  bool Contains(std::string_view piece) const { return Find(piece).has_value(); }

 private:
  struct Hasher {
    using is_transparent = void;
    size_t operator()(std::string_view piece) const { return HashOf(piece); }
  };

  std::vector<PieceKey> keys_;  // A free place's is all nought.
  std::vector<uint32_t> numbers_;
  std::unordered_map<std::string, uint32_t, Hasher, std::equal_to<>> long_pieces_;
  size_t most_long_bytes_ = 0;
  size_t mask_ = 0;
};

/// A thread's memory of counts of short pieces. Bounded: places come in pairs, where the newer
/// pushes out the older, and those of 16 to 30 bytes alone. Exact: the whole piece is the key.
class CountCache {
 public:
  static constexpr size_t kPlaces = size_t{1} << 16;
  static constexpr size_t kLongPlaces = size_t{1} << 13;

  CountCache() : entries_(kPlaces), long_entries_(kLongPlaces) {}

  /// The sum of the counts of the pieces that `marks` cut between `begin` and `end` of `text`: bit
  /// i of word w is a cut at `begin` + 64 w + i. Those at `begin` itself and from `end` on are
  /// passed over. `count` tells what is not remembered.
  ///
  /// Places are fetched a batch ahead of their use: which of them is near is as good as random.
  template <class Count>
  int64_t CountPieces(std::string_view text, size_t begin, size_t end, const PieceMarks& marks,
                      const Count& count) {
    Batch batch;
    int64_t sum = 0;
    const char* const text_end = text.data() + text.size();
    const auto add = [&](size_t piece_begin, size_t piece_end) {
      const char* const first = text.data() + piece_begin;
      const std::string_view piece(first, piece_end - piece_begin);
      if (piece.size() > kMostKeyBytes) [[unlikely]] {
        sum += CountLong(piece, count);
        return;
      }
      const PieceKey key = KeyOf(first, piece.size(), text_end);
      PieceKey* set = &entries_[SetOf(key)];
      __builtin_prefetch(set);
      batch.items[batch.size] = {key, set, first};
      if (++batch.size == batch.items.size()) sum += Settle(batch, count);
    };
    size_t piece_begin = begin;
    for (size_t base = begin, w = 0; base < end; base += 64, ++w) {
      uint64_t bits = marks[w];
      if (w == 0) bits &= ~uint64_t{1};
      if (end - base < 64) bits &= (uint64_t{1} << (end - base)) - 1;
      for (; bits != 0; bits &= bits - 1) {
        const size_t cut = base + static_cast<size_t>(std::countr_zero(bits));
        add(piece_begin, cut);
        piece_begin = cut;
      }
    }
    add(piece_begin, end);
    return sum + Settle(batch, count);
  }

 private:
  static constexpr size_t kMostLongBytes = 30;
  struct LongEntry {
    std::array<char, kMostLongBytes> bytes = {};
    uint8_t size = 0;
    uint8_t count = 0;
  };
  struct Item {
    PieceKey key;
    PieceKey* set = nullptr;
    const char* piece = nullptr;
  };
  struct Batch {
    std::array<Item, 16> items;
    size_t size = 0;
  };

  template <class Count>
  int64_t Settle(Batch& batch, const Count& count) {
    uint64_t sum = 0;
    for (size_t i = 0; i < batch.size; ++i) {
      const Item& item = batch.items[i];
      uint64_t found = Find(item.set, item.key);
      if (found == 0) [[unlikely]] {
        found = static_cast<uint64_t>(count({item.piece, item.key.high >> 56}));
        item.set[1] = item.set[0];
        item.set[0] = {item.key.low, item.key.high | found << kCountShift};
      }
      sum += found;
    }
    batch.size = 0;
    return static_cast<int64_t>(sum);
  }

  template <class Count>
  int64_t CountLong(std::string_view piece, const Count& count) {
    if (piece.size() > kMostLongBytes) return count(piece);
    LongEntry& entry = long_entries_[HashOf(piece) % kLongPlaces];
    if (piece != std::string_view(entry.bytes.data(), entry.size)) {
      std::memcpy(entry.bytes.data(), piece.data(), piece.size());
      entry.size = static_cast<uint8_t>(piece.size());
      entry.count = static_cast<uint8_t>(count(piece));
    }
    return entry.count;
  }

  // The count of the piece, or nought if it is not remembered: 1 to 15, as a piece has no more
  // tokens than its bytes. Which of the two places holds it is as good as random: no branch asks.
  static uint64_t Find(const PieceKey* set, const PieceKey& key) {
    const uint64_t first = Differs(set[0], key) ? 0 : set[0].high >> kCountShift;
    const uint64_t second = Differs(set[1], key) ? 0 : set[1].high >> kCountShift;
    return first | second;
  }

  // The length takes the lower half of the top byte, the count the upper.
  static constexpr int kCountShift = 60;
  static constexpr uint64_t kKeyBits = (uint64_t{1} << kCountShift) - 1;
  static bool Differs(const PieceKey& entry, const PieceKey& key) {
    return ((entry.low ^ key.low) | ((entry.high & kKeyBits) ^ key.high)) != 0;
  }
  static size_t SetOf(const PieceKey& key) { return key.Hash() % (kPlaces / 2) * 2; }

  std::vector<PieceKey> entries_;
  std::vector<LongEntry> long_entries_;
};

/// This thread's cache for the counter called `owner`, a number no other counter of the program
/// has.
CountCache& CacheOfThisThread(uint64_t owner);

/// A number for `CacheOfThisThread`.
uint64_t NextCacheOwner();

}  // namespace parley
