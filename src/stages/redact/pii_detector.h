// Finds personal data that has a form: addresses, numbers, secrets in URLs.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"
#include "stages/redact/pii_span.h"
#include "stages/redact/pii_types.h"

namespace parley {

/// Finds spans of personal data in a text.
///
/// One pass of a multi-pattern engine over the bytes notes the places where something could be (an
/// at sign before a letter, a row of seven digits); exact code then looks at those alone. Text
/// without such places costs nothing more than the pass.
class PiiDetector {
 public:
  struct Options {
    std::vector<std::string> types = AllPiiTypes();
    std::vector<std::string> phone_regions =
        {};  ///< ISO 3166 codes tried besides the language's own.
  };

  /// Invalid if a type or a region is unknown.
  static Result<PiiDetector> Create(const Options& options);

  PiiDetector(PiiDetector&&) noexcept;
  PiiDetector& operator=(PiiDetector&&) noexcept;
  ~PiiDetector();

  /// Everything that a validator accepts, by begin, then end, then type. Spans of two types may
  /// overlap, for it is not decided here which is right; spans of one type do not.
  ///
  /// `text` is UTF-8; `language` is an ISO 639-1 code or "und". Thread-safe.
  std::vector<PiiSpan> Find(std::string_view text, std::string_view language) const;

  /// Those of `Find` that a release may not hold, without overlaps: of two that overlap the longer
  /// stays, else the likelier, else the earlier, else the one whose type comes first in kPiiTypes.
  std::vector<PiiSpan> FindPersonal(std::string_view text, std::string_view language) const;

 private:
  struct Engine;
  explicit PiiDetector(std::unique_ptr<const Engine> engine);

  std::unique_ptr<const Engine> engine_;
};

}  // namespace parley
