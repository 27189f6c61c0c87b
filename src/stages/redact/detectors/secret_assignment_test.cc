#include "stages/redact/detectors/secret_assignment.h"

#include <gtest/gtest.h>

#include <string>

#include "stages/redact/pii_detector.h"

namespace parley {
namespace {

// The secret that would be replaced, or nothing.
std::string Found(std::string_view text) {
  static const PiiDetector detector = PiiDetector::Create({.types = {"KEY"}}).value();
  const auto spans = detector.FindPersonal(text, "en");
  if (spans.empty()) return "";
  return std::string(text.substr(spans[0].begin, spans[0].end - spans[0].begin));
}

TEST(SecretBehind, TakesTheValueAndNotItsQuotes) {
  const struct {
    const char* text;
    const char* want;
  } cases[] = {
      {"password: gr33nT0ad!", "gr33nT0ad!"},
      {"my password is gr33nT0ad.", "gr33nT0ad"},
      {"PASSWORD = \"gr33n T0ad\"", ""},
      {"{\"passwd\": \"gr33nT0ad\"}", "gr33nT0ad"},
      {"Passwort: f0rell3nquint", "f0rell3nquint"},
      {"пароль: f0rell3nquint", "f0rell3nquint"},
      {"密码：f0rell3nquint", "f0rell3nquint"},
      {"db_pwd='t1tmouse#9'", "t1tmouse#9"},
      {"API_KEY=9fK2mX81bQz7LtW4", "9fK2mX81bQz7LtW4"},
      {"api-key: '9fK2mX81bQz7LtW4'", "9fK2mX81bQz7LtW4"},
      {"client_secret => \"9fK2mX81bQz7LtW4\"", "9fK2mX81bQz7LtW4"},
      {"aws_secret_access_key = 9fK2mX81bQz7LtW4/9fK2mX8+bQz7LtW4rTy3",
       "9fK2mX81bQz7LtW4/9fK2mX8+bQz7LtW4rTy3"},
      {"Authorization: Bearer 9fK2mX81bQz7LtW4", "9fK2mX81bQz7LtW4"},
  };
  for (const auto& [text, want] : cases) EXPECT_EQ(Found(text), want) << text;
}

TEST(SecretBehind, LeavesCodeAndPlaceholders) {
  for (const char* text :
       {"password = request.form['password']", "password: str = None", "password=get_password()",
        "password: ${DB_PASS1}", "password: <your password 1>",
        "api_key = os.environ[\"API_KEY_1\"]", "secret: YOUR_SECRET_KEY_1234567",
        "password: required|min:8", "password is incorrect", "token = tokenizer.encode(text1)",
        "max_tokens: 2048", "token: 0123456789012345678", "Password: password123",
        "password = 'changeme1'", "the secret is that owls hunt by ear", "tokens = ['a1', 'b2']",
        "basic understanding of chemistry101 is fine", "\"next_token\": \"abc\"",
        "api_key: string"})
    EXPECT_EQ(Found(text), "") << text;
}

TEST(PrivateKeyAt, TakesTheWholeBlock) {
  const std::string body = "MIIEpAIBAAKCAQEA7bq2fJk1xN0dYt5cQmVh\nZx8sLw3RkPzTg6uE9oHn4yCiBvXj";
  const std::string block =
      "-----BEGIN RSA PRIVATE KEY-----\n" + body + "\n-----END RSA PRIVATE KEY-----";
  EXPECT_EQ(Found("here:\n" + block + "\nbye"), block);
  const std::string cut = "-----BEGIN OPENSSH PRIVATE KEY-----\n" + body;
  EXPECT_EQ(Found(cut + "\n\n... and so on"), cut);
  EXPECT_EQ(Found("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----"), "");
  EXPECT_EQ(Found("-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----"), "");
}

}  // namespace
}  // namespace parley
