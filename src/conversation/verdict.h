// What a stage says of a conversation.

#pragma once

#include <string_view>

namespace parley {

/// Why a conversation was dropped: a word for the ledger, such as "too_long". Points at a literal.
struct Reason {
  std::string_view name;
  bool operator==(const Reason&) const = default;
};

/// Keep it, or drop it for a reason.
struct Verdict {
  Reason reason = {};  ///< Empty: keep.
  bool keep() const { return reason.name.empty(); }
  bool operator==(const Verdict&) const = default;
};

inline constexpr Verdict kKeep{};
constexpr Verdict Drop(Reason reason) { return {reason}; }

}  // namespace parley
