// Where else in a conversation that stands which was found in one place.

#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "stages/redact/span_finder.h"
#include "text/edit_map.h"

namespace parley {

/// A message with what is found in it.
struct EchoText {
  std::string_view text = {};
  std::vector<TaggedSpan>* spans = nullptr;  ///< Ascending; those found now are put in.
  std::vector<Span>* kept = nullptr;         ///< Ascending; likewise.
};

/// Looks for the very words of every span, from five code points on, in all messages: a number that
/// had the word "phone" beside it in one place is that number in every place, and a name of which
/// the model is sure in one sentence is not left in the next. Whole words, in any case.
///
/// What is found gets the span's type, tag and score; behind an "@" a name is a user's name. A
/// single common word ("grant") is not replaced for what it is elsewhere, and goes to
/// `kept`; nor is anything that overlaps a span or a standing tag. Of a value that holds what is
/// kept already, what stands before that goes; one that begins with it is kept whole.
///
/// Takes time linear in the bytes, times the different lengths of values that begin with one word.
void AddEchoes(std::span<const EchoText> texts);

}  // namespace parley
