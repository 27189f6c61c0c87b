// Asks the steps of the search for names what they do with texts: the C++ half of bench/names.py
// and of models/names/train_screen.py.
//
//   parley_names_probe screen LISTS [ODDS] < JSONL     {"text": "…", "language": "en",
//                                                       "by_person": true}
//     which bytes the encoder would read, a line a text: [[begin, end], …]
//   parley_names_probe find < JSONL
//     the mentions that the encoder finds if it reads everything: [[begin, end], …]
//   parley_names_probe features LISTS SENTENCES WORDS < JSONL
//     writes two files of rows of 32-bit numbers: sentences (text, begin, end, let through by the
//     rules, by rules for writings without case) and words (sentence, begin, end, the features' low
//     bits in 32 places, where all ones are none)
//
// Spans are in bytes of the text.

#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "stages/names/name_screen.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr size_t kTextsAtOnce = 256;
constexpr size_t kFeaturePlaces = 32;
constexpr uint32_t kNoFeature = 0xFFFFFFFF;

struct Text {
  std::string text;
  std::string language;
  bool by_person = true;

  operator NameText() const { return {.text = text, .language = language, .by_person = by_person}; }
};

Result<bool> ReadText(JsonParser& parser, Text& text) {
  std::string line;
  if (!std::getline(std::cin, line)) return false;
  const JsonElement root = TRY(parser.Parse(line));
  JsonObject object;
  if (root.get(object) != simdjson::SUCCESS) return Invalid("a line is no object");
  text.text = StringAt(object, "text");
  text.language = StringAt(object, "language");
  if (object["by_person"].get(text.by_person) != simdjson::SUCCESS) text.by_person = true;
  return true;
}

template <class AnySpan>
void PrintSpans(const std::vector<AnySpan>& spans) {
  JsonWriter json;
  json.BeginArray();
  for (const AnySpan& span : spans) json.BeginArray().Int(span.begin).Int(span.end).End();
  std::puts(json.End().text().c_str());
}

// The time it took stands on standard error.
Status Screen(const std::string& lists, const std::string& odds_path) {
  std::shared_ptr<const NameOdds> odds;
  if (!odds_path.empty()) odds = std::make_shared<const NameOdds>(TRY(NameOdds::Read(odds_path)));
  const NameScreen screen(std::make_shared<const NameLists>(TRY(NameLists::Read(lists))), odds);
  JsonParser parser;
  int64_t bytes = 0;
  std::clock_t ticks = 0;
  for (Text text; TRY(ReadText(parser, text));) {
    const std::clock_t begin = std::clock();
    const NameScreen::Answer answer = screen.Screen(text);
    ticks += std::clock() - begin;
    bytes += std::ssize(text.text);
    PrintSpans(answer.read);
  }
  std::fprintf(stderr, "%.1f MB/s\n",
               static_cast<double>(bytes) / 1e6 / (static_cast<double>(ticks) / CLOCKS_PER_SEC));
  return {};
}

Status Find() {
  const NameFinder finder = TRY(NameFinder::Create({.screen = false}));
  JsonParser parser;
  std::vector<Text> texts;
  const auto print_all = [&] {
    const std::vector<NameText> batch(texts.begin(), texts.end());
    for (const auto& mentions : finder.Find(batch)) PrintSpans(mentions);
    texts.clear();
  };
  for (Text text; TRY(ReadText(parser, text));) {
    texts.push_back(std::move(text));
    if (texts.size() == kTextsAtOnce) print_all();
  }
  print_all();
  return {};
}

class RowWriter final : public NameScreen::Listener {
 public:
  RowWriter(const std::string& sentences, const std::string& words)
      : sentences_(sentences, std::ios::binary), words_(words, std::ios::binary) {}

  void Hear(const Sentence& sentence, bool by_rules, bool caseless) override {
    Write(sentences_, {text_, static_cast<uint32_t>(sentence.begin),
                       static_cast<uint32_t>(sentence.end), by_rules, caseless});
    ++sentence_;
  }
  void Hear(const TextWord& word, std::span<const uint64_t> features) override {
    std::vector<uint32_t> row = {sentence_ - 1, static_cast<uint32_t>(word.begin),
                                 static_cast<uint32_t>(word.end)};
    for (const uint64_t feature : features) row.push_back(static_cast<uint32_t>(feature));
    Check(features.size() <= kFeaturePlaces, "more features than places");
    row.resize(3 + kFeaturePlaces, kNoFeature);
    Write(words_, row);
  }
  void NextText() { ++text_; }
  bool good() const { return sentences_.good() && words_.good(); }

 private:
  static void Write(std::ofstream& file, const std::vector<uint32_t>& row) {
    file.write(reinterpret_cast<const char*>(row.data()),
               static_cast<std::streamsize>(row.size() * sizeof(uint32_t)));
  }

  std::ofstream sentences_;
  std::ofstream words_;
  uint32_t text_ = 0;
  uint32_t sentence_ = 0;
};

Status Features(const std::string& lists, const std::string& sentences, const std::string& words) {
  const NameScreen screen(std::make_shared<const NameLists>(TRY(NameLists::Read(lists))));
  RowWriter writer(sentences, words);
  JsonParser parser;
  for (Text text; TRY(ReadText(parser, text)); writer.NextText()) screen.Tell(text, writer);
  if (!writer.good()) return Fail(Code::kIo, "the rows could not be written");
  return {};
}

Result<int> Run(const std::vector<std::string>& arguments) {
  const size_t count = arguments.size();
  const std::string what = count > 0 ? arguments[0] : "";
  if (what == "screen" && (count == 2 || count == 3)) {
    TRY(Screen(arguments[1], count == 3 ? arguments[2] : ""));
  } else if (what == "find" && count == 1) {
    TRY(Find());
  } else if (what == "features" && count == 4) {
    TRY(Features(arguments[1], arguments[2], arguments[3]));
  } else {
    std::fprintf(stderr, "usage: screen LISTS [ODDS] | find | features LISTS SENTENCES WORDS\n");
    return 2;
  }
  return 0;
}

}  // namespace
}  // namespace parley

int main(int argc, char** argv) {
  const auto done = parley::Run({argv + 1, argv + argc});
  if (done) return *done;
  std::fprintf(stderr, "%s\n", parley::Describe(done.error()).c_str());
  return 1;
}
