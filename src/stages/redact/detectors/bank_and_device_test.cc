#include <gtest/gtest.h>

#include <string>

#include "stages/redact/detectors/crypto_wallet.h"
#include "stages/redact/detectors/iban.h"
#include "stages/redact/detectors/mac_address.h"

namespace parley {
namespace {

std::string Cut(std::string_view text, const std::optional<PiiSpan>& span) {
  return span ? std::string(text.substr(span->begin, span->end - span->begin)) : "";
}

TEST(MacAddressAt, TakesPairsAndGroupsOfFour) {
  for (const std::string address :
       {"00:1A:2B:3C:4D:5E", "00-1a-2b-3c-4d-5e", "001a.2b3c.4d5e", "02:00:5e:10:00:00:00:01"}) {
    const std::string text = "ether " + address + " up";
    EXPECT_EQ(Cut(text, MacAddressAt(text, text.find(address) + 9)), address);
  }
}

TEST(MacAddressAt, LeavesWhatIsNone) {
  for (const std::string text :
       {"00:1A:2B:3C:4D", "00:1A:2B:3C:4D:5E:6F", "00:1A-2B:3C:4D:5E", "00:1G:2B:3C:4D:5E",
        "ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00", "x00:1A:2B:3C:4D:5E", "00:1A:2B:3C:4D:5Ez",
        "16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48", "001a.2b3c.4d5e.6f70"})
    EXPECT_FALSE(MacAddressAt(text, 9)) << text;
}

TEST(IbanAt, TakesEachCountrysLength) {
  for (const std::string number :
       {"DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819",
        "FR14 2004 1010 0505 0001 3M02 606", "NO93-8601-1117-947", "gb29 nwbk 6016 1331 9268 19"})
    EXPECT_EQ(Cut(number + ".", IbanAt(number + ".", 0)), number);
  for (const std::string number :
       {"DE88370400440532013000", "DE8937040044053201300", "XX89370400440532013000",
        "DE89  3704 0044 0532 0130 00", "DE893704004405320130001"})
    EXPECT_FALSE(IbanAt(number, 0)) << number;
}

TEST(WalletAt, TakesEachEncodingThatPasses) {
  for (const std::string address :
       {"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"})
    EXPECT_EQ(Cut("to " + address + ".", WalletAt("to " + address + ".", 20)), address);
  for (const std::string word :
       {"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa2", "iVBORw0KGgoAAAANSUhEUgAAAAUA"})
    EXPECT_FALSE(WalletAt(word, 10)) << word;
}

TEST(EthereumAt, NeedsItsCaseOrAWord) {
  const std::string checked = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
  EXPECT_GE(EthereumAt(checked, 0).value().score, 0.9);
  EXPECT_FALSE(EthereumAt("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", 0));
  const std::string lower = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";
  EXPECT_LT(EthereumAt(lower, 0).value().score, 0.5);
  EXPECT_GE(EthereumAt("my wallet " + lower, 10).value().score, 0.5);
  EXPECT_EQ(EthereumAt(lower, 0)->value, EthereumAt(checked, 0)->value);
  EXPECT_FALSE(EthereumAt(lower + "0", 0));
  EXPECT_TRUE(EthereumAt("0x" + std::string(40, '0'), 0).value().reserved);
}

}  // namespace
}  // namespace parley
