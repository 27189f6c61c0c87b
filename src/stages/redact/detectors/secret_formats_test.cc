#include "stages/redact/detectors/secret_formats.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "base/random.h"
#include "stages/redact/pii_detector.h"

namespace parley {
namespace {

// Random text of `form`, written the plain way: a character of the run's alphabet at a time.
std::string RandomOfForm(std::string_view form, Random& random) {
  static const std::string kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static const std::string kLower = "abcdefghijklmnopqrstuvwxyz";
  static const std::string kDigits = "0123456789";
  static const std::map<char, std::string> kAlphabets = {{'d', kDigits},
                                                         {'h', kDigits + "abcdef"},
                                                         {'H', kDigits + "abcdef"},
                                                         {'a', kDigits + kLower},
                                                         {'A', kDigits + kUpper},
                                                         {'u', "234567" + kUpper},
                                                         {'w', kDigits + kUpper + kLower},
                                                         {'b', kDigits + kUpper + kLower},
                                                         {'t', kDigits + kUpper + kLower},
                                                         {'B', kDigits + kUpper + kLower},
                                                         {'c', kDigits + kUpper + kLower},
                                                         {'x', kDigits + "abcdef"}};
  std::string made;
  for (size_t at = 0; at < form.size(); ++at) {
    if (form[at] != '<') {
      made += form[at];
      continue;
    }
    const size_t close = form.find('>', at);
    const std::string run(form.substr(at + 1, close - at - 1));
    const std::string& alphabet = kAlphabets.at(run.back());
    for (int i = std::stoi(run); i > 0; --i)
      made += alphabet[static_cast<size_t>(random.Below(static_cast<int64_t>(alphabet.size())))];
    at = close;
  }
  return made;
}

TEST(SecretFormats, AreManyAndEachHasItsNameAndForm) {
  std::set<std::string_view> names;
  std::set<std::string_view> forms;
  for (const SecretFormat& format : SecretFormats()) {
    EXPECT_TRUE(names.insert(format.name).second) << format.name;
    EXPECT_TRUE(forms.insert(format.form).second) << format.form;
  }
  EXPECT_GE(names.size(), 150U);
}

TEST(SecretFormats, EachIsFoundWholeAndNotWhenItIsCut) {
  const PiiDetector detector = PiiDetector::Create({.types = {"KEY"}}).value();
  Random random(3);
  for (const SecretFormat& format : SecretFormats()) {
    SCOPED_TRACE(format.name);
    for (int trial = 0; trial < 5; ++trial) {
      const std::string secret = RandomOfForm(format.form, random);
      const std::string text = "x = '" + secret + "'; see above";
      const auto spans = detector.Find(text, "en");
      ASSERT_EQ(spans.size(), 1U) << secret;
      EXPECT_EQ(text.substr(spans[0].begin, spans[0].end - spans[0].begin), secret);
    }
    const std::string secret = RandomOfForm(format.form, random);
    if (format.form.find_first_of("-=") == std::string_view::npos && secret.size() > 12) {
      const std::string half = "x = '" + secret.substr(0, secret.size() / 3) + "'";
      EXPECT_TRUE(detector.FindPersonal(half, "en").empty()) << half;
    }
  }
}

TEST(SecretFormats, PlaceholdersAreNobodys) {
  const PiiDetector detector = PiiDetector::Create({.types = {"KEY"}}).value();
  for (const char* text :
       {"AKIAIOSFODNN7EXAMPLE", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "hf_abcdefghijklmnopqrstuvwxyzABCDEFGH", "sk_live_your0000key0000goes0000"})
    EXPECT_TRUE(detector.FindPersonal(text, "en").empty()) << text;
}

TEST(BitsPerByte, IsShannonsEntropy) {
  EXPECT_EQ(BitsPerByte("aaaa"), 0);
  EXPECT_EQ(BitsPerByte("abab"), 1);
  EXPECT_EQ(BitsPerByte("abcd"), 2);
}

}  // namespace
}  // namespace parley
