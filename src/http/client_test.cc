#include "http/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/misbehaving_server.h"

namespace parley {
namespace {

using testing::HasSubstr;
using testing::Not;

HttpClient ClientOf(const MisbehavingServer& server, int64_t timeout_millis = 5000) {
  return HttpClient(ParseHttpAddress(server.url() + "/v1/x").value(),
                    {.timeout_millis = timeout_millis,
                     .max_answer_bytes = 1000,
                     .headers = {{"Authorization", "Bearer hush"}}});
}

TEST(HttpAddress, ReadsUrls) {
  EXPECT_EQ(ParseHttpAddress("https://host.example/v1/a").value(),
            (HttpAddress{.tls = true, .host = "host.example", .port = "443", .target = "/v1/a"}));
  EXPECT_EQ(ParseHttpAddress("http://127.0.0.1:8080").value(),
            (HttpAddress{.host = "127.0.0.1", .port = "8080", .target = "/"}));
  EXPECT_EQ(ParseHttpAddress("http://[::1]:80/a").value().host, "::1");
  for (const char* url : {"", "ftp://a", "https://", "https://a:b/", "http://u:pw@host/",
                          "http://a/b\r\nX: y", "http://a b/", "https://a:123456/"}) {
    SCOPED_TRACE(url);
    EXPECT_FALSE(ParseHttpAddress(url).has_value());
  }
}

TEST(HttpClient, SendsWhatItIsGivenAndKeepsTheConnection) {
  std::vector<std::string> heads;
  std::vector<std::string> bodies;
  MisbehavingServer server([&](int, const std::string& head, const std::string& body) {
    heads.push_back(head);
    bodies.push_back(body);
    return Answer(bodies.size() == 1 ? 200 : 429, "{\"a\":1}", "Retry-After: 7\r\n");
  });
  HttpClient client = ClientOf(server);
  const auto first = client.Post("[1]");
  ASSERT_TRUE(first.has_value()) << first.error().message;
  EXPECT_EQ(first->status, 200);
  EXPECT_EQ(first->body, "{\"a\":1}");
  const auto second = client.Post("[2]");
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->status, 429);
  EXPECT_EQ(second->retry_after, "7");
  EXPECT_EQ(bodies, (std::vector<std::string>{"[1]", "[2]"}));
  EXPECT_THAT(heads[0], HasSubstr("POST /v1/x HTTP/1.1"));
  EXPECT_THAT(heads[0], HasSubstr("Authorization: Bearer hush"));
}

TEST(HttpClient, EveryWayOfNotAnsweringIsAnErrorThatSaysNothingPrivate) {
  const std::string line = "HTTP/1.1 200 OK\r\n";
  const struct {
    const char* name;
    RawReply reply;
    const char* said;
  } cases[] = {
      {"hangs up", {}, "closed without an answer"},
      {"cuts the head", {.bytes = line + "Content-"}, "cut short"},
      {"cuts the body", {.bytes = line + "Content-Length: 50\r\n\r\nhush"}, "cut short"},
      {"says a length that is none", {.bytes = line + "Content-Length: many\r\n\r\nhush"}, ""},
      {"says two lengths",
       {.bytes = line + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nhush"},
       ""},
      {"is too long", Answer(200, std::string(2000, 'h')), "too long"},
      {"is no HTTP", {.bytes = "hush hush hush\r\n\r\n"}, ""},
      {"is slow", {.bytes = line, .delay_millis = 3000}, "in the time it was given"},
  };
  for (const auto& [name, reply, said] : cases) {
    SCOPED_TRACE(name);
    MisbehavingServer server([&](int, const std::string&, const std::string&) { return reply; });
    HttpClient client = ClientOf(server, 1000);
    const auto answer = client.Post("hush");
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, Code::kIo);
    EXPECT_THAT(answer.error().message, HasSubstr(said));
    EXPECT_THAT(answer.error().message, Not(HasSubstr("hush")));
  }
}

TEST(HttpClient, AConnectionThatWasClosedMeanwhileIsMadeAnew) {
  MisbehavingServer server([](int number, const std::string&, const std::string&) {
    RawReply reply = Answer(200, "{}");
    reply.close = number == 0;  // Without having said so.
    return reply;
  });
  HttpClient client = ClientOf(server);
  ASSERT_TRUE(client.Post("1").has_value());
  EXPECT_TRUE(client.Post("2").has_value());
}

TEST(HttpClient, NobodyThereIsAnError) {
  std::string url;
  {
    MisbehavingServer server(
        [](int, const std::string&, const std::string&) { return RawReply{}; });
    url = server.url();
  }
  HttpClient client(ParseHttpAddress(url).value(), {.timeout_millis = 2000});
  EXPECT_FALSE(client.Post("{}").has_value());
}

// TLS against a server that speaks none: refused, and not answered in the clear.
TEST(HttpClient, NeverFallsBackFromTls) {
  std::string heard;
  MisbehavingServer server([&](int, const std::string& head, const std::string&) {
    heard += head;
    return Answer(200, "{}");
  });
  HttpAddress address = ParseHttpAddress(server.url()).value();
  address.tls = true;
  HttpClient client(address, {.timeout_millis = 500, .headers = {{"X", "hush"}}});
  EXPECT_FALSE(client.Post("{}").has_value());
  EXPECT_THAT(heard, Not(HasSubstr("hush")));
}

}  // namespace
}  // namespace parley
