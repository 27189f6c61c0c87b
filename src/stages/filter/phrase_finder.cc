#include "stages/filter/phrase_finder.h"

#include <fmt/format.h>

#include "text/letter_case.h"

namespace parley {
namespace {

// A pattern, in bytes, for all texts whose lower case holds the lower-case `phrase`. Of characters
// outside ASCII only U+212A (k) and U+0130 (i, then U+0307) have ASCII in their lower case. What a
// phrase has outside ASCII may come from any bytes outside it, or from none but the U+0130 before.
std::string PatternOf(std::string_view phrase) {
  std::string pattern;
  bool wild = false;
  for (const char c : phrase) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) {
      if (!wild) pattern += "[\\x80-\\xff]*";
      wild = true;
      continue;
    }
    wild = false;
    if (c == 'k') {
      pattern += "(?:[kK]|\\xe2\\x84\\xaa)";
    } else if (c == 'i') {
      pattern += "(?:[iI]|\\xc4\\xb0)";
    } else if (c >= 'a' && c <= 'z') {
      pattern += fmt::format("[{}{}]", c, static_cast<char>(c - 32));
    } else {
      pattern += fmt::format("\\x{:02x}", byte);
    }
  }
  // A phrase without any ASCII would match everywhere, and Vectorscan refuses what may be empty.
  return pattern == "[\\x80-\\xff]*" ? "[\\x80-\\xff]" : pattern;
}

}  // namespace

Result<PhraseFinder> PhraseFinder::Create(std::vector<std::string> phrases) {
  std::vector<std::string> patterns;
  for (std::string& phrase : phrases) {
    if (phrase.empty()) return Invalid("an empty text would be found everywhere");
    phrase = ToLowerCase(phrase);
    patterns.push_back(PatternOf(phrase));
  }
  PatternSet set = TRY(PatternSet::Create(patterns));
  return PhraseFinder(std::move(phrases), std::move(set));
}

std::optional<int64_t> PhraseFinder::Find(std::string_view text) const {
  if (!patterns_.MatchesAny(text)) return std::nullopt;
  const std::string lower = ToLowerCase(text);
  for (size_t i = 0; i < phrases_.size(); ++i) {
    if (lower.find(phrases_[i]) != std::string::npos) return static_cast<int64_t>(i);
  }
  return std::nullopt;
}

}  // namespace parley
