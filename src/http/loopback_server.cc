// A thread for each connection, as there are few and each answer takes work.

#include "http/loopback_server.h"

#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

namespace parley {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using SystemCode = boost::system::error_code;
using Reply = http::response<http::string_body>;
using Parser = http::request_parser<http::string_body>;

constexpr const char* kNotForHere =
    R"({"error":{"message":"this server answers its own machine alone","type":"forbidden"}})";
constexpr const char* kTooLong =
    R"({"error":{"message":"the request is too long","type":"invalid_request_error"}})";

constexpr int64_t kHeardOutBytes = 64 << 20;

bool IsThisMachine(std::string_view host) {
  const size_t colon = host.rfind(':');
  if (colon != std::string_view::npos) host = host.substr(0, colon);
  return host == "127.0.0.1" || host == "localhost";
}

std::string_view View(boost::beast::string_view text) { return {text.data(), text.size()}; }

}  // namespace

struct LoopbackServer::State {
  Options options;
  Handler handler;
  asio::io_context io = asio::io_context(1);
  tcp::acceptor acceptor = tcp::acceptor(io);
  std::atomic<bool> stopped = false;
  std::mutex mutex;
  std::condition_variable left;
  std::set<int> open;  // Sockets of the connections.
  int threads = 0;

  State(Options how, Handler what) : options(how), handler(std::move(what)) {}

  bool WaitForRoom() {
    std::unique_lock lock(mutex);
    left.wait(lock, [&] { return stopped || threads < options.connections; });
    return !stopped;
  }

  void Serve(tcp::socket socket) {
    const timeval idle = {.tv_sec = options.idle_seconds, .tv_usec = 0};
    (void)setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &idle, sizeof(idle));
    (void)setsockopt(socket.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &idle, sizeof(idle));
    beast::flat_buffer buffer;
    while (AnswerOne(socket, buffer)) {
    }
  }

  // Whether the connection stays.
  bool AnswerOne(tcp::socket& socket, beast::flat_buffer& buffer) {
    SystemCode failed;
    Parser parser;
    parser.body_limit(static_cast<uint64_t>(options.max_body_bytes));
    http::read_header(socket, buffer, parser, failed);
    if (failed == http::error::body_limit) return TurnAway(socket);
    if (failed) return false;
    // Beast 1.74 lets a body pass that says itself that it is longer than the parser's limit.
    const auto length = parser.content_length();
    if (length && *length > static_cast<uint64_t>(options.max_body_bytes)) return TurnAway(socket);
    if (View(parser.get()[http::field::expect]) == "100-continue") {
      Reply go_on(http::status::continue_, 11);
      http::write(socket, go_on, failed);
    }
    http::read(socket, buffer, parser, failed);
    if (failed == http::error::body_limit) return TurnAway(socket);
    if (failed) return false;
    const bool stays = parser.get().keep_alive();
    if (!IsThisMachine(View(parser.get()[http::field::host]))) {
      return Send(socket, {.status = 403, .json = kNotForHere}, stays);
    }
    const HttpCall call{.method = std::string(View(parser.get().method_string())),
                        .target = std::string(View(parser.get().target())),
                        .body = std::move(parser.get().body())};
    return Send(socket, handler(call), stays);
  }

  // Hears the caller out, or closing would take the answer from it.
  static bool TurnAway(tcp::socket& socket) {
    (void)Send(socket, {.status = 413, .json = kTooLong}, false);
    SystemCode failed;
    socket.shutdown(tcp::socket::shutdown_send, failed);
    std::array<char, 65'536> heard;
    for (int64_t left = kHeardOutBytes; left > 0 && !failed;) {
      left -= static_cast<int64_t>(socket.read_some(asio::buffer(heard), failed));
    }
    return false;
  }

  static bool Send(tcp::socket& socket, const HttpReply& reply, bool stays) {
    Reply response(static_cast<http::status>(reply.status), 11);
    response.set(http::field::content_type, "application/json");
    response.keep_alive(stays);
    response.body() = reply.json;
    response.prepare_payload();
    SystemCode failed;
    http::write(socket, response, failed);
    return !failed && stays;
  }

  void Enter(tcp::socket socket) {
    const std::scoped_lock lock(mutex);
    const int descriptor = socket.native_handle();
    open.insert(descriptor);
    ++threads;
    std::thread([this, descriptor, socket = std::move(socket)]() mutable {
      Serve(std::move(socket));
      const std::scoped_lock leaving(mutex);
      open.erase(descriptor);
      --threads;
      left.notify_all();
    }).detach();
  }

  void Stop() {
    const std::scoped_lock lock(mutex);
    stopped = true;
    (void)shutdown(acceptor.native_handle(), SHUT_RDWR);
    for (const int descriptor : open) (void)shutdown(descriptor, SHUT_RDWR);
    left.notify_all();
  }
};

LoopbackServer::LoopbackServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

LoopbackServer::~LoopbackServer() {
  Stop();
  std::unique_lock lock(state_->mutex);
  state_->left.wait(lock, [&] { return state_->threads == 0; });
}

Result<std::unique_ptr<LoopbackServer>> LoopbackServer::Listen(Options options, Handler handler) {
  auto state = std::make_unique<State>(options, std::move(handler));
  SystemCode failed;
  const tcp::endpoint here(asio::ip::address_v4::loopback(),
                           static_cast<unsigned short>(options.port));
  state->acceptor.open(here.protocol(), failed);
  if (!failed) state->acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
  if (!failed) state->acceptor.bind(here, failed);
  if (!failed) state->acceptor.listen(asio::socket_base::max_listen_connections, failed);
  if (failed) {
    return Fail(Code::kConflict, "cannot listen on port " + std::to_string(options.port) +
                                     " of 127.0.0.1: " + failed.message());
  }
  return std::unique_ptr<LoopbackServer>(new LoopbackServer(std::move(state)));
}

int LoopbackServer::port() const { return state_->acceptor.local_endpoint().port(); }

void LoopbackServer::Run() {
  while (state_->WaitForRoom()) {
    SystemCode failed;
    tcp::socket socket(state_->io);
    state_->acceptor.accept(socket, failed);
    if (failed && !state_->acceptor.is_open()) return;
    if (!failed && !state_->stopped) state_->Enter(std::move(socket));
  }
}

void LoopbackServer::Stop() { state_->Stop(); }

}  // namespace parley
