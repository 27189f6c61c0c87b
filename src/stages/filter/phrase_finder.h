// Finds any of many phrases in a text, whatever the case.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"
#include "stages/patterns/pattern_set.h"

namespace parley {

/// Answers exactly what Python's `phrase.lower() in text.lower()` answers for each phrase, at the
/// speed of one pass of Vectorscan over the bytes of `text` as it stands.
///
/// The pass lets through every text that may hold a phrase; only those, nearly none, are put in
/// lower case and searched. So a loose pattern costs time but never an answer.
class PhraseFinder {
 public:
  /// Invalid if a phrase is empty or there are more than Vectorscan can hold.
  static Result<PhraseFinder> Create(std::vector<std::string> phrases);

  /// The first of the phrases, in the order given, that `text` (valid UTF-8) holds. Thread-safe.
  std::optional<int64_t> Find(std::string_view text) const;

 private:
  PhraseFinder(std::vector<std::string> phrases, PatternSet patterns)
      : phrases_(std::move(phrases)), patterns_(std::move(patterns)) {}

  std::vector<std::string> phrases_;  // In lower case.
  PatternSet patterns_;
};

}  // namespace parley
