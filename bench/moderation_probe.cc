// Judges texts and tells what each step did and cost: the C++ half of bench/moderation.py.
//
//   parley_moderation_probe both|moderation|names|screen|noscreen < JSONL     {"text": "…",
//   "by_person": true}
//
// "both" looks for names and judges, a thousand texts at a time, as curate does; "screen" runs the
// screen alone; "noscreen" lets the encoder read everything. Out comes one line of JSON.

#include <cstdio>
#include <ctime>
#include <iostream>
#include <string>
#include <vector>

#include "inference/hashed_weights.h"
#include "inference/window_reader.h"
#include "io/data_files.h"
#include "stages/moderation/moderator.h"
#include "stages/moderation/ngram_features.h"
#include "stages/moderation/passages.h"
#include "stages/names/name_finder.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr size_t kAtOnce = 1000;

struct Text {
  std::string text;
  bool by_person = true;
};

double Seconds(std::clock_t begin) {
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

Result<std::vector<Text>> ReadTexts() {
  std::vector<Text> texts;
  JsonParser parser;
  std::string line;
  while (std::getline(std::cin, line)) {
    const JsonElement root = TRY(parser.Parse(line));
    const JsonObject object = root.get_object();
    Text& text = texts.emplace_back(Text{.text = std::string(StringAt(object, "text"))});
    if (object["by_person"].get(text.by_person) != simdjson::SUCCESS) text.by_person = true;
  }
  return texts;
}

Status RunScreen(const std::vector<Text>& texts) {
  const std::string path = TRY(FindDataFile("moderation/screen.safetensors"));
  const HashedWeights screen = TRY(HashedWeights::Read(path, kNgramFeatures, kNgramBucketBits));
  NgramFeatures features;
  std::vector<float> log_odds(screen.labels().size());
  int64_t bytes = 0;
  int64_t passages = 0;
  int64_t read = 0;
  const std::clock_t begin = std::clock();
  for (const Text& text : texts) {
    bytes += static_cast<int64_t>(text.text.size());
    for (const Passage& passage : CutPassages(text.text, 480)) {
      const auto size = static_cast<size_t>(passage.end - passage.begin);
      screen.LogOdds(
          features.Of(std::string_view(text.text).substr(static_cast<size_t>(passage.begin), size)),
          log_odds);
      ++passages;
      bool reaches = false;
      for (size_t i = 0; i < log_odds.size(); ++i) reaches |= log_odds[i] >= screen.cut()[i];
      read += reaches;
    }
  }
  const double seconds = Seconds(begin);
  JsonWriter json;
  json.BeginObject().Key("bytes").Int(bytes).Key("passages").Int(passages).Key("read").Int(read);
  std::puts(json.Key("seconds").Double(seconds).End().text().c_str());
  return {};
}

Status RunModels(const std::vector<Text>& texts, const std::string& what) {
  const NameFinder names = TRY(NameFinder::Create({}));
  const Moderator moderator = TRY(Moderator::Create({.screen = what != "noscreen"}));
  const std::string weights = TRY(FindDataFile("encoder/weights.safetensors"));
  const auto reader = TRY(WindowReader::Open(weights.substr(0, weights.rfind('/'))));
  int64_t flagged = 0;
  const std::clock_t begin = std::clock();
  for (size_t at = 0; at < texts.size(); at += kAtOnce) {
    std::vector<NameText> for_names;
    std::vector<ModerationText> for_moderation;
    for (size_t i = at; i < std::min(at + kAtOnce, texts.size()); ++i) {
      for_names.push_back({.text = texts[i].text, .by_person = texts[i].by_person});
      for_moderation.push_back({.text = texts[i].text});
    }
    if (what == "both" || what == "names") names.Find(for_names);
    if (what == "names") continue;
    for (const ModerationResult& result : moderator.Judge(for_moderation)) {
      flagged += result.tags.flagged;
    }
  }
  const double seconds = Seconds(begin);
  const ModerationCounts counts = moderator.counts();
  JsonWriter json;
  json.BeginObject().Key("seconds").Double(seconds);
  json.Key("texts").Int(static_cast<int64_t>(texts.size())).Key("bytes").Int(counts.bytes);
  json.Key("pieces_read").Int(reader->pieces_read()).Key("flagged").Int(flagged);
  json.Key("passages").Int(counts.passages);
  json.Key("passages_screened").Int(counts.passages_screened);
  json.Key("bytes_screened").Int(counts.bytes_screened);
  std::puts(json.End().text().c_str());
  return {};
}

Status Run(const std::string& what) {
  const std::vector<Text> texts = TRY(ReadTexts());
  return what == "screen" ? RunScreen(texts) : RunModels(texts, what);
}

}  // namespace
}  // namespace parley

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: %s WHAT < JSONL\n", argv[0]), 2;
  const parley::Status done = parley::Run(argv[1]);
  if (!done) std::fprintf(stderr, "%s\n", parley::Describe(done.error()).c_str());
  return done ? 0 : 1;
}
