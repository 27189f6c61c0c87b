// Which Parley this is.

#pragma once

#include <string_view>

namespace parley {

/// The program's version: part of what a release's bytes depend on.
inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace parley
