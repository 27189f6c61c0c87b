// Decides, from the bytes alone, which sentences could hold a person's name.
//
// An encoder reads 12,000 pieces a second; this reads tens of millions of bytes. So it may let much
// through that holds no name, but what it holds back nobody looks at again. Where a writing has
// case a linear model of words (name_odds.h) decides, which knows the rules below among much else;
// without it, and in other writings, the rules do. They go by what a writing offers: in Latin,
// Cyrillic and the like by capitals on words that are not common, and by lists of names in any
// case; in Chinese and Japanese by surnames, honorifics, katakana and characters that make no known
// word; where neither case nor lists help (Korean, Arabic, Thai, …) it lets every sentence through.
// Code, tables and identifiers need a word of the lists, or two capitals in a row.

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "stages/names/name_finder.h"
#include "stages/names/name_lists.h"
#include "stages/names/name_odds.h"
#include "stages/names/sentences.h"
#include "stages/names/word_scan.h"

namespace parley {

class NameScreen {
 public:
  /// Without `odds` the rules decide alone.
  explicit NameScreen(std::shared_ptr<const NameLists> lists,
                      std::shared_ptr<const NameOdds> odds = nullptr)
      : lists_(std::move(lists)), odds_(std::move(odds)) {}

  struct Answer {
    std::vector<Sentence> read = {};  ///< Those that could hold a name, ascending.
    int64_t sentences = 0;            ///< How many there were.
  };

  /// Linear in the bytes. Thread-safe; the same text and language give the same answer.
  Answer Screen(const NameText& text) const;

  /// Takes what the linear model is trained on.
  class Listener {
   public:
    virtual ~Listener() = default;
    /// A sentence; whether the rules let it through, and whether for a word of a writing without
    /// case.
    virtual void Hear(const Sentence& sentence, bool by_rules, bool caseless) = 0;
    /// A word of the sentence before that the model judges.
    virtual void Hear(const TextWord& word, std::span<const uint64_t> features) = 0;
  };

  /// Tells all sentences and words that the model would judge.
  void Tell(const NameText& text, Listener& listener) const;

 private:
  std::shared_ptr<const NameLists> lists_;
  std::shared_ptr<const NameOdds> odds_;
};

}  // namespace parley
