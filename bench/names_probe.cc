// Puts texts to the screen of names and prints which bytes the encoder would read, one line a text:
// the C++ half of bench/names.py.
//
//   parley_names_probe LISTS < JSONL     {"text": "…", "language": "en", "by_person": true}
//
// The lines out: [[begin, end], …] in bytes of the text. The time it took stands on standard error.

#include <cstdio>
#include <ctime>
#include <iostream>
#include <memory>
#include <string>

#include "stages/names/name_screen.h"
#include "text/json.h"

namespace parley {
namespace {

int Run(const std::string& lists_path) {
  auto lists = NameLists::Read(lists_path);
  if (!lists) {
    std::fprintf(stderr, "%s\n", Describe(lists.error()).c_str());
    return 1;
  }
  const NameScreen screen(std::make_shared<const NameLists>(std::move(*lists)));
  JsonParser parser;
  std::string line;
  int64_t bytes = 0;
  std::clock_t ticks = 0;
  while (std::getline(std::cin, line)) {
    const auto root = parser.Parse(line);
    if (!root) return 1;
    const JsonObject object = root->get_object();
    bool by_person = true;
    if (object["by_person"].get(by_person) != simdjson::SUCCESS) by_person = true;
    const NameText text{.text = StringAt(object, "text"),
                        .language = StringAt(object, "language"),
                        .by_person = by_person};
    const std::clock_t begin = std::clock();
    const NameScreen::Answer answer = screen.Screen(text);
    ticks += std::clock() - begin;
    bytes += static_cast<int64_t>(text.text.size());
    JsonWriter json;
    json.BeginArray();
    for (const Sentence& sentence : answer.read) {
      json.BeginArray().Int(sentence.begin).Int(sentence.end).End();
    }
    std::puts(json.End().text().c_str());
  }
  std::fprintf(stderr, "%.1f MB/s\n",
               static_cast<double>(bytes) / 1e6 / (static_cast<double>(ticks) / CLOCKS_PER_SEC));
  return 0;
}

}  // namespace
}  // namespace parley

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: %s LISTS < JSONL\n", argv[0]), 2;
  return parley::Run(argv[1]);
}
