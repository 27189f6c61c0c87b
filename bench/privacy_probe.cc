// Looks for personal data and names in conversations and says what each step of it cost: the C++
// half of bench/privacy.py.
//
//   parley_privacy_probe STEPS < JSONL   {"messages": [{"text": "…", "language": "en",
//                                         "by_person": true}, …]} a line
//
// STEPS are words with commas between: "patterns" alone, or "names" with "no_screen" (every
// sentence is read), "no_odds" (the screen's rules alone choose) and "no_cache". One line of JSON
// comes out: bytes, seconds of processor time and the counts of the ladder.

#include <cstdio>
#include <ctime>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "stages/redact/name_source.h"
#include "stages/redact/span_finder.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr size_t kConversationsAtOnce = 64;  // About a block of `parley curate`.

class Finder final : public NameSource {
 public:
  explicit Finder(NameFinder finder) : finder_(std::move(finder)) {}
  std::vector<std::vector<NameMention>> Find(std::span<const NameText> texts) const override {
    return finder_.Find(texts);
  }
  NameCounts counts() const { return finder_.counts(); }

 private:
  NameFinder finder_;
};

struct Conversation {
  std::vector<std::string> texts;
  std::vector<std::string> languages;
  std::vector<bool> by_person;
};

std::vector<SearchText> SearchTexts(const Conversation& conversation) {
  std::vector<SearchText> texts;
  for (size_t i = 0; i < conversation.texts.size(); ++i) {
    texts.push_back({.text = conversation.texts[i],
                     .language = conversation.languages[i],
                     .by_person = conversation.by_person[i]});
  }
  return texts;
}

Result<std::vector<Conversation>> ReadConversations() {
  std::vector<Conversation> conversations;
  JsonParser parser;
  for (std::string line; std::getline(std::cin, line);) {
    const JsonElement root = TRY(parser.Parse(line));
    JsonArray messages;
    if (root["messages"].get(messages) != simdjson::SUCCESS) return Invalid("no messages");
    Conversation& conversation = conversations.emplace_back();
    for (const JsonElement message : messages) {
      const JsonObject object = message.get_object();
      bool by_person = true;
      if (object["by_person"].get(by_person) != simdjson::SUCCESS) by_person = true;
      conversation.texts.emplace_back(StringAt(object, "text"));
      conversation.languages.emplace_back(StringAt(object, "language"));
      conversation.by_person.push_back(by_person);
    }
  }
  return conversations;
}

void Print(int64_t bytes, int64_t spans, double seconds, const NameCounts& counts) {
  JsonWriter json;
  json.BeginObject().Key("bytes").Int(bytes).Key("spans").Int(spans);
  json.Key("seconds").Double(seconds);
  json.Key("texts").Int(counts.texts).Key("looked_bytes").Int(counts.bytes);
  json.Key("sentences").Int(counts.sentences).Key("sentences_read").Int(counts.sentences_read);
  json.Key("bytes_read").Int(counts.bytes_read).Key("stretches").Int(counts.stretches);
  json.Key("cache_hits").Int(counts.cache_hits).Key("pieces_read").Int(counts.pieces_read);
  json.Key("mentions").Int(counts.mentions).Key("mentions_listed").Int(counts.mentions_listed);
  std::puts(json.End().text().c_str());
}

Status Run(const std::string& steps) {
  const auto wants = [&](std::string_view step) {
    return ("," + steps + ",").contains("," + std::string(step) + ",");
  };
  const auto detector = TRY(PiiDetector::Create({}));
  NameStep step;
  std::shared_ptr<const Finder> finder;
  if (wants("names")) {
    NameFinder::Options options;
    options.screen = !wants("no_screen");
    options.odds = !wants("no_odds");
    if (wants("short_too")) options.unscreened_bytes = 0;
    if (wants("no_cache")) options.cached_windows = 0;
    finder = std::make_shared<const Finder>(TRY(NameFinder::Create(options)));
    step.source = finder;
  }
  const SpanFinder search(detector, finder ? &step : nullptr);
  const auto conversations = TRY(ReadConversations());
  int64_t bytes = 0;
  int64_t spans = 0;
  const std::clock_t begin = std::clock();
  std::vector<std::vector<SearchText>> batch;
  for (size_t i = 0; i < conversations.size(); ++i) {
    for (const std::string& text : conversations[i].texts) bytes += std::ssize(text);
    batch.push_back(SearchTexts(conversations[i]));
    if (batch.size() < kConversationsAtOnce && i + 1 < conversations.size()) continue;
    for (const FoundSpans& found : search.Find(batch)) {
      for (const auto& message : found.messages) spans += std::ssize(message);
    }
    batch.clear();
  }
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  Print(bytes, spans, seconds, finder ? finder->counts() : NameCounts{});
  return {};
}

}  // namespace
}  // namespace parley

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: %s STEPS < JSONL\n", argv[0]), 2;
  const parley::Status done = parley::Run(argv[1]);
  if (done) return 0;
  std::fprintf(stderr, "%s\n", parley::Describe(done.error()).c_str());
  return 1;
}
