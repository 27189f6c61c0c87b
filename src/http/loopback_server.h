// Answers HTTP/1.1 to this machine alone.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "parley/status.h"

namespace parley {

struct HttpCall {
  std::string method = {};  ///< "POST"
  std::string target = {};  ///< "/v1/moderations", as it was sent.
  std::string body = {};
};

struct HttpReply {
  int status = 200;
  std::string json = {};
};

/// Listens on 127.0.0.1 and nowhere else, and answers only who calls it by a name of this machine:
/// a page of another site that a browser shows has its own host in the request and is turned away.
class LoopbackServer {
 public:
  struct Options {
    int port = 0;  ///< 0: one that is free.
    int64_t max_body_bytes = 16 << 20;
    int connections = 64;       ///< At a time; who comes then waits.
    int64_t idle_seconds = 60;  ///< After so long without a byte a connection is closed.
  };
  /// Called by many threads at once.
  using Handler = std::function<HttpReply(const HttpCall&)>;

  /// Conflict if somebody listens on the port already.
  static Result<std::unique_ptr<LoopbackServer>> Listen(Options options, Handler handler);
  ~LoopbackServer();  ///< Ends `Run` first; to be called by another thread.

  int port() const;
  void Run();   ///< Until `Stop`.
  void Stop();  ///< Closes every connection. Thread-safe.

 private:
  struct State;
  explicit LoopbackServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace parley
