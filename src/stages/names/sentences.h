// Cuts text into sentences: pieces of a line that can be judged, and left out, by themselves.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace parley {

struct Sentence {
  int64_t begin = 0;
  int64_t end = 0;         ///< Without the white space behind it; never past a line's end.
  bool is_code = false;    ///< Of a line that looks like a program, markup or data.
  bool continues = false;  ///< Was cut off from the one before it for its length alone.
  bool starts_line = false;
};

/// The sentences of `text`, valid UTF-8, ascending; every byte that is no white space is in one.
///
/// A sentence ends with its line, at a full stop with space and no abbreviation, at a question or
/// an exclamation mark, or, where none comes for `max_bytes`, behind the last space or letter
/// before that. Linear.
std::vector<Sentence> CutSentences(std::string_view text, int64_t max_bytes = 500);

}  // namespace parley
