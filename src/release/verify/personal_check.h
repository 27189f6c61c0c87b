// Personal data in what goes out beside the messages.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "release/verify/findings.h"
#include "stages/redact/pii_detector.h"

namespace parley {

/// Searches the files that describe a release. What the releasers say of themselves, in the section
/// [card] of their recipe, may stand there: an address to write to is meant to be read.
class PersonalCheck {
 public:
  /// `recipe_toml` is the manifest's. `detector` must outlive this.
  PersonalCheck(const PiiDetector& detector, std::string_view recipe_toml);

  /// Looks at the file `name` by its kind: of JSON at every string and key, since a count is no
  /// telephone number; of a page at all but its code; of any other text at every line but those of
  /// the card's header that hold only a number.
  void LookAtFile(const std::string& folder, const std::string& name, Findings& findings) const;

  /// The types found in `text` with its escapes undone, sorted, each once.
  std::vector<std::string> TypesIn(std::string_view text) const;

 private:
  void LookAtJson(std::string_view text, const std::string& name, Findings& findings) const;
  void LookAtLines(std::string_view text, const std::string& name, Findings& findings) const;

  const PiiDetector& detector_;
  std::string card_;  // The section, with its escapes undone.
};

/// `html` without what stands in its script and style elements, but with their line ends. What was
/// in scripts of JSON goes to `data`.
std::string WithoutCode(std::string_view html, std::vector<std::string>& data);

}  // namespace parley
