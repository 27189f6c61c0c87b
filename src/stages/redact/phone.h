// Phone numbers in running text, in any country.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"
#include "stages/redact/pii_span.h"

namespace parley {

/// A word that speaks of phones, somewhere in the text: "tel", "WhatsApp", "телефон", "电话".
struct PhoneWord {
  size_t begin = 0;  ///< Roughly: a few bytes before `end`.
  size_t end = 0;
  bool noun = false;  ///< Hardly means anything else.
};

/// Finds phone numbers and tells them from all the other numbers.
///
/// A number counts as sure (`MustBeReplaced`) if its digits are a valid number by libphonenumber's
/// plans and something besides says that it is one: a plus, the very grouping in which its country
/// writes numbers, or a word near it. Shapes that mean something else (dates, times, versions,
/// decimals, thousands, ISBNs, parts of longer tokens) are refused before any plan is consulted.
class PhoneFinder {
 public:
  /// Invalid if a region is not an ISO 3166 code with a numbering plan.
  static Result<PhoneFinder> Create(const std::vector<std::string>& regions);
  PhoneFinder(PhoneFinder&&) noexcept;
  PhoneFinder& operator=(PhoneFinder&&) noexcept;
  ~PhoneFinder();

  /// Appends the numbers in the row of digits and separators around `text[at]`, a digit; returns
  /// where the row ends. `words` are in the order of the text. Thread-safe.
  ///
  /// A national number is tried for the regions where `language` is spoken, then for those given to
  /// `Create`, then for US, GB, DE, IL, IN, BR, CN and JP.
  size_t FindAround(std::string_view text, size_t at, std::string_view language,
                    const std::vector<PhoneWord>& words, std::vector<PiiSpan>& spans) const;

 private:
  struct Plans;
  explicit PhoneFinder(std::unique_ptr<const Plans> plans);

  std::unique_ptr<const Plans> plans_;
};

}  // namespace parley
