#include <cstddef>
#include <cstdint>
#include <string>

#include "stages/filter/phrase_finder.h"
#include "stages/filter/word_list.h"
#include "text/letter_case.h"
#include "text/utf8.h"

namespace {

// The definition: convert, then search.
std::optional<int64_t> SlowFind(const std::vector<std::string>& words, const std::string& text,
                                const parley::ChineseVariants& variants) {
  const std::string converted = variants.ToSimplified(parley::ToLowerCase(text));
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string word = variants.ToSimplified(parley::ToLowerCase(words[i]));
    if (converted.find(word) != std::string::npos) return static_cast<int64_t>(i);
  }
  return std::nullopt;
}

}  // namespace

// The input is a word list, a line with a lone '=', and a text. The quick finder finds what the
// slow one finds.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto variants =
      std::make_shared<const parley::ChineseVariants>(parley::ChineseVariants::Open("").value());
  std::string input;
  parley::RepairUtf8({reinterpret_cast<const char*>(data), size}, input);
  const size_t split = input.find("\n=\n");
  if (split == std::string::npos) return 0;
  const auto words = parley::ParseWordList(input.substr(0, split));
  if (!words.has_value() || words->size() > 20) return 0;
  const std::string text = input.substr(split + 3);
  const auto finder = parley::PhraseFinder::Create(*words, variants);
  if (!finder.has_value()) return 0;  // Longer than Vectorscan's patterns may be.
  parley::Check(finder->Find(text) == SlowFind(*words, text, *variants),
                "the quick finder and the slow one disagree");
  return 0;
}
