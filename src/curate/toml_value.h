// A recipe's values as TOML and as flags write them.

#pragma once

#include <string>
#include <string_view>

#include "parley/status.h"
#include "stages/stage.h"

namespace parley {

/// As TOML: a quoted string, a list in brackets, a number, true or false.
std::string TomlText(const OptionValue& value);

/// `text`, as a flag gives it, as a value of the type that `like` has; lists have commas. Invalid,
/// naming the type that was expected.
Result<OptionValue> ValueFromText(std::string_view text, const OptionValue& like);

/// "a whole number", "a list of texts", …
std::string_view TypeName(const OptionValue& value);

}  // namespace parley
