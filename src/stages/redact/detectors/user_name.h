// Names of accounts: in the paths of home folders, and behind at signs.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "stages/redact/pii_span.h"

namespace parley {

/// The name behind "/home/", "/Users/" or "\Users\" whose first character ends at `end`. Names that
/// every machine has ("ubuntu", "root", "Public", "username") are `reserved`.
std::optional<PiiSpan> HomeFolderName(std::string_view text, size_t end);

/// The handle whose at sign stands at `at`, the sign with it.
///
/// Sure beside the name of a service ("Instagram", "Telegram", "handle"), or between words of a
/// sentence; unsure at the front of a line and beside code, where it is a decorator, a package's
/// scope or a rule of a style sheet. What is called or goes on with a path is none.
std::optional<PiiSpan> HandleAt(std::string_view text, size_t at);

}  // namespace parley
