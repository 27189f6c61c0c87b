// Dates of birth: dates behind a word that says so.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "stages/redact/pii_span.h"

namespace parley {

/// A pattern for the engine. `field`: words that hardly stand in a tale ("date of birth", "DOB",
/// "Geburtsdatum"); otherwise those that do ("born", "né le", "родился").
std::string_view BirthWordPattern(bool field);

/// The date behind the word that ends at `end`, in digits or with a month's name, with its year.
/// Unsure before 1915: hardly anybody lives who was born then.
std::optional<PiiSpan> BirthDateBehind(std::string_view text, size_t end, bool field);

}  // namespace parley
