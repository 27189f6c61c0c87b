// Where in a text personal data could be: one pass over its bytes.

#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

enum class CandidateKind : uint8_t {
  kAtSign,       ///< An at sign before a letter or digit.
  kSpelledAt,    ///< "[at]", or "at" and "dot" with a word between them.
  kIpv4,         ///< Digits, three dots between them.
  kIpv6,         ///< Two colons with hexadecimal digits.
  kScheme,       ///< "://" before something.
  kDigits,       ///< The seventh digit of a row, and each after it.
  kPhoneNoun,    ///< A word that speaks of phones,
  kPhoneVerb,    ///< or may do so.
  kMac,          ///< Four pairs of hexadecimal digits, or three groups of four.
  kIban,         ///< Two letters, two digits and more.
  kBase58,       ///< What a wallet's address in base 58 begins with.
  kBech32,       ///< What one in Bech32 begins with.
  kEthereum,     ///< "0x" and 40 hexadecimal digits.
  kSecretForm,   ///< What a secret's format begins with; the detail is its number.
  kSecretWord,   ///< "password:" and the like; the detail is a SecretWord.
  kPrivateKey,   ///< "PRIVATE KEY".
  kLetterId,     ///< A national number with letters; the detail is its place in LetterIds.
  kBirthWord,    ///< "born", "date of birth" and the like.
  kCoordinates,  ///< Two decimals with a comma, or a degree sign behind a digit.
  kUserFolder,   ///< "/home/", "/Users/", "\Users\".
  kHandle,       ///< An at sign before a letter, and no letter before it.
  kDocument,     ///< A word that names a document's number; the detail is a DocumentWord.
  kStreet,       ///< A word that names a street; the detail is a StreetKind.
};

inline constexpr size_t kCandidateKindCount = 23;

/// A place to look at.
struct Candidate {
  CandidateKind kind = CandidateKind::kAtSign;
  uint16_t detail = 0;  ///< Which of the kind: the number of a secret's format.
  size_t end = 0;       ///< Behind the bytes that gave it away.
};

/// The multi-pattern engine with the patterns of all kinds.
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
