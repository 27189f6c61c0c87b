// The examples of the proposals themselves (BIP 173, BIP 350, EIP-55), and of the first block.

#include "stages/redact/detectors/wallet_encodings.h"

#include <gtest/gtest.h>

#include "io/digest.h"
#include "stages/redact/detectors/keccak.h"

namespace parley {
namespace {

TEST(Keccak256, GivesThePublishedDigests) {
  EXPECT_EQ(HexOf(Keccak256("")),
            "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  EXPECT_EQ(HexOf(Keccak256("abc")),
            "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
}

TEST(Keccak256, DiffersOnBothSidesOfABlock) {
  EXPECT_NE(Keccak256(std::string(135, 'a')), Keccak256(std::string(136, 'a')));
  EXPECT_NE(Keccak256(std::string(136, 'a')), Keccak256(std::string(137, 'a')));
}

TEST(Base58Check, HoldsTheHashBehindAnAddress) {
  const auto bytes = FromBase58Check("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
  ASSERT_TRUE(bytes);
  EXPECT_EQ(HexOf(*bytes), "0062e907b15cbf27d5425399ebf6f0fb50ebb88f18");
  EXPECT_FALSE(FromBase58Check("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"));
  EXPECT_FALSE(FromBase58Check("1A1zP1eP5QGefi2DMPTfTL5SLmv7Div0Na")) << "0 is no digit";
  EXPECT_FALSE(FromBase58Check(""));
}

TEST(Bech32, TellsItsTwoKindsApart) {
  const auto first = FromBech32("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->prefix, "bc");
  EXPECT_EQ(first->kind, Bech32Kind::kBech32);
  EXPECT_EQ(first->words.size(), 33U);
  const auto second = FromBech32("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0");
  ASSERT_TRUE(second);
  EXPECT_EQ(second->kind, Bech32Kind::kBech32m);
  EXPECT_FALSE(FromBech32("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"));
  EXPECT_FALSE(FromBech32("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4")) << "mixed case";
}

TEST(CashAddress, PassesTheSpecificationsExample) {
  EXPECT_TRUE(PassesCashAddress("qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy"));
  EXPECT_FALSE(PassesCashAddress("qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuq"));
}

TEST(Eip55, IsInTheCaseOfTheLetters) {
  EXPECT_TRUE(PassesEip55("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
  EXPECT_TRUE(PassesEip55("fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"));
  EXPECT_FALSE(PassesEip55("fB6916095ca1df60bB79Ce92cE3Ea74c37c5D359"));
}

}  // namespace
}  // namespace parley
