// A server on loopback that sends, byte for byte, what a test tells it to.

#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace parley {

/// What the server does with one request.
struct RawReply {
  std::string bytes = {};
  int64_t delay_millis = 0;  ///< Before the bytes.
  bool close = true;         ///< Afterwards. With nothing to send: it hangs up.
};

/// A whole answer with its right length.
inline RawReply Answer(int status, const std::string& body, const std::string& headers = "") {
  return {.bytes = "HTTP/1.1 " + std::to_string(status) + " X\r\n" + headers +
                   "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body,
          .close = false};
}

/// A thread for each connection. `script` is told the request's number, from 0, its head and its
/// body; it is called by one thread at a time.
class MisbehavingServer {
 public:
  using Script =
      std::function<RawReply(int number, const std::string& head, const std::string& body)>;

  explicit MisbehavingServer(Script script) : script_(std::move(script)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    const bool listening =
        bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
        listen(listener_, 16) == 0 &&
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    if (!listening) std::abort();
    port_ = ntohs(address.sin_port);
    acceptor_ = std::jthread([this] { Accept(); });
  }

  ~MisbehavingServer() {
    shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    {
      const std::scoped_lock lock(mutex_);
      for (const int connection : connections_) shutdown(connection, SHUT_RDWR);
    }
    threads_.clear();
    for (const int connection : connections_) close(connection);
    close(listener_);
  }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  int requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }

 private:
  void Accept() {
    for (;;) {
      const int connection = accept(listener_, nullptr, nullptr);
      if (connection < 0) return;
      const std::scoped_lock lock(mutex_);
      connections_.push_back(connection);
      threads_.emplace_back([this, connection] { Serve(connection); });
    }
  }

  void Serve(int connection) {
    std::string held;
    std::string head;
    std::string body;
    while (ReadRequest(connection, held, head, body)) {
      RawReply reply;
      {
        const std::scoped_lock lock(mutex_);
        reply = script_(requests_++, head, body);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(reply.delay_millis));
      (void)send(connection, reply.bytes.data(), reply.bytes.size(), MSG_NOSIGNAL);
      if (reply.close) {
        shutdown(connection, SHUT_RDWR);
        return;
      }
    }
  }

  static bool ReadRequest(int connection, std::string& held, std::string& head, std::string& body) {
    size_t end = 0;
    while ((end = held.find("\r\n\r\n")) == std::string::npos) {
      if (!ReadSome(connection, held)) return false;
    }
    head = held.substr(0, end);
    held.erase(0, end + 4);
    const size_t length = head.find("Content-Length: ");
    const size_t size = length == std::string::npos ? 0 : std::stoul(head.substr(length + 16));
    while (held.size() < size) {
      if (!ReadSome(connection, held)) return false;
    }
    body = held.substr(0, size);
    held.erase(0, size);
    return true;
  }

  static bool ReadSome(int connection, std::string& held) {
    char buffer[4096];
    const ssize_t got = recv(connection, buffer, sizeof(buffer), 0);
    if (got > 0) held.append(buffer, static_cast<size_t>(got));
    return got > 0;
  }

  Script script_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  int requests_ = 0;
  std::vector<int> connections_;
  std::vector<std::jthread> threads_;
  std::jthread acceptor_;
};

}  // namespace parley
