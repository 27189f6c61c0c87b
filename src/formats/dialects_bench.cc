// From a record to its conversations on one core, for each dialect's samples, and for rows with
// messages of 1 KiB, as real ones have them.

#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "formats/dialect.h"

namespace parley {
namespace {

std::map<std::string, std::vector<std::string>> Samples() {
  std::map<std::string, std::vector<std::string>> samples;
  for (const auto& file :
       std::filesystem::directory_iterator(PARLEY_SOURCE_FOLDER "/tests/corpus/dialects")) {
    std::ifstream stream(file.path());
    std::ostringstream text;
    text << stream.rdbuf();
    const std::string name = file.path().filename().string();
    samples[name.substr(0, name.find('.'))].push_back(text.str());
  }
  return samples;
}

// The record with every text of the samples' messages made a kilobyte long.
std::string Lengthened(std::string json) {
  std::string kilobyte;
  while (kilobyte.size() < 1024)
    kilobyte += "so it went on, \\\"and on\\\",\\nday by day: 日复一日 ";
  for (const std::string_view key : {"\"content\":\"", "\"value\":\"", "\"text\":\""}) {
    for (size_t at = 0; (at = json.find(key, at)) != std::string::npos;) {
      at += key.size();
      json.insert(at, kilobyte);
    }
  }
  return json;
}

void Read(benchmark::State& state, const std::string& dialect,
          const std::vector<std::string>& records) {
  const auto reader = MakeDialect(dialect, {}).value();
  ParsedRecord parsed;
  int64_t bytes = 0;
  for (auto _ : state) {
    for (const std::string& record : records) {
      benchmark::DoNotOptimize(reader->Parse({.json = record}, parsed));
      bytes += std::ssize(record);
    }
  }
  state.SetBytesProcessed(bytes);
}

const int kRegistered = [] {
  for (const auto& [dialect, records] : Samples()) {
    std::vector<std::string> longer;
    for (const std::string& record : records) longer.push_back(Lengthened(record));
    benchmark::RegisterBenchmark((dialect + "/samples").c_str(), Read, dialect, records);
    benchmark::RegisterBenchmark((dialect + "/long").c_str(), Read, dialect, longer);
  }
  return 0;
}();

}  // namespace
}  // namespace parley
