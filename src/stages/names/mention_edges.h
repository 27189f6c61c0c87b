// Where a mention really begins and ends: the model speaks of pieces, a mention has whole words.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace parley {

struct TextSpan {
  int64_t begin = 0;
  int64_t end = 0;
  bool operator==(const TextSpan&) const = default;
};

/// The mention that `span` of `text`, valid UTF-8, means; nothing where no name is left or where it
/// is part of a handle ("@mary"), an e-mail address or an identifier ("mary_1").
///
/// Cut words are made whole with their case endings, marks and what joins them unseen ("Маше",
/// "Jean-Luc", "O'Brien", "Ayşe'ye"), but not in writings without spaces nor in Korean, whose
/// particles stay outside. Left out at the ends are punctuation, titles ("Dr.", "Herr", "さん") and
/// the possessive 's. What is behind a line break is cut off. O(bytes of the span and the words at
/// its ends); of a word of more than 200 bytes only that much.
std::optional<TextSpan> MentionEdges(std::string_view text, TextSpan span);

}  // namespace parley
