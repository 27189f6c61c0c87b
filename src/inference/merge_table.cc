#include "inference/merge_table.h"

#include <algorithm>
#include <array>
#include <bit>

#include "parley/status.h"

namespace parley {
namespace {

using Symbol = MergeTable::Symbol;

// Up to here a scan for the best pair costs less than a heap.
constexpr size_t kMostShortSymbols = 96;

// A long text's symbols as a doubly linked list over the places where they began.
struct Node {
  uint32_t next = 0;
  uint32_t previous = 0;
  uint32_t rule = 0;  // That joins it with `next`.
};

constexpr uint32_t kNowhere = std::numeric_limits<uint32_t>::max();

// Least rank first, then leftmost: a min-heap of rank << 32 | place.
class Agenda {
 public:
  void Add(uint32_t rank, uint32_t place) {
    heap_.push_back(uint64_t{rank} << 32 | place);
    std::ranges::push_heap(heap_, std::greater<>());
  }
  bool empty() const { return heap_.empty(); }
  uint64_t Take() {
    std::ranges::pop_heap(heap_, std::greater<>());
    const uint64_t best = heap_.back();
    heap_.pop_back();
    return best;
  }

 private:
  std::vector<uint64_t> heap_;
};

}  // namespace

MergeTable::MergeTable(std::vector<Rule> rules, Symbol symbol_count,
                       const std::function<void(Symbol, std::vector<Symbol>&)>& spell) {
  Check(symbol_count < kNone && rules.size() < kNoRule, "a vocabulary of over a million pieces");
  Fill(std::move(rules));
  arises_.assign(symbol_count, false);
  std::vector<Rule> kept;
  std::vector<Symbol> symbols;
  for (Symbol piece = 0; piece < symbol_count; ++piece) {
    symbols.clear();
    spell(piece, symbols);
    if (symbols.empty()) continue;
    uint32_t last_rule = kNoRule;
    const size_t left = Merge(symbols, &last_rule);
    arises_[piece] = left == 1 && symbols[0] == piece;
    if (arises_[piece] && last_rule != kNoRule) kept.push_back(rules_[last_rule]);
  }
  Fill(std::move(kept));
}

void MergeTable::Fill(std::vector<Rule> rules) {
  rules_ = std::move(rules);
  ranks_.clear();
  std::ranges::stable_sort(rules_, {}, &Rule::priority);
  uint32_t group = 0;
  ordered_ = kNoRule;
  for (uint32_t rule = 0; rule < rules_.size(); ++rule) {
    if (rule > 0 && rules_[rule].priority == rules_[group].priority) {
      ordered_ = std::min(ordered_, rule);
    } else {
      group = rule;
    }
    ranks_.push_back(group);
  }
  const size_t size = std::bit_ceil(std::max<size_t>(16, rules_.size() * 2));
  mask_ = size - 1;
  shift_ = 64 - std::countr_zero(size);
  entries_.assign(size, kEmpty);
  for (uint32_t rule = 0; rule < rules_.size(); ++rule) {
    const uint64_t key = KeyOf(rules_[rule].left, rules_[rule].right);
    size_t slot = SlotOf(key);
    while (entries_[slot] != kEmpty) slot = (slot + 1) & mask_;
    entries_[slot] = key << 24 | rule;
  }
}

size_t MergeTable::Merge(std::span<Symbol> symbols, uint32_t* last_rule) const {
  return symbols.size() <= kMostShortSymbols ? MergeShort(symbols, last_rule)
                                             : MergeLong(symbols, last_rule);
}

size_t MergeTable::MergeShort(std::span<Symbol> symbols, uint32_t* last_rule) const {
  size_t count = symbols.size();
  if (count < 2) return count;
  // What is read was weighed before; zeros would cost a word of three letters dear.
  std::array<uint32_t, kMostShortSymbols> rule;  // NOLINT(*-member-init)
  std::array<uint32_t, kMostShortSymbols> rank;  // NOLINT(*-member-init)
  const auto weigh = [&](size_t at) {
    rule[at] = RuleOf(symbols[at], symbols[at + 1]);
    rank[at] = RankOf(rule[at]);
  };
  for (size_t at = 0; at + 1 < count; ++at) weigh(at);
  while (count > 1) {
    size_t best = 0;
    for (size_t at = 1; at + 1 < count; ++at) {
      if (rank[at] < rank[best]) best = at;
    }
    if (rule[best] == kNoRule) break;
    symbols[best] = rules_[rule[best]].joined;
    if (last_rule != nullptr) *last_rule = rule[best];
    --count;
    for (size_t at = best + 1; at < count; ++at) {
      symbols[at] = symbols[at + 1];
      rule[at - 1] = rule[at];
      rank[at - 1] = rank[at];
    }
    if (best + 1 < count) weigh(best);
    if (best > 0) weigh(best - 1);
  }
  return count;
}

size_t MergeTable::MergeLong(std::span<Symbol> symbols, uint32_t* last_rule) const {
  Check(symbols.size() < kNowhere, "a piece of over four billion symbols");
  const auto count = static_cast<uint32_t>(symbols.size());
  std::vector<Node> nodes(count);
  Agenda agenda;
  const auto weigh = [&](uint32_t at) {
    Node& node = nodes[at];
    node.rule = node.next == kNowhere ? kNoRule : RuleOf(symbols[at], symbols[node.next]);
    if (node.rule != kNoRule) agenda.Add(RankOf(node.rule), at);
  };
  for (uint32_t at = 0; at < count; ++at) {
    nodes[at].previous = at == 0 ? kNowhere : at - 1;
    nodes[at].next = at + 1 == count ? kNowhere : at + 1;
    weigh(at);
  }
  while (!agenda.empty()) {
    const uint64_t best = agenda.Take();
    const auto at = static_cast<uint32_t>(best);
    Node& node = nodes[at];
    // Passed over if the symbol went, or its pair changed, since this was put on the agenda.
    if (node.rule == kNoRule || RankOf(node.rule) != best >> 32) continue;
    if (last_rule != nullptr) *last_rule = node.rule;
    symbols[at] = rules_[node.rule].joined;
    nodes[node.next].rule = kNoRule;
    node.next = nodes[node.next].next;
    if (node.next != kNowhere) nodes[node.next].previous = at;
    weigh(at);
    if (node.previous != kNowhere) weigh(node.previous);
  }
  size_t left = 0;
  for (uint32_t at = 0; at != kNowhere; at = nodes[at].next) symbols[left++] = symbols[at];
  return left;
}

}  // namespace parley
