// Values by key in one file that only grows: what was dear to get and must not be lost in a kill.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "parley/status.h"

namespace parley {

/// Thread-safe. Keeps keys and places in memory, some 64 bytes a value; values stay on disk.
///
/// A value is handed to the system when `Add` returns, so a kill loses none; of a record that a
/// loss of power cut short, and of all behind it, `Open` takes no notice. Mode 0600.
class KeyedLog {
 public:
  static Result<std::unique_ptr<KeyedLog>> Open(const std::string& path);
  ~KeyedLog();
  KeyedLog(const KeyedLog&) = delete;
  KeyedLog& operator=(const KeyedLog&) = delete;

  Result<std::optional<std::string>> Find(const Hash128& key) const;
  /// A key that is there already keeps its value.
  Status Add(const Hash128& key, std::string_view value);
  int64_t size() const;

 private:
  struct Place {
    int64_t begin_byte = 0;
    int64_t size_bytes = 0;
  };

  KeyedLog() = default;
  Status Load();

  std::string path_;
  int descriptor_ = -1;
  int64_t end_byte_ = 0;
  mutable std::mutex mutex_;
  std::map<Hash128, Place> places_;
};

}  // namespace parley
