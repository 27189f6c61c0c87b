#include "base/civil_time.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

namespace parley {
namespace {

using std::chrono::sys_days;

constexpr int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;

std::chrono::year_month_day DayOf(int64_t micros) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(micros)));
}

// Reads exactly `digits` digits at the front of `text` and takes them off.
std::optional<int> TakeNumber(std::string_view& text, size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool TakeChar(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// The fraction of a second behind its point, in microseconds; digits past the sixth are dropped.
int64_t TakeFraction(std::string_view& text) {
  int64_t micros = 0;
  int64_t unit = kMicrosPerSecond / 10;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    micros += (text.front() - '0') * unit;
    unit /= 10;
    text.remove_prefix(1);
  }
  return micros;
}

std::optional<int64_t> TakeZone(std::string_view& text) {
  if (text.empty() || TakeChar(text, 'Z')) return 0;
  if (text == " UTC" || text == "UTC") {
    text = {};
    return 0;
  }
  const int64_t sign = text.front() == '-' ? -1 : 1;
  if (text.front() != '-' && text.front() != '+') return std::nullopt;
  text.remove_prefix(1);
  const auto hours = TakeNumber(text, 2);
  TakeChar(text, ':');
  const auto minutes = text.empty() ? std::optional(0) : TakeNumber(text, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return sign * (*hours * 60 + *minutes) * kMicrosPerMinute;
}

}  // namespace

std::string FormatDay(int64_t micros) {
  const auto day = DayOf(micros);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

std::string FormatTime(int64_t micros) {
  int64_t rest = micros % kMicrosPerDay;
  if (rest < 0) rest += kMicrosPerDay;
  const int64_t seconds = rest / kMicrosPerSecond;
  const int64_t fraction = rest % kMicrosPerSecond;
  std::string text = fmt::format("{}T{:02}:{:02}:{:02}", FormatDay(micros), seconds / 3600,
                                 seconds / 60 % 60, seconds % 60);
  if (fraction != 0) text += fmt::format(".{:06}", fraction);
  return text + "Z";
}

std::optional<int64_t> ParseTime(std::string_view text) {
  const auto year = TakeNumber(text, 4);
  if (!year || !TakeChar(text, '-')) return std::nullopt;
  const auto month = TakeNumber(text, 2);
  if (!month || !TakeChar(text, '-')) return std::nullopt;
  const auto day = TakeNumber(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  const int64_t start = sys_days(date).time_since_epoch().count() * kMicrosPerDay;
  if (text.empty()) return start;
  if (!TakeChar(text, 'T') && !TakeChar(text, ' ')) return std::nullopt;
  const auto hours = TakeNumber(text, 2);
  if (!hours || !TakeChar(text, ':')) return std::nullopt;
  const auto minutes = TakeNumber(text, 2);
  if (!minutes) return std::nullopt;
  std::optional<int> seconds = 0;
  if (TakeChar(text, ':')) seconds = TakeNumber(text, 2);
  if (!seconds || *hours > 23 || *minutes > 59 || *seconds > 60) return std::nullopt;
  const int64_t fraction = TakeChar(text, '.') ? TakeFraction(text) : 0;
  const auto zone = TakeZone(text);
  if (!zone || !text.empty()) return std::nullopt;
  return start + (*hours * 60 + *minutes) * kMicrosPerMinute + *seconds * kMicrosPerSecond +
         fraction - *zone;
}

std::optional<int64_t> MicrosFromNumber(double number) {
  if (!std::isfinite(number) || number < 1e8) return std::nullopt;
  for (const double units_per_second : {1.0, 1e3, 1e6, 1e9}) {
    if (number < 1e10 * units_per_second) {
      return static_cast<int64_t>(std::llround(number / units_per_second * 1e6));
    }
  }
  return std::nullopt;
}

}  // namespace parley
