// Asks a server over HTTP/1.1, with or without TLS.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/address.h"
#include "parley/status.h"

namespace parley {

struct HttpAnswer {
  int status = 0;
  std::string body = {};
  std::string retry_after = {};  ///< The header of that name; empty if there is none.
};

/// Keeps its connection from one request to the next. Not thread-safe: one a thread.
class HttpClient {
 public:
  struct Options {
    int64_t timeout_millis = 30'000;  ///< For a whole request: connecting, sending and reading.
    int64_t max_answer_bytes = 16 << 20;
    std::vector<std::pair<std::string, std::string>> headers = {};  ///< Sent, and never said.
  };

  HttpClient(HttpAddress address, Options options);
  HttpClient(HttpClient&&) noexcept;
  ~HttpClient();

  /// Sends `json` as the body of a POST. Io if no whole answer came, with a sentence of which
  /// neither headers, nor texts, nor what the server said are a part; any status is an answer.
  ///
  /// A certificate has to be one that the system trusts, and for that host. Where a connection that
  /// was kept turns out closed before anything was answered, it is tried once more on a new one.
  Result<HttpAnswer> Post(std::string_view json);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace parley
