// What the model of names was measured to find, for the card of a release.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

/// What was found of the persons in one set of texts.
struct NameFigure {
  std::string set = {};       ///< "heldout-de"
  std::string language = {};  ///< ISO 639-1.
  int64_t texts = 0;
  int64_t persons = 0;
  double precision = 0;    ///< Of the spans given, those that are a person's, to the byte.
  double recall = 0;       ///< Of the persons' mentions, those found to the byte.
  double word_recall = 0;  ///< Of their words, those that any span covers.
  double left = 0;         ///< Of the texts with a person, those in which a word of one stays.
};

/// Reads a table with a head and a line a set, cells between tabs, in the order above. Invalid,
/// with file and line, for anything else.
Result<std::vector<NameFigure>> ParseNameFigures(std::string_view text, const std::string& file);

/// Rows of the card's table: set, language, persons, words found, texts with a name left.
std::vector<std::vector<std::string>> NameFigureRows(const std::vector<NameFigure>& figures);

}  // namespace parley
