#include "stages/redact/ip_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "base/random.h"

namespace parley {
namespace {

std::string Cut(std::string_view text, const std::optional<PiiSpan>& span) {
  return span ? std::string(text.substr(span->begin, span->end - span->begin)) : "";
}

// The system's own reading of the same texts.
TEST(ParseIpv4, AgreesWithTheSystem) {
  for (uint64_t seed = 0; seed < 20'000; ++seed) {
    Random random(seed);
    std::string text;
    for (int64_t i = 3 + random.Below(3); i > 0; --i)
      text += std::to_string(random.Below(280)) + (random.Below(30) == 0 ? ".." : ".");
    text.pop_back();
    in_addr want{};
    const bool valid = inet_pton(AF_INET, text.c_str(), &want) == 1;
    const auto parsed = ParseIpv4(text);
    ASSERT_EQ(parsed.has_value(), valid) << text;
    if (valid) {
      EXPECT_EQ(std::memcmp(parsed->data(), &want, 4), 0) << text;
    }
  }
}

TEST(ParseIpv6, AgreesWithTheSystem) {
  static constexpr std::string_view kPieces[] = {"0", "1", "ab", "2001", "FFFF", "12345", ""};
  int valid_count = 0;
  for (uint64_t seed = 0; seed < 50'000; ++seed) {
    Random random(seed);
    std::string text;
    for (int64_t i = 1 + random.Below(9); i > 0; --i) {
      text += kPieces[random.Below(random.Below(4) == 0 ? 7 : 5)];
      text += random.Below(8) == 0 ? "::" : ":";
    }
    if (random.Below(3) > 0) text.pop_back();
    if (random.Below(6) == 0) text += "1.2.3.4";
    in6_addr want{};
    const bool valid = inet_pton(AF_INET6, text.c_str(), &want) == 1;
    valid_count += valid ? 1 : 0;
    const auto parsed = ParseIpv6(text);
    ASSERT_EQ(parsed.has_value(), valid) << text;
    if (valid) {
      EXPECT_EQ(std::memcmp(parsed->data(), &want, 16), 0) << text;
    }
  }
  EXPECT_GT(valid_count, 1000);
}

TEST(Ipv4At, TakesThePrefixAndRefusesWhatIsLonger) {
  const struct {
    std::string_view text;
    std::string_view want;
  } cases[] = {
      {"on 81.2.69.160.", "81.2.69.160"},
      {"81.2.69.160:8080", "81.2.69.160"},
      {"81.2.64.0/20 dev", "81.2.64.0/20"},
      {"81.2.64.0/2023", "81.2.64.0"},
      {"(81.2.69.160)", "81.2.69.160"},
      {"服务器81.2.69.160宕机", "81.2.69.160"},
      {"1.2.3.4.5", ""},
      {"256.1.1.1", ""},
      {"081.2.69.160", ""},
      {"x81.2.69.160", ""},
      {"81.2.69.160px", ""},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(Cut(text, Ipv4At(text, text.find('.'))), want);
  }
}

TEST(Ipv4At, IsUnsureOfVersionsAndHeadings) {
  for (const std::string_view text :
       {"version 1.22.3.4", "v81.2.69.160", "Chrome/114.0.0.0", "1.1.2.3 How owls hunt",
        "artigo 5.1.2.3", "\"version\": \"10.20.30.40\""}) {
    SCOPED_TRACE(text);
    EXPECT_LT(Ipv4At(text, text.find('.'))->score, kReplaceFrom);
  }
  EXPECT_GE(Ipv4At("ping 8.8.8.8", 6)->score, kReplaceFrom);
  EXPECT_GE(Ipv4At("http://1.2.3.4/", 8)->score, kReplaceFrom);
}

TEST(Ipv4At, KnowsAddressesThatAreNobodys) {
  for (const std::string_view text :
       {"127.0.0.1", "0.0.0.0", "255.255.255.0", "255.255.255.255", "10.1.2.3", "172.31.0.1",
        "192.168.1.1", "169.254.0.9", "192.0.2.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
        "100.64.0.1"}) {
    SCOPED_TRACE(text);
    EXPECT_TRUE(Ipv4At(text, 0)->reserved);
  }
  for (const std::string_view text :
       {"172.32.0.1", "192.0.3.1", "100.128.0.1", "223.255.255.1", "11.1.2.3", "203.0.114.1"}) {
    SCOPED_TRACE(text);
    EXPECT_FALSE(Ipv4At(text, 0)->reserved);
  }
}

TEST(Ipv6At, TakesZoneAndPrefix) {
  const struct {
    std::string_view text;
    std::string_view want;
  } cases[] = {
      {"[2a03:2880:f12f::25de]:443", "2a03:2880:f12f::25de"},
      {"2a03:2880::/29 is", "2a03:2880::/29"},
      {"fe80::1%eth0 up", "fe80::1%eth0"},
      {"at 2a03:2880:f12f::25de: up", "2a03:2880:f12f::25de"},
      {"::ffff:81.2.69.160", "::ffff:81.2.69.160"},
      {"12:30:45", ""},
      {"00:1b:44:11:3a:b7", ""},
      {"std::face::bed", ""},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(Cut(text, Ipv6At(text, text.find(':'))), want);
  }
}

TEST(Ipv6At, IsUnsureOfWhatCouldBeCode) { EXPECT_LT(Ipv6At("a::b", 1)->score, kReplaceFrom); }

TEST(Ipv6At, KnowsAddressesThatAreNobodys) {
  for (const std::string_view text : {"::1", "::", "2001:db8::1", "3fff::1", "fe80::1", "fd00::1",
                                      "ff02::1", "::ffff:10.0.0.1"}) {
    SCOPED_TRACE(text);
    EXPECT_TRUE(Ipv6At(text, 0)->reserved);
  }
  EXPECT_FALSE(Ipv6At("2001:db9::1", 0)->reserved);
}

TEST(IpAddress, HasOneValueForAllSpellings) {
  EXPECT_EQ(Ipv6At("2A03:2880:0:0::25DE", 4)->value, Ipv6At("2a03:2880::25de", 4)->value);
  EXPECT_EQ(Ipv6At("::ffff:81.2.69.160", 2)->value, Ipv4At("81.2.69.160", 2)->value);
}

}  // namespace
}  // namespace parley
