#include "stages/redact/detectors/crypto_wallet.h"

#include <algorithm>
#include <array>
#include <string>

#include "stages/redact/detectors/secret_formats.h"
#include "stages/redact/detectors/surroundings.h"
#include "stages/redact/detectors/wallet_encodings.h"
#include "stages/redact/letters.h"

namespace parley {
namespace {

constexpr std::array<std::string_view, 22> kWords = {
    "wallet", "eth",  "ether",   "ethereum", "metamask", "erc20",   "usdt",    "usdc",
    "token",  "send", "crypto",  "bnb",      "polygon",  "deposit", "address", "donat",
    "solana", "sol",  "phantom", "кошел",    "钱包",     "地址"};
constexpr std::array<std::string_view, 5> kSolanaWords = {"solana", "sol", "phantom", "wallet",
                                                          "spl"};

struct Version {
  std::string_view bytes;
  size_t size;  // Of what Base58Check holds, the version with it.
};

// Bitcoin with its test network, Litecoin, Dogecoin, Dash, Zcash, Tron.
constexpr Version kVersions[] = {{std::string_view("\x00", 1), 21},
                                 {"\x05", 21},
                                 {"\x6F", 21},
                                 {"\xC4", 21},
                                 {"\x30", 21},
                                 {"\x32", 21},
                                 {"\x1E", 21},
                                 {"\x16", 21},
                                 {"\x4C", 21},
                                 {"\x10", 21},
                                 {"\x1C\xB8", 22},
                                 {"\x1C\xBD", 22},
                                 {"\x41", 21}};
// Private keys: one, with its mark for short points, and extended.
constexpr Version kPrivate[] = {
    {"\x80", 33}, {"\x80", 34}, {"\xEF", 33}, {"\xEF", 34}, {"\x04\x88\xAD\xE4", 78}};

bool IsVersionIn(std::string_view decoded, std::span<const Version> versions) {
  return std::ranges::any_of(versions, [&](const Version& version) {
    return decoded.size() == version.size && decoded.starts_with(version.bytes);
  });
}

constexpr std::array<std::string_view, 18> kBech32Prefixes = {
    "bc",    "tb",   "bcrt", "ltc",    "tltc", "addr", "stake",    "cosmos", "osmo",
    "terra", "juno", "kava", "secret", "inj",  "sei",  "celestia", "lnbc",   "zs"};

bool IsBech32Wallet(std::string_view word) {
  const auto read = FromBech32(word);
  if (!read || std::ranges::find(kBech32Prefixes, read->prefix) == kBech32Prefixes.end())
    return false;
  const bool segwit = read->prefix == "bc" || read->prefix == "tb" || read->prefix == "bcrt" ||
                      read->prefix == "ltc" || read->prefix == "tltc";
  if (!segwit) return read->kind == Bech32Kind::kBech32 && read->words.size() >= 32;
  if (word.size() > 90 || read->words.empty()) return false;
  const size_t bytes = (read->words.size() - 1) * 5 / 8;
  if (read->words[0] == 0) return read->kind == Bech32Kind::kBech32 && (bytes == 20 || bytes == 32);
  return read->kind == Bech32Kind::kBech32m && read->words[0] <= 16 && bytes >= 2 && bytes <= 40;
}

// The type and score of `word`, none if it is no address.
std::optional<std::pair<std::string_view, double>> Judge(std::string_view text, size_t begin,
                                                         std::string_view word) {
  if (IsBech32Wallet(word)) return {{"CRYPTO", 0.95}};
  if (word.size() == 56 && word[0] == 'G' && PassesStellar(word)) return {{"CRYPTO", 0.95}};
  if (word.size() == 56 && word[0] == 'S' && PassesStellar(word)) return {{"KEY", 0.95}};
  if (word.size() == 95) {
    if (PassesMonero(word)) return {{"CRYPTO", 0.95}};
    return std::nullopt;
  }
  if (word.size() >= 25 && word.size() <= 112) {
    const auto decoded = FromBase58Check(word);
    if (decoded && IsVersionIn(*decoded, kPrivate)) return {{"KEY", 0.95}};
    if (decoded && IsVersionIn(*decoded, kVersions)) return {{"CRYPTO", 0.95}};
  }
  if (word[0] == 'r' && word.size() <= 35) {
    const auto decoded = FromBase58Check(word, kBase58OfRipple);
    if (decoded && decoded->size() == 21 && (*decoded)[0] == 0) return {{"CRYPTO", 0.95}};
  }
  if ((word[0] == 'q' || word[0] == 'p') && word.size() == 42 && PassesCashAddress(word))
    return {{"CRYPTO", 0.95}};
  if ((word.size() == 43 || word.size() == 44) &&
      HasWordNear(text, begin, begin + word.size(), kSolanaWords)) {
    const auto decoded = FromBase58(word);
    if (decoded && decoded->size() == 32) return {{"CRYPTO", 0.6}};
  }
  return std::nullopt;
}

}  // namespace

std::optional<PiiSpan> WalletAt(std::string_view text, size_t at) {
  constexpr size_t kMaxBytes = 128;
  size_t begin = at;
  size_t end = at;
  while (begin > 0 && at - begin < kMaxBytes && IsAsciiWord(text[begin - 1])) --begin;
  while (end < text.size() && end - begin < kMaxBytes && IsAsciiWord(text[end])) ++end;
  if (end - begin < 25 || TouchesWordBefore(text, begin) || TouchesWordBehind(text, end))
    return std::nullopt;
  const std::string_view word = text.substr(begin, end - begin);
  const auto judged = Judge(text, begin, word);
  if (!judged) return std::nullopt;
  return PiiSpan{.type = std::string(judged->first),
                 .begin = static_cast<int64_t>(begin),
                 .end = static_cast<int64_t>(end),
                 .score = judged->second,
                 .value = std::string(word)};
}

std::optional<PiiSpan> EthereumAt(std::string_view text, size_t begin) {
  constexpr size_t kDigits = 40;
  const size_t end = begin + 2 + kDigits;
  if (end > text.size() || TouchesWordBefore(text, begin) || TouchesWordBehind(text, end))
    return std::nullopt;
  const std::string_view hex = text.substr(begin + 2, kDigits);
  if (!std::ranges::all_of(hex, IsHexDigit)) return std::nullopt;
  const bool lower = std::ranges::any_of(hex, [](char c) { return c >= 'a'; });
  const bool upper = std::ranges::any_of(hex, [](char c) { return c >= 'A' && c <= 'F'; });
  const bool mixed = lower && upper;
  if (mixed && !PassesEip55(hex)) return std::nullopt;
  const bool named = HasWordNear(text, begin, end, kWords);
  std::string value(hex);
  std::ranges::transform(value, value.begin(), ToLower);
  // Where coins are burnt, and what is typed for an example, is nobody's.
  const bool reserved = IsPlaceholderSecret(value) || value.starts_with(std::string(24, '0'));
  return PiiSpan{.type = "CRYPTO",
                 .begin = static_cast<int64_t>(begin),
                 .end = static_cast<int64_t>(end),
                 .score = mixed   ? 0.95
                          : named ? 0.8
                                  : 0.4,
                 .value = "0x" + value,
                 .reserved = reserved};
}

}  // namespace parley
