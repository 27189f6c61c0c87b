// Where in a text personal data could be: one pass over its bytes.

#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

enum class CandidateKind : uint8_t {
  kAtSign,     ///< An at sign before a letter or digit.
  kSpelledAt,  ///< "[at]", or "at" and "dot" with a word between them.
  kIpv4,       ///< Digits, three dots between them.
  kIpv6,       ///< Two colons with hexadecimal digits.
  kScheme,     ///< "://" before something.
  kDigits,     ///< The seventh digit of a row, and each after it.
  kPhoneNoun,  ///< A word that speaks of phones,
  kPhoneVerb,  ///< or may do so.
};
inline constexpr size_t kCandidateKindCount = 8;

/// A place to look at.
struct Candidate {
  CandidateKind kind = CandidateKind::kAtSign;
  size_t end = 0;  ///< Behind the bytes that gave it away.
};

/// The multi-pattern engine with the patterns of all kinds. The only user of Vectorscan.
class CandidateScan {
 public:
  /// The patterns are compiled once a process (0.3 s); further scans share them.
  static Result<CandidateScan> Create();

  /// Appends the candidates of `text` in the order of their ends. Thread-safe: each thread keeps
  /// working memory of its own.
  void Find(std::string_view text, std::vector<Candidate>& candidates) const;

 private:
  struct Database;
  explicit CandidateScan(std::shared_ptr<const Database> database);
  static Result<std::shared_ptr<const Database>> Compile();

  std::shared_ptr<const Database> database_;
};

}  // namespace parley
