#include "stages/redact/detectors/wallet_encodings.h"

#include <algorithm>
#include <array>

#include "io/digest.h"
#include "stages/redact/detectors/keccak.h"
#include "stages/redact/letters.h"

namespace parley {
namespace {

constexpr std::string_view kBech32Digits = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

// The remainder of `words` by the generator of a BCH code of `bits` bits: five bits go in at a
// time, and `generator[i]` is added where bit i of what falls out is set.
uint64_t BchRemainder(std::string_view prefix, const std::vector<uint8_t>& words, int bits,
                      const std::array<uint64_t, 5>& generator) {
  uint64_t remainder = 1;
  const auto take = [&](uint64_t word) {
    const uint64_t top = remainder >> (bits - 5);
    remainder = ((remainder & ((uint64_t{1} << (bits - 5)) - 1)) << 5) ^ word;
    for (size_t i = 0; i < 5; ++i) {
      if (((top >> i) & 1) != 0) remainder ^= generator[i];
    }
  };
  const bool expand = bits == 30;  // Bech32 takes in the high bits of the prefix as well.
  for (const char c : prefix) {
    if (expand) take(static_cast<uint8_t>(c) >> 5);
  }
  if (expand) take(0);
  for (const char c : prefix) take(static_cast<uint8_t>(c) & 31);
  if (!expand) take(0);
  for (const uint8_t word : words) take(word);
  return remainder;
}

constexpr std::array<uint64_t, 5> kBech32Generator = {0x3B6A57B2, 0x26508E6D, 0x1EA119FA,
                                                      0x3D4233DD, 0x2A1462B3};
constexpr std::array<uint64_t, 5> kCashGenerator = {0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4,
                                                    0xAE2EABE2A8, 0x1E4F43E470};

std::optional<std::vector<uint8_t>> Bech32Words(std::string_view lower_case) {
  std::vector<uint8_t> words;
  for (const char c : lower_case) {
    const size_t word = kBech32Digits.find(c);
    if (word == std::string_view::npos) return std::nullopt;
    words.push_back(static_cast<uint8_t>(word));
  }
  return words;
}

}  // namespace

std::optional<std::string> FromBase58(std::string_view text, std::string_view digits) {
  std::string bytes;  // The least first.
  for (const char c : text) {
    size_t carry = digits.find(c);
    if (carry == std::string_view::npos) return std::nullopt;
    for (char& byte : bytes) {
      carry += size_t{58} * static_cast<uint8_t>(byte);
      byte = static_cast<char>(carry);
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes += static_cast<char>(carry);
  }
  for (const char c : text) {
    if (c != digits[0]) break;
    bytes += '\0';
  }
  std::ranges::reverse(bytes);
  return bytes;
}

std::optional<std::string> FromBase58Check(std::string_view text, std::string_view digits) {
  constexpr size_t kCheckBytes = 4;
  auto bytes = FromBase58(text, digits);
  if (!bytes || bytes->size() <= kCheckBytes) return std::nullopt;
  const std::string check = bytes->substr(bytes->size() - kCheckBytes);
  bytes->resize(bytes->size() - kCheckBytes);
  if (!Sha256Bytes(Sha256Bytes(*bytes)).starts_with(check)) return std::nullopt;
  return bytes;
}

std::optional<Bech32> FromBech32(std::string_view text) {
  constexpr size_t kCheckWords = 6;
  const size_t border = text.rfind('1');
  if (border == std::string_view::npos || border == 0 || border + kCheckWords >= text.size())
    return std::nullopt;
  const bool lower = std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
  const bool upper = std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (lower && upper) return std::nullopt;
  std::string folded(text);
  std::ranges::transform(folded, folded.begin(), ToLower);
  auto words = Bech32Words(std::string_view(folded).substr(border + 1));
  if (!words) return std::nullopt;
  Bech32 read{.prefix = folded.substr(0, border)};
  const uint64_t remainder = BchRemainder(read.prefix, *words, 30, kBech32Generator);
  if (remainder != 1 && remainder != 0x2BC830A3) return std::nullopt;
  read.kind = remainder == 1 ? Bech32Kind::kBech32 : Bech32Kind::kBech32m;
  words->resize(words->size() - kCheckWords);
  read.words = *std::move(words);
  return read;
}

bool PassesCashAddress(std::string_view text) {
  const auto words = Bech32Words(text);
  return words && words->size() >= 42 &&
         BchRemainder("bitcoincash", *words, 40, kCashGenerator) == 1;
}

bool PassesEip55(std::string_view hex) {
  std::string lower(hex);
  std::ranges::transform(lower, lower.begin(), ToLower);
  const std::string digest = Keccak256(lower);
  for (size_t i = 0; i < hex.size(); ++i) {
    if (IsDigit(hex[i])) continue;
    const auto byte = static_cast<uint8_t>(digest[i / 2]);
    const bool raised = ((i % 2 == 0 ? byte >> 4 : byte & 15) & 8) != 0;
    if (raised != (hex[i] < 'a')) return false;
  }
  return true;
}

bool PassesStellar(std::string_view text) {
  std::string bytes;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const bool letter = c >= 'A' && c <= 'Z';
    if (!letter && (c < '2' || c > '7')) return false;
    bits = bits << 5 | static_cast<uint32_t>(letter ? c - 'A' : c - '2' + 26);
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count);
  }
  if (bytes.size() != 35) return false;
  uint16_t check = 0;  // CRC-16 of the polynomial x^16 + x^12 + x^5 + 1.
  for (const char c : std::string_view(bytes).substr(0, 33)) {
    check = static_cast<uint16_t>(check ^ (static_cast<uint8_t>(c) << 8));
    for (int bit = 0; bit < 8; ++bit)
      check = static_cast<uint16_t>((check << 1) ^ ((check & 0x8000) != 0 ? 0x1021 : 0));
  }
  return static_cast<uint8_t>(bytes[33]) == (check & 255) &&
         static_cast<uint8_t>(bytes[34]) == check >> 8;
}

bool PassesMonero(std::string_view text) {
  constexpr size_t kBlockDigits = 11;  // They stand for 8 bytes; the last seven for 5.
  if (text.size() != 95) return false;
  std::string bytes;
  for (size_t at = 0; at < text.size(); at += kBlockDigits) {
    const std::string_view block = text.substr(at, kBlockDigits);
    const size_t want = block.size() == kBlockDigits ? 8 : 5;
    auto decoded = FromBase58(block.substr(std::min(block.find_first_not_of('1'), block.size())));
    if (!decoded || decoded->size() > want) return false;
    bytes += std::string(want - decoded->size(), '\0') + *decoded;
  }
  const std::string_view body = std::string_view(bytes).substr(0, 65);
  return Keccak256(body).starts_with(std::string_view(bytes).substr(65));
}

}  // namespace parley
