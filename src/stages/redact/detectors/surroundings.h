// What stands around a number says what it is.

#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace parley {

/// How far a word may stand from a number and still speak of it, in bytes.
struct Reach {
  size_t before = 60;
  size_t behind = 30;
};

/// Whether one of `words` stands within reach of `text[begin, end)`. Words are in lower case; ASCII
/// letters of the text count in either case. A word begins where no ASCII letter or digit stands
/// before it; if it ends in a letter and has four letters or fewer, none stands behind it either
/// ("ssn" is not in "classname"). Takes O(reach x words).
bool HasWordNear(std::string_view text, size_t begin, size_t end,
                 std::span<const std::string_view> words, Reach reach = {});

/// The letters, digits and underscores of ASCII, and the letters of other alphabets with spaces:
/// what a number may not touch.
bool TouchesWordBefore(std::string_view text, size_t begin);
bool TouchesWordBehind(std::string_view text, size_t end);

}  // namespace parley
