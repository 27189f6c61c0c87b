// Numbers of documents that only a word tells from any other: passports, licences, number plates,
// bank codes.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "stages/redact/pii_span.h"

namespace parley {

enum class DocumentWord : uint16_t { kPassport, kLicence, kPlate, kSwift };
inline constexpr size_t kDocumentWordCount = 4;

/// A pattern for the engine, in any case of ASCII letters.
std::string_view DocumentWordPattern(DocumentWord word);

/// The number in the same line within 40 bytes behind the word that ends at `end`.
///
/// PASSPORT: up to three letters and five to ten digits, or the two groups of a Russian one.
/// LICENCE: five to eighteen letters and digits, four digits at least. PLATE: one to three groups
/// of upper-case letters and digits, both among them. SWIFT: ISO 9362, four letters, a country, two
/// and perhaps three letters or digits.
std::optional<PiiSpan> DocumentBehind(std::string_view text, size_t end, DocumentWord word);

}  // namespace parley
