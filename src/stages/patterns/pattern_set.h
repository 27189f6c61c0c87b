// Many patterns, one pass: Vectorscan behind a plain face.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

/// Tells which of many regular expressions, over bytes, match anywhere in a text.
class PatternSet {
 public:
  /// Invalid, with Vectorscan's reason, if a pattern is not in its syntax.
  static Result<PatternSet> Create(const std::vector<std::string>& patterns);
  PatternSet(PatternSet&&) noexcept;
  PatternSet& operator=(PatternSet&&) noexcept;
  ~PatternSet();

  /// Whether any matches; stops at the first. Thread-safe; takes O(bytes).
  bool MatchesAny(std::string_view text) const;

  /// The indices of the patterns that match, ascending. Thread-safe; takes O(bytes).
  std::vector<int64_t> Matching(std::string_view text) const;

 private:
  class Machine;
  explicit PatternSet(std::unique_ptr<Machine> machine);

  std::unique_ptr<Machine> machine_;  // None if there are no patterns.
};

}  // namespace parley
