#include "stages/filter/phrase_finder.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/letter_case.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr char32_t kDotAbove = 0x307;
constexpr char32_t kCapitalIWithDot = 0x130;  // Its lower case is i and the dot.

std::string Converted(std::string_view text, const ChineseVariants* variants) {
  std::string lower = ToLowerCase(text);
  return variants != nullptr ? variants->ToSimplified(lower) : lower;
}

// All that may stand in a text where a converted text has `character`.
std::vector<char32_t> SourcesOf(char32_t character, const ChineseVariants* variants) {
  std::vector<char32_t> sources;
  const auto family = variants != nullptr ? variants->FamilyOf(character) : std::vector{character};
  for (const char32_t member : family) {
    for (const char32_t source : CharactersLoweringTo(member)) sources.push_back(source);
  }
  std::ranges::sort(sources);
  const auto repeated = std::ranges::unique(sources);
  sources.erase(repeated.begin(), repeated.end());
  return sources;
}

// One of `characters`, as a pattern over bytes.
std::string AnyOf(const std::vector<char32_t>& characters) {
  std::string pattern;
  for (const char32_t character : characters) {
    if (!pattern.empty()) pattern += '|';
    std::string bytes;
    AppendCodePoint(bytes, character);
    for (const char byte : bytes) {
      pattern += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    }
  }
  return characters.size() > 1 ? "(?:" + pattern + ")" : pattern;
}

std::vector<char32_t> CodePointsOf(std::string_view text) {
  std::vector<char32_t> code_points;
  for (size_t at = 0; at < text.size();) code_points.push_back(NextCodePoint(text, at));
  return code_points;
}

// A pattern for all texts that, converted, may hold the converted `phrase`. U+0130 stands for two
// characters: for both of them, or at an end of the phrase for the one that belongs to it.
std::string PatternOf(std::string_view phrase, const ChineseVariants* variants) {
  const std::vector<char32_t> characters = CodePointsOf(phrase);
  std::string pattern;
  for (size_t i = 0; i < characters.size(); ++i) {
    std::vector<char32_t> sources = SourcesOf(characters[i], variants);
    const bool last = i + 1 == characters.size();
    if (characters[i] == 'i' && !last) {
      std::erase(sources, kCapitalIWithDot);
      if (characters[i + 1] == kDotAbove) {
        pattern += fmt::format("(?:{}{}|{})", AnyOf(sources), AnyOf({kDotAbove}),
                               AnyOf({kCapitalIWithDot}));
        ++i;
        continue;
      }
    }
    if (characters[i] == kDotAbove && i > 0) std::erase(sources, kCapitalIWithDot);
    pattern += AnyOf(sources);
  }
  return pattern;
}

}  // namespace

Result<PhraseFinder> PhraseFinder::Create(std::vector<std::string> phrases,
                                          std::shared_ptr<const ChineseVariants> variants) {
  std::vector<std::string> patterns;
  for (std::string& phrase : phrases) {
    if (phrase.empty()) return Invalid("an empty text would be found everywhere");
    phrase = Converted(phrase, variants.get());
    patterns.push_back(PatternOf(phrase, variants.get()));
  }
  PatternSet set = TRY(PatternSet::Create(patterns));
  return PhraseFinder(std::move(phrases), std::move(variants), std::move(set));
}

std::optional<int64_t> PhraseFinder::Find(std::string_view text) const {
  const std::vector<int64_t> candidates = patterns_.Matching(text);
  if (candidates.empty()) return std::nullopt;
  const std::string converted = Converted(text, variants_.get());
  for (const int64_t candidate : candidates) {
    if (converted.find(phrases_[static_cast<size_t>(candidate)]) != std::string::npos) {
      return candidate;
    }
  }
  return std::nullopt;
}

}  // namespace parley
