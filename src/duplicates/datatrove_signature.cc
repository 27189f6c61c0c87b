// The permutations are h -> (a h + b mod 2^64) mod 2^61 - 1: the product overflows, in datatrove as
// here. The numbers a and b are those that numpy's RandomState(1).randint draws: the Mersenne
// Twister's outputs, two of 32 bits a number, masked to 61 bits and drawn again if out of range.

#include "duplicates/datatrove_signature.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "base/hash.h"
#include "duplicates/datatrove_text.h"

namespace parley {
namespace {

constexpr uint64_t kPrime = (uint64_t{1} << 61) - 1;

struct Permutations {
  DatatroveSignature factors;
  DatatroveSignature summands;
};

// In [low, kPrime), as numpy draws it.
uint64_t Draw(std::mt19937& twister, uint64_t low) {
  const uint64_t largest = kPrime - 1 - low;
  for (;;) {
    const uint64_t high_half = twister();
    const uint64_t number = (high_half << 32 | twister()) & kPrime;  // The prime is also the mask.
    if (number <= largest) return low + number;
  }
}

const Permutations& DrawnPermutations() {
  static const Permutations drawn = [] {
    std::mt19937 twister(1);
    Permutations permutations;
    for (uint64_t& factor : permutations.factors) factor = Draw(twister, 1);
    for (uint64_t& summand : permutations.summands) summand = Draw(twister, 0);
    return permutations;
  }();
  return drawn;
}

uint64_t ModuloPrime(uint64_t value) {
  const uint64_t folded = (value & kPrime) + (value >> 61);
  return folded >= kPrime ? folded - kPrime : folded;
}

void LowerMinima(uint64_t shingle, DatatroveSignature& minima) {
  const Permutations& permutations = DrawnPermutations();
  for (size_t i = 0; i < minima.size(); ++i) {
    const uint64_t place =
        ModuloPrime(shingle * permutations.factors[i] + permutations.summands[i]);
    minima[i] = std::min(minima[i], place);
  }
}

}  // namespace

bool SignLikeDatatrove(std::string_view text, DatatroveSignature& signature) {
  const std::string simplified = SimplifyLikeDatatrove(text);
  const std::vector<std::string_view> words = WordsLikeDatatrove(simplified);
  if (words.size() < kDatatroveShingleWords) return false;
  signature.fill(UINT64_MAX);
  std::string shingle;
  for (size_t i = 0; i + kDatatroveShingleWords <= words.size(); ++i) {
    shingle = words[i];
    for (size_t word = 1; word < kDatatroveShingleWords; ++word) {
      shingle += ' ';
      shingle += words[i + word];
    }
    LowerMinima(Xxh64Of(shingle), signature);
  }
  return true;
}

}  // namespace parley
