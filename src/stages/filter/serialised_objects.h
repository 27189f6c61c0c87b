// Tells texts from objects that a program wrote out in their place.

#pragma once

#include <cstdint>
#include <string_view>

namespace parley {

enum class Serialisation : uint8_t {
  kNone,
  kJavaScript,  ///< "[object Object]", alone or joined by commas.
  kPython,      ///< A default repr as a whole: "<__main__.Reply object at 0x7f…>", "<generator …>".
  kMessage,     ///< A chat message's dict as a whole: "{'role': 'user', 'content': …}", or a list.
};

/// What `text` is as a whole, white space at its ends aside. A text that only mentions such a thing
/// is none: people ask about "[object Object]". Takes O(1) for nearly all texts.
Serialisation SerialisedAs(std::string_view text);

}  // namespace parley
