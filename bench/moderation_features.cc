// What the screen of moderation sees of texts, for who trains it
// (models/moderation/train_screen.py).
//
//   parley_moderation_features < JSONL     {"text": "…"}
//
// Out come 32-bit little-endian numbers: for each text how many, then its buckets.

#include <cstdio>
#include <iostream>
#include <string>

#include "stages/moderation/ngram_features.h"
#include "text/json.h"

namespace parley {
namespace {

int Run() {
  JsonParser parser;
  NgramFeatures features;
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto root = parser.Parse(line);
    if (!root) {
      std::fprintf(stderr, "%s\n", Describe(root.error()).c_str());
      return 1;
    }
    const JsonObject object = root->get_object();
    const std::vector<uint32_t>& buckets = features.Of(StringAt(object, "text"));
    const auto count = static_cast<uint32_t>(buckets.size());
    std::fwrite(&count, sizeof count, 1, stdout);
    std::fwrite(buckets.data(), sizeof(uint32_t), buckets.size(), stdout);
  }
  return 0;
}

}  // namespace
}  // namespace parley

int main() { return parley::Run(); }
