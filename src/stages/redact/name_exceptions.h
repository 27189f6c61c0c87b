// Names that a recipe names: always kept, or always replaced.

#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"
#include "stages/redact/name_words.h"
#include "text/edit_map.h"

namespace parley {

/// A list of names, each for every language or for one: "Ford", "en:Ford". Compared as names are:
/// whole words, whatever the case and the accents.
class NameExceptions {
 public:
  /// Invalid if an entry holds no letter; the message does not tell which name it was, only where.
  static Result<NameExceptions> Create(const std::vector<std::string>& entries);

  bool empty() const { return entries_.empty(); }

  /// Whether these words, all of them, are an entry.
  bool Holds(std::span<const NameWord> words, std::string_view language) const;

  /// Where entries stand in a text, ascending, without overlaps, the longest first. `words` are all
  /// of its words.
  std::vector<Span> FindIn(std::span<const NameWord> words, std::string_view text,
                           std::string_view language) const;

 private:
  using Languages = std::set<std::string, std::less<>>;  ///< Empty: all.

  bool HoldsKey(std::string_view key, std::string_view language) const;

  std::map<std::string, Languages, std::less<>> entries_;  ///< By the words with blanks between.
  std::set<int64_t> unspaced_sizes_;                       ///< Bytes of entries without blanks.
  size_t most_words_ = 0;
};

}  // namespace parley
