// Where a text stops being JSON: the parser is fast because it does not keep count.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace parley {

/// The offset of the first byte that cannot stand where it does in any JSON text, or the text's
/// size if it ends too early; nothing if `text` follows the grammar of RFC 8259.
///
/// Judges neither UTF-8 within strings, nor the size of numbers, nor depth. Takes O(bytes), a byte
/// at a time: meant for texts that a parser has refused.
std::optional<size_t> FindJsonFault(std::string_view text);

}  // namespace parley
