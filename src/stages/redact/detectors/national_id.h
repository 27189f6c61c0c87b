// National and tax numbers of persons in some fifty countries.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "stages/redact/digit_row.h"
#include "stages/redact/pii_span.h"

namespace parley {

/// A number as a country writes it.
struct NationalId {
  std::string_view country;  ///< ISO 3166, in lower case.
  std::string_view name;
  /// How it is written, with "|" between: the lengths of its groups of digits and what stands
  /// between them ("3.3.3-2"), or, with letters, a form of d for a digit, L for a letter, and
  /// marks, each of which may be followed by "?". An "X" at the end of lengths is a letter that may
  /// stand for the last digit.
  std::string_view forms;
  /// Whether the digits and letters, in upper case and without marks, pass.
  bool (*passes)(std::string_view compact);
  std::string_view words;  ///< That speak of it, in lower case, with "|" between.
  double formatted = 0.6;  ///< The score in a form with marks,
  double bare = 0.3;       ///< and in one piece; 0.9 and 0.85 beside one of the words.
};

std::span<const NationalId> DigitIds();   ///< Of digits, but for the last character.
std::span<const NationalId> LetterIds();  ///< With letters.

/// Appends the numbers in `row` that pass one country's check; the likeliest if there are several.
void FindNationalIds(std::string_view text, const DigitRow& row, std::vector<PiiSpan>& spans);

/// A pattern for the engine that matches all forms of a number with letters.
std::string LetterIdPattern(size_t id);

/// The number of `LetterIds()[id]` that ends at `end`.
std::optional<PiiSpan> LetterIdBefore(std::string_view text, size_t end, size_t id);

}  // namespace parley
