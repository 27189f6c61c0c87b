#include "cli/progress_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdio>

namespace parley {
namespace {

constexpr auto kTerminalPause = std::chrono::milliseconds(200);
constexpr auto kPlainPause = std::chrono::seconds(10);

std::string HumanSeconds(double seconds) {
  const auto whole = std::llround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

}  // namespace

std::string HumanBytes(double bytes) {
  constexpr std::array<const char*, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};
  size_t unit = 0;
  while (bytes >= 1000 && unit + 1 < kUnits.size()) {
    bytes /= 1000;
    ++unit;
  }
  return fmt::format("{:.{}f} {}", bytes, unit == 0 || bytes >= 100 ? 0 : 1, kUnits[unit]);
}

std::string HumanCount(int64_t count) {
  std::string digits = fmt::format("{}", count);
  for (auto at = static_cast<int64_t>(digits.size()) - 3; at > (count < 0 ? 1 : 0); at -= 3) {
    digits.insert(static_cast<size_t>(at), ",");
  }
  return digits;
}

ProgressLine::ProgressLine() : terminal_(isatty(STDERR_FILENO) == 1) {}

void ProgressLine::Begin(std::string_view pass, int64_t total_bytes) {
  const std::scoped_lock lock(mutex_);
  pass_ = pass;
  total_bytes_ = total_bytes;
  records_ = bytes_ = 0;
  begun_ = shown_ = Clock::now();
}

void ProgressLine::Advance(int64_t records, int64_t bytes) {
  const std::scoped_lock lock(mutex_);
  records_ += records;
  bytes_ += bytes;
  const auto now = Clock::now();
  if (now - shown_ >=
      (terminal_ ? Clock::duration(kTerminalPause) : Clock::duration(kPlainPause))) {
    Show(now, false);
  }
}

void ProgressLine::End() {
  const std::scoped_lock lock(mutex_);
  Show(Clock::now(), true);
}

void ProgressLine::Note(std::string_view sentence) {
  const std::scoped_lock lock(mutex_);
  fmt::print(stderr, "{}{}\n", terminal_ ? "\r\033[K" : "", sentence);
}

std::string ProgressLine::Text(Clock::time_point now) const {
  const double seconds = std::chrono::duration<double>(now - begun_).count();
  const double rate = seconds > 0 ? static_cast<double>(bytes_) / seconds : 0;
  std::string text = fmt::format("{:<6}", pass_);
  if (records_ > 0) text += fmt::format(" {} records", HumanCount(records_));
  if (bytes_ > 0) {
    text += fmt::format("  {}", HumanBytes(static_cast<double>(bytes_)));
    if (total_bytes_ > 0) {
      text += fmt::format(" of {}", HumanBytes(static_cast<double>(total_bytes_)));
    }
    text += fmt::format("  {}/s", HumanBytes(rate));
  }
  return text;
}

void ProgressLine::Show(Clock::time_point now, bool last) {
  shown_ = now;
  const double seconds = std::chrono::duration<double>(now - begun_).count();
  std::string text = Text(now);
  if (last) {
    text += fmt::format("  in {:.1f} s", seconds);
  } else if (total_bytes_ > bytes_ && bytes_ > 0) {
    const auto left = static_cast<double>(total_bytes_ - bytes_);
    text += fmt::format("  {} left", HumanSeconds(seconds * left / static_cast<double>(bytes_)));
  }
  if (terminal_) {
    fmt::print(stderr, "\r\033[K{}{}", text, last ? "\n" : "");
  } else {
    fmt::print(stderr, "{}\n", text);
  }
  (void)std::fflush(stderr);
}

std::optional<int64_t> BytesFrom(std::string_view text) {
  size_t digits = 0;
  int64_t value = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9' &&
         value < (1LL << 50)) {
    value = value * 10 + (text[digits++] - '0');
  }
  if (digits == 0) return std::nullopt;
  const std::string_view unit = text.substr(digits);
  if (unit.empty() || unit == "B") return value;
  if (unit == "MiB" || unit == "M" || unit == "MB") return value << 20;
  if (unit == "GiB" || unit == "G" || unit == "GB") return value << 30;
  return std::nullopt;
}

}  // namespace parley
