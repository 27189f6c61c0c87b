// Pseudonyms for users: keyed, because a plain hash of an address can be undone by trying them all.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"

namespace parley {

/// HMAC-SHA-256 under the run's key, cut to 128 bits. Not thread-safe: keeps the last answers.
class UserKeys {
 public:
  explicit UserKeys(std::string key);

  /// Zero for an empty user. What holds an "@" is taken as an e-mail address, in lower case.
  Hash128 Of(std::string_view user);

 private:
  struct Known {
    std::string user;
    Hash128 key;
  };

  std::string key_;
  std::vector<Known> known_;  ///< By the hash of the user.
};

}  // namespace parley
