// datatrove's simplified text and the words that spaCy's English rules cut it into.
//
// The same as datatrove 0.10 with its defaults and spaCy 3.8's blank English, for every text whose
// characters Unicode 14 knew; the tables are pinned (tools/make_spacy_english.py).

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// `text`, which is valid UTF-8, in lower case, with every number as 0, punctuation and runs of
/// white space as one space, trimmed, without marks. Twice is not once: NFD can bring back a "="
/// out of a "≠".
std::string SimplifyLikeDatatrove(std::string_view text);

/// The words of a simplified text, which must outlive them. Texts that are not simplified may come
/// out otherwise than spaCy's: its rules for full stops, hyphens and addresses are not here.
std::vector<std::string_view> WordsLikeDatatrove(std::string_view simplified);

}  // namespace parley
