#include "text/letter_case.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <unordered_map>

#include "parley/status.h"
#include "text/utf8.h"

namespace parley {
namespace {

using Sources = std::unordered_map<char32_t, std::vector<char32_t>>;

// For each character, those that have it in their lower case and are not it.
Sources FindSources() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeSet changing(u"[:Changes_When_Lowercased:]", error);
  Check(U_SUCCESS(error), "ICU does not know the property Changes_When_Lowercased");
  Sources sources;
  for (int32_t i = 0; i < changing.size(); ++i) {
    const UChar32 upper = changing.charAt(i);
    icu::UnicodeString lower(upper);
    lower.toLower(icu::Locale::getRoot());
    for (int32_t at = 0; at < lower.length(); at = lower.moveIndex32(at, 1)) {
      sources[static_cast<char32_t>(lower.char32At(at))].push_back(static_cast<char32_t>(upper));
    }
  }
  sources[U'ς'].push_back(U'Σ');  // By its place in a word.
  return sources;
}

}  // namespace

std::vector<char32_t> CharactersLoweringTo(char32_t lower) {
  static const Sources sources = FindSources();
  std::vector<char32_t> characters = {lower};
  if (const auto found = sources.find(lower); found != sources.end()) {
    characters.insert(characters.end(), found->second.begin(), found->second.end());
  }
  std::ranges::sort(characters);
  return characters;
}

std::string ToLowerCase(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const size_t ascii = AsciiPrefix(text);
  if (ascii == text.size()) {
    for (const char c : text) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
  }
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode error = U_ZERO_ERROR;
  icu::CaseMap::utf8ToLower("", 0, {text.data(), static_cast<int32_t>(text.size())}, sink, nullptr,
                            error);
  Check(U_SUCCESS(error), "ICU failed on a text that should be valid UTF-8");
  return out;
}

char32_t FoldCase(char32_t code_point) {
  return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(code_point), U_FOLD_CASE_DEFAULT));
}

}  // namespace parley
