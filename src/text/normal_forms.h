// Unicode's canonical composition (NFC), quick for the text that is in it already: nearly all.

#pragma once

#include <string>
#include <string_view>

namespace parley {

/// Whether valid UTF-8 is in NFC. ASCII and most scripts are told by a table; what has marks that
/// may have to move is left to ICU.
bool IsNfc(std::string_view text);

/// `text`, which is valid UTF-8, in NFC.
std::string ToNfc(std::string_view text);

/// `text`, which is valid UTF-8, in NFD: letters and their marks apart.
std::string ToNfd(std::string_view text);

}  // namespace parley
