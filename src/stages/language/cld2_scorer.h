// What CLD2, the language detector of a browser, says of a text. The only file that includes it.

#pragma once

#include <string>
#include <string_view>

namespace parley {

struct Cld2Answer {
  std::string_view code = "un";  ///< CLD2's own code of the most likely language; lives for ever.
  double share = 0;              ///< Of the text that is in this language, 0 to 1.
  bool reliable = false;         ///< The second best is far behind.
  bool valid = true;             ///< False: CLD2 met bytes that it takes for no text.
};

struct Cld2Options {
  bool html = false;         ///< Skip tags and read entities.
  bool best_effort = false;  ///< Guess at a short text too.
};

/// Thread-safe; about 30 MB a second. `text` may hold anything.
Cld2Answer AskCld2(std::string_view text, Cld2Options options);

}  // namespace parley
