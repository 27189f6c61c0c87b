// Lists of words as people keep them in files.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

/// The words of a JSON list of strings, or else of a text with one word a line, trimmed, blank
/// lines passed over. A BOM at the front is passed over too. Invalid, with the line where that is
/// known but never with the word, if the text is not UTF-8 or the list holds something else.
Result<std::vector<std::string>> ParseWordList(std::string_view text);

}  // namespace parley
