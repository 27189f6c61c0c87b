// Postal addresses, from the words that name streets in English, German, French, Spanish,
// Portuguese, Italian and Dutch.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "stages/redact/pii_span.h"

namespace parley {

/// How a language puts street and number together.
enum class StreetKind : uint16_t {
  kEnglish,   ///< "221 Baker Street, Flat 2, London NW1 6XE"
  kGermanic,  ///< "Hauptstraße 5, 10115 Berlin", "Prinsengracht 263"
  kFrench,    ///< "12 bis, rue de la Paix, 75002 Paris"
  kRomance,   ///< "Calle Mayor 5, 28013 Madrid", "Via Roma, 12", "Rua Augusta, nº 100"
  kBox,       ///< "P.O. Box 123"
};
inline constexpr size_t kStreetKindCount = 5;

/// A pattern for the engine, in any case of ASCII letters.
std::string_view StreetPattern(StreetKind kind);

/// The address around the words that end at `end`: number and street, then unit, city and postcode
/// as far as they follow. Sure (0.6) with a capitalised street, surer (0.85) with a postcode; an
/// English street in lower case counts too ("12 main st").
std::optional<PiiSpan> AddressAt(std::string_view text, size_t end, StreetKind kind);

}  // namespace parley
