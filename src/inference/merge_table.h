// Byte-pair merging: the part that all such vocabularies share.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

namespace parley {

/// Joins neighbouring symbols of a text, best pair first, until no pair can be joined.
///
/// Of all pairs that may be joined, the one of the lowest priority number is; among equals the
/// leftmost. A symbol stands for a piece of the vocabulary.
///
/// Only one way of making each piece is kept. When a piece arises in the middle of a text, nothing
/// had been joined across its ends, so its inside went exactly as if it had stood alone: it always
/// arises from the same last pair. Other pairs that spell the same piece never meet, and a piece
/// that does not arise from itself standing alone never arises. A table of one entry a piece fits
/// a nearer cache than one of all splits.
///
/// Source: Sennrich, Haddow and Birch, "Neural machine translation of rare words with subword
/// units", 2016, section 3.2.
class MergeTable {
 public:
  using Symbol = uint32_t;
  static constexpr Symbol kNone = (1U << 20) - 1;  ///< And one more than the most symbols.

  struct Rule {
    Symbol left = 0;
    Symbol right = 0;
    Symbol joined = 0;
    uint32_t priority = 0;  ///< Lower goes first.
  };

  MergeTable() = default;

  /// `rules` are all pairs that may be joined, no pair twice. `spell` appends the symbols that a
  /// piece begins as: its bytes or its code points; nothing for one that no text becomes.
  MergeTable(std::vector<Rule> rules, Symbol symbol_count,
             const std::function<void(Symbol, std::vector<Symbol>&)>& spell);

  /// Joins in place; the first so many symbols are the result. O(n log n).
  size_t Merge(std::span<Symbol> symbols) const { return Merge(symbols, nullptr); }

  /// Whether `symbol` arises when its piece stands alone.
  bool Arises(Symbol symbol) const { return arises_[symbol]; }

 private:
  static constexpr uint32_t kNoRule = (1U << 24) - 1;
  static constexpr uint64_t kEmpty = std::numeric_limits<uint64_t>::max();

  // Left and right take 20 bits each, the rule's place 24.
  static uint64_t KeyOf(Symbol left, Symbol right) { return uint64_t{left} << 20 | right; }
  size_t SlotOf(uint64_t key) const { return (key * 0x9E3779B97F4A7C15U) >> shift_; }

  uint32_t RuleOf(Symbol left, Symbol right) const {
    const uint64_t key = KeyOf(left, right);
    for (size_t slot = SlotOf(key);; slot = (slot + 1) & mask_) {
      const uint64_t entry = entries_[slot];
      if (entry >> 24 == key) return static_cast<uint32_t>(entry & kNoRule);
      if (entry == kEmpty) return kNoRule;
    }
  }

  // Which of two rules goes first; rules of equal priority have one rank. Rules lie in the order of
  // their priorities, so that most ranks need no look.
  uint32_t RankOf(uint32_t rule) const {
    return rule < ordered_ || rule == kNoRule ? rule : ranks_[rule];
  }

  void Fill(std::vector<Rule> rules);
  size_t Merge(std::span<Symbol> symbols, uint32_t* last_rule) const;
  size_t MergeShort(std::span<Symbol> symbols, uint32_t* last_rule) const;
  size_t MergeLong(std::span<Symbol> symbols, uint32_t* last_rule) const;

  std::vector<Rule> rules_;
  std::vector<uint32_t> ranks_;
  uint32_t ordered_ = 0;  // Below, a rule's rank is its own number.
  std::vector<uint64_t> entries_;
  std::vector<bool> arises_;
  size_t mask_ = 0;
  int shift_ = 0;
};

}  // namespace parley
