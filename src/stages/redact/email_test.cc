#include "stages/redact/email.h"

#include <gtest/gtest.h>

#include <string>

namespace parley {
namespace {

std::optional<PiiSpan> Find(std::string_view text, std::string_view sign = "@") {
  const size_t at = text.find(sign);
  return EmailAt(text, at, at + sign.size());
}

std::string Cut(std::string_view text, const std::optional<PiiSpan>& span) {
  return span ? std::string(text.substr(span->begin, span->end - span->begin)) : "";
}

TEST(EmailAt, TakesTheAddressAndNotWhatSurroundsIt) {
  const struct {
    std::string_view text;
    std::string_view want;
  } cases[] = {
      {"mary@sunmail.de", "mary@sunmail.de"},
      {"mailto:mary@sunmail.de?subject=x", "mary@sunmail.de"},
      {"<mary@sunmail.de>,", "mary@sunmail.de"},
      {"...mary@sunmail.de.", "mary@sunmail.de"},
      {"\\nmary@sunmail.de\\n", "mary@sunmail.de"},
      {"\\u003cmary@sunmail.de\\u003e", "mary@sunmail.de"},
      {"to=%20mary@sunmail.de", "mary@sunmail.de"},
      {"=3Cmary@sunmail.de=3E", "mary@sunmail.de"},
      {"f'mary@sunmail.de'", "mary@sunmail.de"},
      {"o'hara@sunmail.ie", "o'hara@sunmail.ie"},
      {"mary\\_k@sunmail.de", "mary\\_k@sunmail.de"},
      {"联系我zhang@qq.com谢谢", "zhang@qq.com"},
      {"메일은hong@naver.com으로", "hong@naver.com"},
      {"jörg@bäcker.de", "jörg@bäcker.de"},
      {"почта@пример.рф", "почта@пример.рф"},
      {"用户@例子.公司", "用户@例子.公司"},
      {"x@xn--fsqu00a.xn--0zwm56d", "x@xn--fsqu00a.xn--0zwm56d"},
      {"mary@web.de.Then", "mary@web.de"},
      {"first.last+tag@a.b.museum", "first.last+tag@a.b.museum"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(Cut(text, Find(text)), want);
  }
}

TEST(EmailAt, LeavesWhatIsNoAddress) {
  for (const std::string_view text :
       {"user@localhost", "icon@2x.png", "lodash@4.17.21", "git@github.com:a/b.git", "@mary.k",
        "a @b.de", "._@b.de", "x.@b.de", "w@x.shape", "A@B.T"}) {
    SCOPED_TRACE(text);
    EXPECT_FALSE(Find(text).has_value());
  }
}

TEST(EmailAt, IsUnsureOfWhatIsCalledLikeAFunction) {
  EXPECT_LT(Find("y = w@x.mean(0)")->score, kReplaceFrom);
  EXPECT_GE(Find("mary@sunmail.com(home)")->score, kReplaceFrom);
}

TEST(EmailAt, KnowsDomainsThatNobodyCanHave) {
  for (const std::string_view text :
       {"a@example.com", "a@mail.example.org", "a@b.test", "a@b.invalid", "A@EXAMPLE.NET"}) {
    SCOPED_TRACE(text);
    EXPECT_TRUE(Find(text)->reserved);
  }
  EXPECT_FALSE(Find("a@notexample.com")->reserved);
  EXPECT_FALSE(Find("a@example.com.br")->reserved);
}

TEST(EmailAt, HasOneValueForAllSpellings) {
  EXPECT_EQ(Find("Mary@SunMail.DE")->value, "mary@sunmail.de");
  EXPECT_EQ(Find("mary%40sunmail.de", "%40")->value, "mary@sunmail.de");
  EXPECT_EQ(Find("mary＠sunmail.de", "＠")->value, "mary@sunmail.de");
}

TEST(EmailAt, TakesTimeThatGrowsWithNothingButTheAddress) {
  const std::string text = std::string(1 << 20, 'a') + "@" + std::string(1 << 20, 'b') + ".de";
  EXPECT_FALSE(Find(text).has_value());  // No domain is that long.
  const std::string lengthy = std::string(1 << 20, 'a') + "@b.de";
  EXPECT_LE(Find(lengthy)->end - Find(lengthy)->begin, 300);
}

TEST(SpelledEmail, NeedsBracketsOrBothWords) {
  const struct {
    std::string_view text;
    std::string_view mark;  // Behind which to look.
    std::string_view want;
  } cases[] = {
      {"mary [at] sunmail [dot] de!", "[at]", "mary [at] sunmail [dot] de"},
      {"mary(at)sunmail.de", "(at)", "mary(at)sunmail.de"},
      {"mary (at) sunmail (punkt) de", "(at)", "mary (at) sunmail (punkt) de"},
      {"mary at sunmail dot co dot uk", "dot c", "mary at sunmail dot co dot uk"},
      {"look at sunmail dot com", "dot c", ""},
      {"mary at noon dot xylophone", "dot x", ""},
      {"f(at) = 3", "(at)", ""},
  };
  for (const auto& [text, mark, want] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(Cut(text, SpelledEmailBefore(text, text.find(mark) + mark.size())), want);
  }
}

}  // namespace
}  // namespace parley
