#include "duplicates/shingles.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

namespace parley {
namespace {

constexpr int kMaxUnits = 32;
constexpr double kRounding = 1e-9;

struct LengthClass {
  int64_t below_units;  // Texts with fewer units are of this class.
  int shingle_units;
};
constexpr std::array<LengthClass, 3> kClasses = {{{16, 2}, {64, 3}, {INT64_MAX, 5}}};

constexpr uint64_t kFactor = 0x9E37'79B9'7F4A'7C15;

// A polynomial's value, mixed so that all its bits hang on all of the units'.
uint64_t Mixed(uint64_t h) {
  h ^= h >> 32;
  h *= 0xD6E8'FEB8'6659'FD93;
  return h ^ (h >> 32);
}

// Whether there are more than `limit` distinct shingles; looks no further than it needs to, which
// in most texts is hardly more than `limit` shingles.
bool HasMoreShingles(std::span<const uint64_t> units, int length, size_t limit) {
  thread_local std::vector<uint64_t> table;  // 0 is free.
  thread_local std::vector<uint64_t> shingles;
  const size_t mask = std::bit_ceil(4 * limit + 4) - 1;
  table.assign(mask + 1, 0);
  const size_t step = 2 * limit + 2;  // Shingles at once.
  const auto overlap = static_cast<size_t>(length) - 1;
  size_t distinct = 0;
  for (size_t begin = 0; begin == 0 || begin + overlap < units.size(); begin += step) {
    shingles.clear();
    const size_t end = std::min(units.size(), begin + step + overlap);
    AppendShingles(units.subspan(begin, end - begin), length, shingles);
    for (const uint64_t shingle : shingles) {
      size_t slot = shingle & mask;
      while (table[slot] != 0 && table[slot] != shingle) slot = (slot + 1) & mask;
      if (table[slot] == shingle) continue;
      table[slot] = shingle;
      if (++distinct > limit) return true;
    }
  }
  return false;
}

}  // namespace

Result<ShingleRule> ShingleRuleFrom(std::string_view text) {
  if (text == "auto") return ShingleRule{};
  ShingleRule rule;
  const size_t colon = std::min(text.find(':'), text.size());
  const std::string_view kind = text.substr(0, colon);
  const std::string_view number = text.substr(std::min(colon + 1, text.size()));
  const auto [end, error] =
      std::from_chars(number.data(), number.data() + number.size(), rule.units);
  const bool counts = error == std::errc() && end == number.data() + number.size() &&
                      rule.units >= 1 && rule.units <= kMaxUnits;
  if (kind == "words") rule.kind = UnitKind::kWords;
  if (kind == "chars") rule.kind = UnitKind::kChars;
  if (!counts || rule.kind == UnitKind::kAuto) {
    return Invalid(
        fmt::format("shingles: \"{}\" is neither auto nor words:N nor chars:N with N from 1 to {}",
                    text, kMaxUnits));
  }
  return rule;
}

int ShingleUnits(const ShingleRule& rule, int64_t unit_count) {
  if (rule.units > 0) return rule.units;
  return std::ranges::find_if(kClasses, [&](const auto& c) { return unit_count < c.below_units; })
      ->shingle_units;
}

std::vector<int> ShorterShingles(const ShingleRule& rule, std::span<const uint64_t> units,
                                 double threshold) {
  std::vector<int> lengths;
  if (rule.units > 0) return lengths;
  for (const LengthClass& shorter : kClasses) {
    if (std::ssize(units) < shorter.below_units) break;
    // The most shingles of a text in that class, over the threshold, is the most that one alike
    // has.
    const auto most = static_cast<double>(shorter.below_units - shorter.shingle_units);
    const auto limit = static_cast<size_t>(most / threshold + kRounding);
    if (!HasMoreShingles(units, shorter.shingle_units, limit)) {
      lengths.push_back(shorter.shingle_units);
    }
  }
  return lengths;
}

void AppendShingles(std::span<const uint64_t> units, int length, std::vector<uint64_t>& shingles) {
  if (units.empty()) return;
  const size_t width = std::min(static_cast<size_t>(length), units.size());
  uint64_t value = 0;
  uint64_t oldest = 1;  // What a unit is multiplied by when it leaves.
  for (size_t i = 0; i < width; ++i) {
    value = value * kFactor + units[i];
    oldest *= kFactor;
  }
  const size_t count = units.size() - width + 1;
  const size_t had = shingles.size();
  shingles.resize(had + count);
  uint64_t* out = shingles.data() + had;
  out[0] = Mixed(value);
  for (size_t i = 1; i < count; ++i) {
    value = value * kFactor + units[i + width - 1] - units[i - 1] * oldest;
    out[i] = Mixed(value);
  }
}

void MakeShingleSet(std::span<const uint64_t> units, int length, std::vector<uint64_t>& set) {
  set.clear();
  AppendShingles(units, length, set);
  std::ranges::sort(set);
  set.erase(std::unique(set.begin(), set.end()), set.end());
}

double Jaccard(std::span<const uint64_t> left, std::span<const uint64_t> right) {
  if (left.empty() && right.empty()) return 1;
  size_t shared = 0;
  size_t i = 0;
  size_t j = 0;
  while (i < left.size() && j < right.size()) {
    const uint64_t a = left[i];
    const uint64_t b = right[j];
    shared += a == b ? 1 : 0;
    i += a <= b ? 1 : 0;
    j += b <= a ? 1 : 0;
  }
  return static_cast<double>(shared) / static_cast<double>(left.size() + right.size() - shared);
}

}  // namespace parley
