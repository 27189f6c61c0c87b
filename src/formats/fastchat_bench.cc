// From bytes to conversations on one core: lines alone, lines and JSON, lines and events.
//
// PARLEY_BENCH_LOGS names a folder of FastChat logs; without it a log of invented conversations is
// made, 64 MB, each logged once a turn as the service does.

#include <benchmark/benchmark.h>

#include <cstdlib>

#include "base/random.h"
#include "formats/dialect.h"
#include "formats/inputs.h"
#include "formats/scratch_folder.h"
#include "text/json.h"

namespace parley {
namespace {

std::string Words(Random& random, int64_t count) {
  constexpr const char* kWords[] = {"river", "the",   "a",          "function\\n", "\\u4f60\\u597d",
                                    "over",  "stone", "\\\"so\\\"", "green",       "walk"};
  std::string text;
  for (int64_t i = 0; i < count; ++i) (text += kWords[random.Below(10)]) += ' ';
  return text;
}

std::string InventedLog(size_t bytes) {
  Random random(1);
  std::string log;
  for (int64_t id = 0; log.size() < bytes; ++id) {
    std::string messages;
    for (int64_t turn = random.Below(6); turn >= 0; --turn) {
      if (!messages.empty()) messages += ", ";
      messages += "[\"USER\", \"" + Words(random, 1 + random.Below(100)) +
                  "\"], [\"ASSISTANT\", \"" + Words(random, 20 + random.Below(400)) + "\"]";
      log +=
          R"({"tstamp": 1682351100.5, "type": "chat", "model": "vicuna-13b", "gen_params": )"
          R"({"temperature": 0.7, "top_p": 1.0, "max_new_tokens": 512}, "start": 1682351090.25, )"
          R"("finish": 1682351100.5, "state": {"template_name": "vicuna_v1.1", )"
          R"("system_message": "", "roles": ["USER", "ASSISTANT"], "messages": [)" +
          messages + "], \"offset\": 0, \"conv_id\": \"" + std::to_string(id) +
          "\", \"model_name\": \"vicuna-13b\"}, \"ip\": \"198.18.0.1\"}\n";
    }
  }
  return log;
}

const std::vector<InputFile>& Logs() {
  static const ScratchFolder folder;
  static const std::vector<InputFile> files = [] {
    const char* logs = std::getenv("PARLEY_BENCH_LOGS");
    if (logs == nullptr) folder.Write("log.jsonl", InventedLog(64 << 20));
    return FindInputs({logs != nullptr ? logs : folder.path()}, "").value();
  }();
  return files;
}

// Calls `use` with every record of the logs.
template <class Use>
void ForEachRecord(benchmark::State& state, Use use) {
  int64_t bytes = 0;
  for (const InputFile& file : Logs()) {
    if (file.format.empty()) continue;
    const auto reader = RecordReader::Open(file, {.end_byte = file.size_bytes}, {}).value();
    while (const auto record = reader->Next().value()) use(*record);
    bytes += file.size_bytes;
  }
  state.SetBytesProcessed(state.bytes_processed() + bytes);
}

void BM_Lines(benchmark::State& state) {
  Logs();
  for (auto _ : state) {
    int64_t bytes = 0;
    ForEachRecord(state, [&](const Record& record) { bytes += record.size_bytes; });
    benchmark::DoNotOptimize(bytes);
  }
}
BENCHMARK(BM_Lines)->Unit(benchmark::kMillisecond);

void BM_LinesAndJson(benchmark::State& state) {
  Logs();
  JsonParser parser;
  for (auto _ : state) {
    ForEachRecord(state, [&](const Record& record) {
      const auto root = parser.Parse(record.json);
      benchmark::DoNotOptimize(root.has_value());
    });
  }
}
BENCHMARK(BM_LinesAndJson)->Unit(benchmark::kMillisecond);

void BM_LinesAndEvents(benchmark::State& state) {
  Logs();
  const auto dialect = MakeDialect("fastchat", {}).value();
  ParsedRecord parsed;
  for (auto _ : state) {
    ForEachRecord(state, [&](const Record& record) {
      const Status status = dialect->Parse(record, parsed);
      benchmark::DoNotOptimize(status.has_value());
    });
  }
}
BENCHMARK(BM_LinesAndEvents)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace parley
