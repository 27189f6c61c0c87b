// Where in a text personal data could be: one pass over its bytes.

#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

enum class CandidateKind : uint8_t { kAtSign, kIpv4, kIpv6 };
inline constexpr int kCandidateKindCount = 3;

/// A place to look at.
struct Candidate {
  CandidateKind kind = CandidateKind::kAtSign;
  size_t end = 0;  ///< Behind the bytes that gave it away.
};

/// The multi-pattern engine with the patterns of all kinds. The only user of Vectorscan.
class CandidateScan {
 public:
  static Result<CandidateScan> Create();
  CandidateScan(CandidateScan&&) noexcept;
  CandidateScan& operator=(CandidateScan&&) noexcept;
  ~CandidateScan();

  /// Appends the candidates of `text` in the order of their ends. Thread-safe: each thread keeps
  /// working memory of its own.
  void Find(std::string_view text, std::vector<Candidate>& candidates) const;

 private:
  struct Database;
  explicit CandidateScan(std::unique_ptr<const Database> database);

  std::unique_ptr<const Database> database_;
};

}  // namespace parley
