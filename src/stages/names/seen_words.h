// The words of a sentence with what is known of each: how it is written, what the lists say of it,
// and what stands around it.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stages/names/name_finder.h"
#include "stages/names/name_lists.h"
#include "stages/names/sentences.h"
#include "stages/names/word_scan.h"

namespace parley {

inline constexpr int64_t kLongestNameWord = 60;  ///< Bytes; more is a hash, a URL, a joke.

struct SeenWord {
  TextWord word;
  uint64_t hash = 0;  ///< Of its form in lower case; nought for one that is too long.
  const WordFacts* facts = nullptr;
  bool is_common = false;      ///< In the text's language or in English.
  bool is_identifier = false;  ///< Grown together with digits, underscores, an at sign.
  bool is_initial = false;     ///< First of its sentence, or behind a colon, a bullet, a quote.

  bool is_name() const { return facts != nullptr && facts->is_name(); }
  bool is_sure_name() const { return is_name() && !facts->ambiguous; }
  bool is_capital() const { return word.shape == WordShape::kTitle || is_upper(); }
  bool is_upper() const { return word.shape == WordShape::kUpper; }
  int64_t size() const { return word.end - word.begin; }
};

/// Reads the sentences of one text, which outlives it, as do the lists.
class WordReader {
 public:
  WordReader(const NameText& text, const NameLists& lists);

  /// The words of `sentence`, in order, in place of what `words` held.
  void Read(const Sentence& sentence, std::vector<SeenWord>& words);

  std::string_view text() const { return text_; }
  const NameLists& lists() const { return lists_; }
  bool by_person() const { return by_person_; }
  uint32_t language() const { return language_; }  ///< Its bit; all bits if it is not known.
  uint32_t english() const { return english_; }
  bool is_english() const { return is_english_; }  ///< Or not known.
  bool is_german() const { return is_german_; }

  /// The bytes beside a word; a line break where the text ends.
  char Before(const TextWord& word) const { return word.begin > 0 ? text_[word.begin - 1] : '\n'; }
  char Behind(const TextWord& word) const {
    return word.end < static_cast<int64_t>(text_.size()) ? text_[word.end] : '\n';
  }

 private:
  SeenWord See(const TextWord& word, const Sentence& sentence);
  bool IsCommon(const WordFacts* facts) const;
  bool IsDerived();
  bool IsPlainWord(std::string_view word) const;
  bool IsCompound() const;
  bool StartsClause(const TextWord& word) const;

  std::string_view text_;
  const NameLists& lists_;
  bool by_person_;
  uint32_t language_;
  uint32_t english_;
  bool is_english_;
  bool is_german_;
  std::vector<TextWord> scanned_;
  std::string lower_;
  std::string stem_;
};

}  // namespace parley
