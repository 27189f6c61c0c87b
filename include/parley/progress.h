// Who long work tells how far it is.

#pragma once

#include <cstdint>
#include <string_view>

namespace parley {

/// Told of passes and of work done in them. Called from several threads at once.
class Progress {
 public:
  virtual ~Progress() = default;
  /// A pass begins; `total_bytes` is 0 where it is not known.
  virtual void Begin(std::string_view pass, int64_t total_bytes) = 0;
  virtual void Advance(int64_t records, int64_t bytes) = 0;
  virtual void End() = 0;
  /// Something a person should know, in a sentence: a limit, a file passed over.
  virtual void Note(std::string_view sentence) = 0;
};

}  // namespace parley
