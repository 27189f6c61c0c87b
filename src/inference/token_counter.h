// Counts the tokens a language model's vocabulary makes of a text.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace parley {

/// A vocabulary at work. Immutable once made: threads share it. Each thread keeps a small cache of
/// its own of words already counted (about 1 MB a counter), which changes no result.
class TokenCounter {
 public:
  virtual ~TokenCounter() = default;

  /// How many tokens `text` is; nought for an empty text. Special tokens such as `<s>` count as the
  /// ordinary text they are, and none is added. Ill-formed UTF-8 counts as the U+FFFD that
  /// `RepairUtf8` makes of it. Thread-safe; never worse than O(bytes x log bytes).
  virtual int64_t Count(std::string_view text) const = 0;

  /// The tokens themselves, as ids of the vocabulary: as many as `Count` says. Slower than `Count`.
  virtual std::vector<int32_t> Encode(std::string_view text) const = 0;
};

}  // namespace parley
