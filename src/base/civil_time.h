// Microseconds since 1970 in UTC, and how they read. Nothing here asks the clock.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

inline constexpr int64_t kMicrosPerSecond = 1'000'000;
inline constexpr int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

/// "2023-04-24".
std::string FormatDay(int64_t micros);

/// "2023-04-24T13:05:00Z", with six decimals of the second only where they are not nought.
std::string FormatTime(int64_t micros);

/// Reads ISO 8601 as logs write it: a date, a date and time with `T` or a space, an optional
/// fraction, and `Z`, an offset such as +02:00, or nothing (taken as UTC).
std::optional<int64_t> ParseTime(std::string_view text);

/// Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size: logs
/// use all four. Nothing before 1973 (as seconds) can be meant.
std::optional<int64_t> MicrosFromNumber(double number);

}  // namespace parley
