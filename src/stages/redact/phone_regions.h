// Where a language is spoken, as far as phone numbers are concerned.

#pragma once

#include <span>
#include <string_view>

namespace parley {

/// Regions, by ISO 3166 code, whose national numbers are likely in texts of `language` (ISO 639-1),
/// the likeliest first; empty for a language that is not listed or "und".
std::span<const std::string_view> PhoneRegionsOf(std::string_view language);

/// Regions that are tried whatever the language.
std::span<const std::string_view> CommonPhoneRegions();

/// Whether numbers of `region` are commonly written without the trunk prefix that its plan has.
bool TrunkIsOptional(std::string_view region);

}  // namespace parley
