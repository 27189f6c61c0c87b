// Where a server answers, from its URL.

#pragma once

#include <string>
#include <string_view>

#include "parley/status.h"

namespace parley {

struct HttpAddress {
  bool tls = false;
  std::string host = {};
  std::string port = {};    ///< "443"
  std::string target = {};  ///< "/v1/moderations"; begins with '/'.
  bool operator==(const HttpAddress&) const = default;
};

/// Invalid, without repeating it, if `url` is none of http or https, names a user, or has bytes
/// that no URL has.
Result<HttpAddress> ParseHttpAddress(std::string_view url);

}  // namespace parley
