// Cuts texts into units: the words and characters that duplicates are told by.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "parley/status.h"

namespace parley {

/// What is taken for equal before texts are compared.
struct Normalisation {
  bool letter_case = true;  ///< Simple lower case.
  bool space = true;        ///< A run of white space is one space, and none at the ends.
  bool punctuation = true;  ///< Parts words and says no more; an apostrophe in a word is dropped.
  bool digits = false;      ///< A run of digits is one 0.
  bool forms = true;        ///< Unicode's canonical composition.
};

/// "case,space,punctuation,digits,forms" in any order, or "none" alone. Invalid, naming the part,
/// if one is unknown.
Result<Normalisation> NormalisationFrom(std::string_view list);

enum class UnitKind : uint8_t {
  kAuto,   ///< Words where there are spaces, code points where there are none, symbols alone.
  kWords,  ///< What stands between white space.
  kChars,  ///< Code points of the normalised text, spaces too.
};

/// The units of one or several texts, of a message or of a conversation's. Use one again and again:
/// it keeps its memory. Not thread-safe.
///
/// A text with nothing but punctuation keeps it, so that "???" is not "!". White space alone gives
/// no units. Between two texts stands a unit that no text has, so that "a b" is not "a", "b".
class Units {
 public:
  Units(UnitKind kind, Normalisation normalisation);

  void Clear();

  /// Valid UTF-8. `mark` tells kinds of texts apart, such as who speaks.
  void Add(std::string_view text, char mark = 0);

  /// A hash for each unit, in order.
  std::span<const uint64_t> hashes() const { return hashes_; }

  /// Code points of the texts as they were given: what is longer survives.
  int64_t code_points() const { return code_points_; }

  /// The hash of all normalised texts with the boundaries between them: equal for exact duplicates.
  Hash128 TextHash() const;

 private:
  void AddAuto(std::string_view text, bool keeps_punctuation);
  void AddWords(std::string_view text);
  void AddChars(std::string_view text);
  void Normalise(std::string_view text);
  void MakeRoom(size_t bytes);
  void EndUnit(size_t begin, size_t end);

  UnitKind kind_;
  Normalisation normalisation_;
  std::vector<uint64_t> hashes_;
  std::string normalised_;  // Longer than `size_`, so that it can be read beyond the end of a word.
  size_t size_ = 0;
  int64_t code_points_ = 0;
  bool has_texts_ = false;
  std::string composed_;  // A text in its composed form.
};

}  // namespace parley
