// The word that somebody probably meant.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// The candidate with the smallest edit distance to `word` (Levenshtein, in bytes), the first of
/// equals; empty if there is no candidate within half of the word's length.
std::string_view NearestWord(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace parley
