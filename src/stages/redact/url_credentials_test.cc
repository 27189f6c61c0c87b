#include "stages/redact/url_credentials.h"

#include <gtest/gtest.h>

#include <string>

namespace parley {
namespace {

std::optional<PiiSpan> Find(std::string_view text) {
  return UrlWithSecretAt(text, text.find("://"));
}

TEST(UrlWithSecret, TakesTheWholeUrlAndNoMore) {
  const struct {
    std::string_view text;
    std::string_view want;
  } cases[] = {
      {"see https://wanda:k3stre1@files.crank.dev/a.", "https://wanda:k3stre1@files.crank.dev/a"},
      {"('postgres://svc:T9!x@db.crank.dev:5432/m')", "postgres://svc:T9!x@db.crank.dev:5432/m"},
      {"redis://:p4perweight@81.2.69.160/0", "redis://:p4perweight@81.2.69.160/0"},
      {"https://u:pa/ss@crank.dev/x", "https://u:pa/ss@crank.dev/x"},
      {"<https://crank.dev/?access_token=9f2c41>", "https://crank.dev/?access_token=9f2c41"},
      {"[x](https://crank.dev/?sig=0123456789abcdef0)", "https://crank.dev/?sig=0123456789abcdef0"},
      {"https://crank.dev/?a=1&amp;X-Amz-Signature=ab",
       "https://crank.dev/?a=1&amp;X-Amz-Signature=ab"},
      {"https://crank.dev/#id_token=eyJhbGciOiJIUzI1",
       "https://crank.dev/#id_token=eyJhbGciOiJIUzI1"},
      {"https://gx8f0a7b6c5d4e3f2a1b@git.crank.dev/r",
       "https://gx8f0a7b6c5d4e3f2a1b@git.crank.dev/r"},
      {"链接https://u:p4ss9@crank.dev。谢谢", "https://u:p4ss9@crank.dev"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    const auto span = Find(text);
    ASSERT_TRUE(span.has_value());
    EXPECT_EQ(text.substr(span->begin, span->end - span->begin), want);
    EXPECT_TRUE(MustBeReplaced(*span));
  }
}

TEST(UrlWithSecret, LeavesUrlsWithoutOne) {
  for (const std::string_view text :
       {"https://crank.dev/watch?v=dQw4w9WgXcQ&t=42", "http://[2a03::1]:80/x",
        "https://crank.dev:8443/a@b", "ssh://git@crank.dev/r",
        "https://crank.dev/?page_token=ab12345678", "https://crank.dev/?key=sort", "://x",
        "ftp://u:@crank.dev", "https://crank.dev/?token=latest"}) {
    SCOPED_TRACE(text);
    EXPECT_FALSE(Find(text).has_value());
  }
}

TEST(UrlWithSecret, KnowsPlaceholders) {
  for (const std::string_view text :
       {"https://user:<password>@crank.dev/", "https://u:${PASS}@crank.dev/",
        "https://u:$PASS@crank.dev/", "https://u:****@crank.dev/",
        "postgres://user:password@localhost/db", "https://crank.dev/?key=YOUR_API_KEY_12345",
        "https://crank.dev/?access_token=<token>"}) {
    SCOPED_TRACE(text);
    ASSERT_TRUE(Find(text).has_value());
    EXPECT_FALSE(MustBeReplaced(*Find(text)));
  }
}

TEST(UrlWithSecret, OneRealSecretBesidePlaceholdersCounts) {
  EXPECT_TRUE(MustBeReplaced(*Find("https://crank.dev/?token=<token>&api_key=c0ffee1234")));
}

}  // namespace
}  // namespace parley
