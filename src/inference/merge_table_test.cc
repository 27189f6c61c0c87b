#include "inference/merge_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"

namespace parley {
namespace {

using Symbol = MergeTable::Symbol;

// A vocabulary of letters and of words made by joining two earlier ones.
struct Words {
  std::vector<std::string> spellings;
  std::vector<MergeTable::Rule> rules;

  MergeTable Table() const {
    return MergeTable(rules, static_cast<Symbol>(spellings.size()),
                      [&](Symbol symbol, std::vector<Symbol>& symbols) {
                        for (const char c : spellings[symbol]) {
                          symbols.push_back(static_cast<Symbol>(c - 'a'));
                        }
                      });
  }
};

// Every split of a word into two others is a rule; words are in the order of their priorities, of
// which `ties` share each.
Words RandomWords(Random& random, int word_count, uint32_t ties) {
  Words words{.spellings = {"a", "b", "c"}, .rules = {}};
  std::map<std::string, Symbol> symbols = {{"a", 0}, {"b", 1}, {"c", 2}};
  while (words.spellings.size() < static_cast<size_t>(word_count)) {
    const auto any = [&]() -> const std::string& {
      return words.spellings[random.Below(static_cast<int64_t>(words.spellings.size()))];
    };
    const std::string word = any() + any();
    const auto symbol = static_cast<Symbol>(words.spellings.size());
    if (!symbols.emplace(word, symbol).second) continue;
    words.spellings.push_back(word);
  }
  for (Symbol symbol = 3; symbol < words.spellings.size(); ++symbol) {
    const std::string& word = words.spellings[symbol];
    for (size_t cut = 1; cut < word.size(); ++cut) {
      const auto left = symbols.find(word.substr(0, cut));
      const auto right = symbols.find(word.substr(cut));
      if (left == symbols.end() || right == symbols.end()) continue;
      words.rules.push_back({left->second, right->second, symbol, symbol / ties});
    }
  }
  return words;
}

// As the definition says: looks through all rules and all places for each join.
std::vector<Symbol> SlowMerge(const std::vector<MergeTable::Rule>& rules,
                              std::vector<Symbol> symbols) {
  for (;;) {
    const MergeTable::Rule* best = nullptr;
    size_t place = 0;
    for (size_t at = 0; at + 1 < symbols.size(); ++at) {
      for (const MergeTable::Rule& rule : rules) {
        if (rule.left != symbols[at] || rule.right != symbols[at + 1]) continue;
        if (best == nullptr || rule.priority < best->priority) {
          best = &rule;
          place = at;
        }
      }
    }
    if (best == nullptr) return symbols;
    symbols[place] = best->joined;
    symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(place) + 1);
  }
}

// 300 symbols go the long way, by the heap.
TEST(MergeTable, JoinsAsTheDefinitionSays) {
  for (uint64_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const Words words = RandomWords(random, 40, seed % 2 == 0 ? 1 : 7);
    const MergeTable table = words.Table();
    for (const size_t size : {0, 1, 2, 9, 40, 96, 97, 300}) {
      std::vector<Symbol> symbols(size);
      for (Symbol& symbol : symbols) symbol = static_cast<Symbol>(random.Below(3));
      const std::vector<Symbol> want = SlowMerge(words.rules, symbols);
      symbols.resize(table.Merge(symbols));
      EXPECT_EQ(symbols, want) << size;
    }
  }
}

// "bc" comes first, so "abc" is never made of "ab" and "c"; "cab" has no way at all.
TEST(MergeTable, KnowsWhatArises) {
  const Words words{.spellings = {"a", "b", "c", "bc", "ab", "abc", "cab"},
                    .rules = {{1, 2, 3, 0}, {0, 1, 4, 1}, {4, 2, 5, 2}}};
  const MergeTable table = words.Table();
  EXPECT_TRUE(table.Arises(0));
  EXPECT_TRUE(table.Arises(3));
  EXPECT_TRUE(table.Arises(4));
  EXPECT_FALSE(table.Arises(5));
  EXPECT_FALSE(table.Arises(6));
}

}  // namespace
}  // namespace parley
