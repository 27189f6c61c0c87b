// The types of personal data that the detectors know: what recipes list and tags begin with.

#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// In the order in which documents list them.
inline constexpr std::array<std::string_view, 20> kPiiTypes = {
    "EMAIL", "PHONE",   "URL",    "IP",         "MAC",         "CARD",     "IBAN",
    "SWIFT", "CRYPTO",  "US_SSN", "US_ITIN",    "NATIONAL_ID", "PASSPORT", "LICENCE",
    "PLATE", "ADDRESS", "GPS",    "BIRTH_DATE", "USERNAME",    "KEY"};

inline bool IsPiiType(std::string_view type) {
  return std::ranges::find(kPiiTypes, type) != kPiiTypes.end();
}

/// All of them: what is replaced unless a recipe says otherwise.
inline std::vector<std::string> AllPiiTypes() { return {kPiiTypes.begin(), kPiiTypes.end()}; }

/// "EMAIL, PHONE, …", for messages and documents.
inline std::string ListOfPiiTypes() {
  std::string list;
  for (const std::string_view type : kPiiTypes) list.append(list.empty() ? "" : ", ").append(type);
  return list;
}

}  // namespace parley
