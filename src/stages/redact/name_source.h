// Where the redactor gets mentions of persons from, and what a recipe says of them.

#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "stages/names/name_finder.h"
#include "stages/redact/person_table.h"

namespace parley {

/// Finds names in texts. A test's stands in for the model's.
class NameSource {
 public:
  virtual ~NameSource() = default;

  /// The mentions of each text as `NameFinder::Find` gives them. What it says of a text depends on
  /// that text alone. Thread-safe.
  virtual std::vector<std::vector<NameMention>> Find(std::span<const NameText> texts) const = 0;
};

/// Names of persons as a stage of a recipe.
struct NameStep {
  std::shared_ptr<const NameSource> source = nullptr;
  NameRules rules = {};
  /// ISO 639 codes of the languages for which the model counts as one. In others names are replaced
  /// too where they are found, but nobody can say how many are not.
  std::vector<std::string> languages = {};
  bool drop_unsure = false;    ///< A conversation in which a likely name would stay is dropped …
  bool drop_no_model = false;  ///< … and one with a message in a language without a model.
};

}  // namespace parley
