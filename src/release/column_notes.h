// What each column holds, in words: for the cards and for Croissant.

#pragma once

#include <cstdint>
#include <string_view>

namespace parley {

enum class Tongue : uint8_t { kEnglish, kChinese };

/// A sentence on a top-level column of any profile. The column must be one.
std::string_view ColumnNote(std::string_view column, Tongue tongue);

}  // namespace parley
