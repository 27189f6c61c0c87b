// The answer of a command of lines to a line that it could not read.

#pragma once

#include <string>
#include <string_view>

namespace parley {

/// Appends {"id", "error"} with its LF: `id_json` is JSON, or empty if the id is not known.
void AppendErrorLine(std::string_view id_json, std::string_view message, std::string& out);

}  // namespace parley
