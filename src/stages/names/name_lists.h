// Which words are common, and which are persons' names: the knowledge of the screen.
//
// About 300,000 words of 25 languages, made by tools/make_name_lists.py. A word is in it because a
// language uses it often, because somebody is called so, or both.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

/// What is known of a word.
struct WordFacts {
  uint32_t common_in = 0;  ///< A bit for each language in which it is common; see LanguageBit.
  bool given = false;      ///< Somebody's given name.
  bool surname = false;
  bool ambiguous = false;  ///< A name that is an everyday word too: "will", "rose", "berlin".
  bool everyday = false;   ///< Among the 2,000 or so most frequent words of English.
  bool honorific = false;  ///< Stands beside names: "mr", "frau", "さん".

  bool is_name() const { return given || surname; }
};

/// Immutable once read; thread-safe. Takes about 10 MB.
class NameLists {
 public:
  /// A file made by tools/make_name_lists.py. Invalid if it is damaged or of another version.
  static Result<NameLists> Read(const std::string& path);
  static Result<NameLists> Parse(std::string_view bytes);

  /// What is known of `word`, in lower case and NFC; null for a word that is in no list. One probe
  /// of a hash table, then the bytes are compared: nothing is taken for something it is not.
  const WordFacts* Find(std::string_view word) const;

  /// The bit of `language` ("en") in WordFacts::common_in; nought for one without a list.
  uint32_t LanguageBit(std::string_view language) const;

  int64_t size() const { return word_count_; }

 private:
  struct Slot {
    uint32_t fingerprint = 0;
    uint32_t place = kFree;  // In words_: a byte of length, two of the kind, the word.
  };
  static constexpr uint32_t kFree = 0xFFFFFFFF;

  void Insert(uint32_t place);
  std::string_view WordAt(uint32_t place) const;

  std::vector<std::string> languages_;
  std::vector<WordFacts> kinds_;
  std::vector<Slot> slots_;
  std::string words_;
  int64_t word_count_ = 0;
};

}  // namespace parley
