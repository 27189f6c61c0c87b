// Finds persons who are known by name wherever else a conversation has their names.

#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "stages/redact/name_words.h"
#include "stages/redact/person_linker.h"
#include "text/edit_map.h"

namespace parley {

/// A span of a text that is of a person: a mention, or what was found besides.
struct PersonPlace {
  int64_t begin = 0;
  int64_t end = 0;
  int64_t person = 0;
  double score = 0;  ///< Of a mention; 0: found by searching.
};

class PersonSearch {
 public:
  /// `confirmed` are indices into `persons`, which outlive the search.
  PersonSearch(const std::vector<Person>& persons, const std::vector<int64_t>& confirmed);

  /// `mentions`, ascending, without overlaps, with what was found besides, neighbouring spans of
  /// one person joined. Nothing found overlaps a span of `closed`, which is ascending. To be called
  /// for the texts of a conversation in order: who was spoken of last counts.
  std::vector<PersonPlace> AddTo(std::string_view text, std::string_view language,
                                 std::vector<PersonPlace> mentions, std::span<const Span> closed);

 private:
  struct Key {
    std::vector<int64_t> persons = {};
    std::string form = {};  ///< The word of a name that it stands for.
    int64_t last = -1;      ///< The one of them spoken of last.
    bool weak = false;      ///< Short or a common word: needs evidence.
    bool glued = false;     ///< All parts in one word: "marysmith".
  };
  struct Hit;
  class TextSearch;

  struct KeyHash {
    using is_transparent = void;
    size_t operator()(std::string_view key) const { return HashOf(key); }
  };
  using Keys = std::unordered_map<std::string, Key, KeyHash, std::equal_to<>>;

  void AddForm(int64_t person, const NamePart& form);
  Key& AddKey(Keys& keys, const std::string& key, int64_t person);
  Key* Find(Keys& keys, std::string_view key);
  void SpokenOf(int64_t person);

  const std::vector<Person>& persons_;
  Keys words_;
  Keys stems_;
  std::set<size_t, std::greater<>> unspaced_sizes_;  ///< In bytes, of the names without blanks.
};

}  // namespace parley
