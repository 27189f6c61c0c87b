// What a detector of personal data hands back.

#pragma once

#include <cstdint>
#include <string>

namespace parley {

/// A piece of text that looks personal: half-open, in bytes of the original text.
struct PiiSpan {
  std::string type;  ///< Of kPiiTypes: the tag's first half.
  int64_t begin = 0;
  int64_t end = 0;
  double score = 0;   ///< 0 to 1: how sure the detector is.
  std::string value;  ///< The canonical form: equal values get equal tags ("a@B.org" is "a@b.org").
  bool reserved = false;  ///< Valid, but nobody's: set aside for documentation, loopback and such.
};

/// What is less sure than this is listed by `parley tag` and left alone by the redactor.
inline constexpr double kReplaceFrom = 0.5;

/// Whether a release may not hold `span`.
inline bool MustBeReplaced(const PiiSpan& span) {
  return span.score >= kReplaceFrom && !span.reserved;
}

}  // namespace parley
