// Every step is begun asynchronously and run until the request's deadline, which is the one way in
// which a server that sends a byte now and then cannot hold a thread for good.

#include "http/client.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <chrono>
#include <optional>

namespace parley {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using SystemCode = boost::system::error_code;
using Clock = std::chrono::steady_clock;
using PlainStream = asio::ip::tcp::socket;
using TlsStream = asio::ssl::stream<PlainStream>;
using Request = http::request<http::string_body>;
using Parser = http::response_parser<http::string_body>;

}  // namespace

struct HttpClient::State {
  HttpAddress address;
  Options options;
  asio::io_context io = asio::io_context(1);
  asio::ssl::context tls = asio::ssl::context(asio::ssl::context::tls_client);
  std::unique_ptr<TlsStream> stream = nullptr;  // Without TLS its inner socket is used alone.
  beast::flat_buffer buffer = {};
  Clock::time_point deadline = {};

  State(HttpAddress where, Options how) : address(std::move(where)), options(std::move(how)) {}

  PlainStream& socket() { return stream->next_layer(); }

  void Drop() {
    if (stream) {
      SystemCode ignored;
      socket().close(ignored);
    }
    io.restart();
    io.run();  // What was begun ends with an error.
    stream.reset();
    buffer.clear();
  }

  // Runs what `begin` begins, which is given a handler, until it is done or time is up.
  template <class Begin>
  SystemCode Await(Begin&& begin) {
    std::optional<SystemCode> done;
    begin([&done](SystemCode code, auto&&...) { done = code; });
    io.restart();
    io.run_until(deadline);
    if (done) return *done;
    if (stream) {
      SystemCode ignored;
      socket().close(ignored);
    }
    io.restart();
    io.run();
    return beast::error::timeout;
  }

  // With the stream that the address asks for.
  template <class Do>
  SystemCode OnStream(Do&& act) {
    return address.tls ? act(*stream) : act(socket());
  }

  SystemCode Connect() {
    SystemCode failed;
    stream = std::make_unique<TlsStream>(io, tls);
    buffer.clear();
    asio::ip::tcp::resolver resolver(io);
    asio::ip::tcp::resolver::results_type found;
    failed = Await([&](auto handler) {
      resolver.async_resolve(address.host, address.port,
                             [&found, handler](SystemCode code, auto results) {
                               found = std::move(results);
                               handler(code);
                             });
    });
    if (failed) return failed;
    failed = Await([&](auto handler) { asio::async_connect(socket(), found, handler); });
    if (failed || !address.tls) return failed;
    stream->set_verify_mode(asio::ssl::verify_peer);
    stream->set_verify_callback(asio::ssl::host_name_verification(address.host));
    if (SSL_set_tlsext_host_name(stream->native_handle(), address.host.c_str()) != 1) {
      return asio::error::invalid_argument;
    }
    return Await(
        [&](auto handler) { stream->async_handshake(asio::ssl::stream_base::client, handler); });
  }

  Request RequestWith(std::string_view json) const {
    Request request(http::verb::post, address.target, 11);
    const bool usual = address.port == (address.tls ? "443" : "80");
    request.set(http::field::host, usual ? address.host : address.host + ":" + address.port);
    request.set(http::field::content_type, "application/json");
    request.set(http::field::accept, "application/json");
    for (const auto& [name, value] : options.headers) request.set(name, value);
    request.body() = json;
    request.prepare_payload();
    return request;
  }

  // What went wrong, if something did; `heard` says whether any byte of an answer came.
  SystemCode Exchange(const Request& request, Parser& parser, bool& heard) {
    SystemCode failed = OnStream([&](auto& open) {
      return Await([&](auto handler) { http::async_write(open, request, handler); });
    });
    if (failed) return failed;
    failed = OnStream([&](auto& open) {
      return Await([&](auto handler) { http::async_read_header(open, buffer, parser, handler); });
    });
    heard = parser.got_some() || buffer.size() > 0;
    if (failed) return failed;
    // Beast 1.74 lets a body pass that says itself that it is longer than the parser's limit.
    const auto length = parser.content_length();
    if (length && *length > static_cast<uint64_t>(options.max_answer_bytes)) {
      return http::error::body_limit;
    }
    return OnStream([&](auto& open) {
      return Await([&](auto handler) { http::async_read(open, buffer, parser, handler); });
    });
  }
};

namespace {

Error ErrorOf(const SystemCode& code, const HttpAddress& address) {
  std::string why = code.message();
  if (code == beast::error::timeout) why = "no whole answer in the time it was given";
  if (code == http::error::end_of_stream) why = "the connection was closed without an answer";
  if (code == http::error::partial_message) why = "the answer was cut short";
  if (code == http::error::body_limit) why = "the answer is too long";
  return {.code = Code::kIo, .message = address.host + " port " + address.port + ": " + why};
}

}  // namespace

HttpClient::HttpClient(HttpAddress address, Options options)
    : state_(std::make_unique<State>(std::move(address), std::move(options))) {
  SystemCode ignored;  // Without paths every certificate is refused, which is the safe way.
  state_->tls.set_default_verify_paths(ignored);
}
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() {
  if (state_) state_->Drop();
}

Result<HttpAnswer> HttpClient::Post(std::string_view json) {
  State& state = *state_;
  state.deadline = Clock::now() + std::chrono::milliseconds(state.options.timeout_millis);
  const Request request = state.RequestWith(json);
  for (;;) {
    const bool kept = state.stream != nullptr;
    SystemCode failed = kept ? SystemCode() : state.Connect();
    bool heard = false;
    Parser parser;
    parser.body_limit(static_cast<uint64_t>(state.options.max_answer_bytes));
    if (!failed) failed = state.Exchange(request, parser, heard);
    if (failed) {
      state.Drop();
      const bool again = kept && !heard && failed != beast::error::timeout;
      if (again) continue;
      return std::unexpected(ErrorOf(failed, state.address));
    }
    auto response = parser.release();
    // Bytes behind the answer are no answer to the next question.
    if (!response.keep_alive() || state.buffer.size() > 0) state.Drop();
    return HttpAnswer{.status = static_cast<int>(response.result_int()),
                      .body = std::move(response.body()),
                      .retry_after = std::string(response[http::field::retry_after])};
  }
}

}  // namespace parley
