// Finds any of many phrases in a text, whatever the case and, if asked, the Chinese variant.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"
#include "stages/patterns/pattern_set.h"
#include "text/chinese_variants.h"

namespace parley {

/// Answers exactly what Python's `phrase.lower() in text.lower()` answers for each phrase, or with
/// Chinese variants `t2s(phrase.lower()) in t2s(text.lower())`, at the speed of one pass of
/// Vectorscan over the bytes of `text` as it stands.
///
/// In the pass a phrase is a row of sets: each of its characters stands for all those that lower
/// case and variants may turn into it. It lets through every text that may hold a phrase; only
/// those, few, are converted and searched. (Not every one does: OpenCC looks at words, and 乾 stays
/// in 乾坤.)
class PhraseFinder {
 public:
  /// Invalid if a phrase is empty or there are more than Vectorscan can hold. Without `variants`
  /// only case is passed over.
  static Result<PhraseFinder> Create(std::vector<std::string> phrases,
                                     std::shared_ptr<const ChineseVariants> variants = nullptr);

  /// The first of the phrases, in the order given, that `text` (valid UTF-8) holds. Thread-safe.
  std::optional<int64_t> Find(std::string_view text) const;

 private:
  PhraseFinder(std::vector<std::string> phrases, std::shared_ptr<const ChineseVariants> variants,
               PatternSet patterns)
      : phrases_(std::move(phrases)),
        variants_(std::move(variants)),
        patterns_(std::move(patterns)) {}

  std::vector<std::string> phrases_;  // Converted.
  std::shared_ptr<const ChineseVariants> variants_;
  PatternSet patterns_;
};

}  // namespace parley
