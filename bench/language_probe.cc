// Puts texts to the language detectors and prints what they say, one line a text: the C++ half of
// bench/language.py and bench/language_tune.py.
//
//   parley_language_probe detect|explain|fastchat|time < TEXTS
//
// A text comes as its length in bytes (uint32, little-endian) and its bytes.

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "stages/language/fastchat_language.h"
#include "stages/language/language_detector.h"

namespace parley {
namespace {

std::vector<std::string_view> Split(std::string_view bytes) {
  std::vector<std::string_view> texts;
  while (bytes.size() >= 4) {
    uint32_t size = 0;
    std::memcpy(&size, bytes.data(), sizeof(size));
    texts.push_back(bytes.substr(4, size));
    bytes.remove_prefix(std::min<size_t>(4 + size_t{size}, bytes.size()));
  }
  return texts;
}

void Explain(const LanguageDetector& detector, std::string_view text) {
  for (const auto& evidence : detector.Explain(text, 1000)) {
    std::printf("%s:%.4f:%.4f:%.4f:%.2f ", evidence.code.c_str(), evidence.score, evidence.lid176,
                evidence.ngrams, evidence.cld2);
  }
  std::printf("\n");
}

int Run(std::string_view mode) {
  const std::string bytes{std::istreambuf_iterator<char>(std::cin), {}};
  const std::vector<std::string_view> texts = Split(bytes);
  if (mode == "fastchat") {
    for (const std::string_view text : texts) std::puts(FastChatLanguageName(text).c_str());
    return 0;
  }
  const auto detector = LanguageDetector::Create();
  if (!detector) {
    std::fprintf(stderr, "%s\n", Describe(detector.error()).c_str());
    return 1;
  }
  const std::clock_t begin = std::clock();  // Of the processor: others may share it.
  int64_t answered = 0;
  for (const std::string_view text : texts) {
    if (mode == "explain") {
      Explain(*detector, text);
      continue;
    }
    const LanguageGuess guess = detector->Detect(text);
    answered += guess.code != "und";
    if (mode == "detect") std::printf("%s\t%.4f\n", guess.code.c_str(), guess.confidence);
  }
  if (mode == "time") {
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    const auto count = static_cast<double>(texts.size());
    std::printf("%zu texts, %lld answered, %.3f s, %.2f us a text, %.1f MB/s\n", texts.size(),
                static_cast<long long>(answered), seconds, seconds / count * 1e6,
                static_cast<double>(bytes.size()) / seconds / 1e6);
  }
  return 0;
}

}  // namespace
}  // namespace parley

int main(int argc, char** argv) { return parley::Run(argc > 1 ? argv[1] : "detect"); }
