// Decides, from the bytes alone, which sentences could hold a person's name.
//
// An encoder reads 12,000 pieces a second; this reads tens of millions of bytes. So it may let much
// through that holds no name, but what it holds back nobody looks at again. It goes by what a
// writing offers: in Latin, Cyrillic and the like by capitals on words that are not common, and by
// lists of names in any case; in Chinese and Japanese by surnames, honorifics, katakana and
// characters that make no known word; where neither case nor lists help (Korean, Arabic, Thai, …)
// it lets every sentence through. Code, tables and identifiers need a word of the lists, or two
// capitals in a row.

#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "stages/names/name_finder.h"
#include "stages/names/name_lists.h"
#include "stages/names/sentences.h"

namespace parley {

class NameScreen {
 public:
  explicit NameScreen(std::shared_ptr<const NameLists> lists) : lists_(std::move(lists)) {}

  struct Answer {
    std::vector<Sentence> read = {};  ///< Those that could hold a name, ascending.
    int64_t sentences = 0;            ///< How many there were.
  };

  /// Linear in the bytes. Thread-safe; the same text and language give the same answer.
  Answer Screen(const NameText& text) const;

 private:
  std::shared_ptr<const NameLists> lists_;
};

}  // namespace parley
