// Finds personal data that has a form: addresses, numbers, secrets in URLs.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"
#include "stages/redact/pii_span.h"

namespace parley {

/// Finds spans of personal data in a text.
///
/// One pass of a multi-pattern engine over the bytes notes the places where something could be (an
/// at sign before a letter, a row of seven digits); exact code then looks at those alone. Text
/// without such places costs nothing more than the pass.
class PiiDetector {
 public:
  struct Options {
    std::vector<std::string> types = {"EMAIL", "URL", "PHONE", "IP"};
    std::vector<std::string> phone_regions =
        {};  ///< ISO 3166 codes tried besides the language's own.
  };

  /// Invalid if a type or a region is unknown.
  static Result<PiiDetector> Create(const Options& options);

  PiiDetector(PiiDetector&&) noexcept;
  PiiDetector& operator=(PiiDetector&&) noexcept;
  ~PiiDetector();

  /// Everything that a validator accepts, in order, without overlaps: of two that overlap the
  /// likelier stays if only one of them must be replaced, else the longer, else the earlier.
  ///
  /// `text` is UTF-8; `language` is an ISO 639-1 code or "und". Thread-safe.
  std::vector<PiiSpan> Find(std::string_view text, std::string_view language) const;

  /// Those of `Find` that a release may not hold.
  std::vector<PiiSpan> FindPersonal(std::string_view text, std::string_view language) const;

 private:
  struct Engine;
  explicit PiiDetector(std::unique_ptr<const Engine> engine);

  std::unique_ptr<const Engine> engine_;
};

}  // namespace parley
