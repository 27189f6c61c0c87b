// Progress for people: a line that renews itself on a terminal, plain lines elsewhere.

#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "parley/progress.h"

namespace parley {

/// Writes to standard error. Records, bytes, rate and time left, for each pass.
class ProgressLine final : public Progress {
 public:
  ProgressLine();
  void Begin(std::string_view pass, int64_t total_bytes) override;
  void Advance(int64_t records, int64_t bytes) override;
  void End() override;
  void Note(std::string_view sentence) override;

 private:
  using Clock = std::chrono::steady_clock;

  std::string Text(Clock::time_point now) const;
  void Show(Clock::time_point now, bool last);

  bool terminal_;
  std::mutex mutex_;
  std::string pass_;
  int64_t total_bytes_ = 0;
  int64_t records_ = 0;
  int64_t bytes_ = 0;
  Clock::time_point begun_;
  Clock::time_point shown_;
};

/// "5.1 GB", "310 MB", "17 kB".
std::string HumanBytes(double bytes);

/// Reads "2GiB", "512MiB", "1500000000"; none if it is no size.
std::optional<int64_t> BytesFrom(std::string_view text);

/// "12,345".
std::string HumanCount(int64_t count);

}  // namespace parley
