// A sponge of 25 lanes of 64 bits, of which the first 17 take in 136 bytes at a time. The state's
// lane (x, y) is `lanes[x + 5 * y]`.

#include "stages/redact/detectors/keccak.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace parley {
namespace {

constexpr size_t kRateBytes = 136;
constexpr int kRounds = 24;

using Lanes = std::array<uint64_t, 25>;

// The constants of step iota come from a shift register of eight bits (section 1.2).
uint64_t RoundConstant(uint8_t& shift) {
  uint64_t constant = 0;
  for (int j = 0; j < 7; ++j) {
    if ((shift & 1) != 0) constant |= uint64_t{1} << ((1 << j) - 1);
    shift = static_cast<uint8_t>((shift << 1) ^ ((shift & 0x80) != 0 ? 0x71 : 0));
  }
  return constant;
}

void Theta(Lanes& lanes) {
  std::array<uint64_t, 5> parity{};
  for (size_t i = 0; i < 25; ++i) parity[i % 5] ^= lanes[i];
  for (size_t i = 0; i < 25; ++i)
    lanes[i] ^= parity[(i % 5 + 4) % 5] ^ std::rotl(parity[(i % 5 + 1) % 5], 1);
}

void RhoAndPi(Lanes& lanes) {
  size_t x = 1;
  size_t y = 0;
  uint64_t moving = lanes[1];
  for (int t = 0; t < 24; ++t) {
    const size_t next = (2 * x + 3 * y) % 5;
    x = y;
    y = next;
    std::swap(moving, lanes[x + 5 * y]);
    lanes[x + 5 * y] = std::rotl(lanes[x + 5 * y], (t + 1) * (t + 2) / 2 % 64);
  }
}

void Chi(Lanes& lanes) {
  for (size_t y = 0; y < 25; y += 5) {
    std::array<uint64_t, 5> row{};
    std::copy_n(lanes.begin() + static_cast<std::ptrdiff_t>(y), 5, row.begin());
    for (size_t x = 0; x < 5; ++x) lanes[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
  }
}

void Permute(Lanes& lanes) {
  uint8_t shift = 1;
  for (int round = 0; round < kRounds; ++round) {
    Theta(lanes);
    RhoAndPi(lanes);
    Chi(lanes);
    lanes[0] ^= RoundConstant(shift);
  }
}

}  // namespace

std::string Keccak256(std::string_view bytes) {
  std::string padded(bytes);
  padded += '\x01';
  padded.resize((padded.size() + kRateBytes - 1) / kRateBytes * kRateBytes);
  padded.back() = static_cast<char>(static_cast<uint8_t>(padded.back()) | 0x80);
  Lanes lanes{};
  for (size_t block = 0; block < padded.size(); block += kRateBytes) {
    for (size_t i = 0; i < kRateBytes; ++i)
      lanes[i / 8] ^= uint64_t{static_cast<uint8_t>(padded[block + i])} << (8 * (i % 8));
    Permute(lanes);
  }
  std::string digest;
  for (size_t i = 0; i < 32; ++i) digest += static_cast<char>(lanes[i / 8] >> (8 * (i % 8)));
  return digest;
}

}  // namespace parley
