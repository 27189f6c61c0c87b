// A place where a text speaks of a person by name.

#pragma once

#include <cstdint>
#include <string_view>

namespace parley {

/// Whose name it is, as far as lists can tell. What no list knows is private.
enum class NameKind : uint8_t {
  kPrivate,
  kPublic,     ///< A well-known real person, living or dead: "Marie Curie".
  kFictional,  ///< A character of a story: "Sherlock Holmes".
};

/// "private", "public" or "fictional".
std::string_view NameOf(NameKind kind);

/// Half-open, in bytes of the text: whole words with their case endings ("Маше", "Obamas"), without
/// titles, without a possessive 's, on one line.
struct NameMention {
  int64_t begin = 0;
  int64_t end = 0;
  double score = 0;  ///< 0 to 1: how likely these very words are a person's name.
  NameKind kind = NameKind::kPrivate;
  bool eponym = false;  ///< A thing called after somebody: "Newton's law", "Ford". No person's.

  bool operator==(const NameMention&) const = default;
};

}  // namespace parley
