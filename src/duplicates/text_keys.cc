#include "duplicates/text_keys.h"

#include <span>

namespace parley {
namespace {

constexpr size_t kKeptShingles = 1 << 19;  // A thread that met a giant gives its memory back.

}  // namespace

TextKeys::TextKeys(ShingleRule rule, double threshold)
    : rule_(rule), threshold_(threshold), hasher_(BandsFor(threshold)) {}

void TextKeys::Append(const Units& units, std::vector<uint64_t>& keys) const {
  thread_local std::vector<uint64_t> shingles;
  const std::span<const uint64_t> hashes = units.hashes();
  const auto append = [&](int length) {
    shingles.clear();
    AppendShingles(hashes, length, shingles);
    hasher_.AppendKeys(shingles, length, keys);
  };
  append(ShingleUnits(rule_, std::ssize(hashes)));
  for (const int shorter : ShorterShingles(rule_, hashes, threshold_)) append(shorter);
  if (shingles.capacity() > kKeptShingles) std::vector<uint64_t>().swap(shingles);
}

}  // namespace parley
