#include "http/loopback_server.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "http/client.h"

namespace parley {
namespace {

using testing::HasSubstr;

HttpReply Echo(const HttpCall& call) {
  return {.status = 200, .json = call.method + " " + call.target + " " + call.body};
}

// A server at work for the length of a test.
struct Running {
  std::unique_ptr<LoopbackServer> server =
      LoopbackServer::Listen({.max_body_bytes = 1000, .connections = 2}, &Echo).value();
  std::jthread thread = std::jthread([this] { server->Run(); });
  ~Running() { server->Stop(); }

  HttpClient Client(const std::string& host = "127.0.0.1") const {
    return HttpClient(
        ParseHttpAddress(fmt::format("http://{}:{}/v1/x", host, server->port())).value(),
        {.timeout_millis = 5000});
  }
};

TEST(LoopbackServer, AnswersOnOneConnectionAfterAnother) {
  const Running running;
  for (int i = 0; i < 3; ++i) {
    HttpClient client = running.Client();
    for (int k = 0; k < 3; ++k) {
      const auto answer = client.Post("hello");
      ASSERT_TRUE(answer.has_value()) << answer.error().message;
      EXPECT_EQ(answer->status, 200);
      EXPECT_EQ(answer->body, "POST /v1/x hello");
    }
  }
}

TEST(LoopbackServer, TurnsAwayWhatIsTooLong) {
  const Running running;
  EXPECT_EQ(running.Client().Post(std::string(1000, 'x'))->status, 200);
  EXPECT_EQ(running.Client().Post(std::string(1001, 'x'))->status, 413);
}

TEST(LoopbackServer, TurnsAwayWhoCallsItByAnotherName) {
  const Running running;
  HttpClient client(
      ParseHttpAddress(fmt::format("http://127.0.0.1:{}/", running.server->port())).value(),
      {.headers = {{"Host", "evil.example"}}});
  EXPECT_EQ(client.Post("{}")->status, 403);
}

TEST(LoopbackServer, APortIsTakenOnce) {
  const Running running;
  const auto second = LoopbackServer::Listen({.port = running.server->port()}, &Echo);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, Code::kConflict);
}

}  // namespace
}  // namespace parley
