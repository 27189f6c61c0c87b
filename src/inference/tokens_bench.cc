// Counting the tokens of one message: 64 B is a greeting, 1 KiB an answer, 64 KiB a pasted file.
// bench/tokens.py times real messages, against the reference libraries.

#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

#include "base/random.h"
#include "inference/cl100k_tokenizer.h"
#include "inference/llama_tokenizer.h"
#include "io/data_files.h"

namespace parley {
namespace {

// Words of a language of its own: a few hundred, short ones often, some never seen before.
std::string SampleText(int64_t size) {
  static constexpr std::string_view kSyllables[] = {"the", "in",  "to", "ex", "ample", "or", "der",
                                                    "con", "sid", "er", "a",  "tion",  "is", "of"};
  Random random(7);
  std::string text;
  while (text.size() < static_cast<size_t>(size)) {
    for (int64_t left = 1 + random.Below(3); left > 0; --left) {
      text += kSyllables[random.Below(std::size(kSyllables))];
    }
    text += random.Below(8) == 0 ? ". " : random.Below(30) == 0 ? "\n\n" : " ";
  }
  text.resize(static_cast<size_t>(size));
  return text;
}

void Count(benchmark::State& state, const TokenCounter& counter) {
  const std::string text = SampleText(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(counter.Count(text));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

void BM_Cl100kCount(benchmark::State& state) {
  static const auto counter =
      Cl100kTokenizer::Load(FindDataFile("tokens/cl100k_base.tiktoken").value()).value();
  Count(state, *counter);
}
BENCHMARK(BM_Cl100kCount)->Arg(64)->Arg(1 << 10)->Arg(64 << 10);

void BM_LlamaCount(benchmark::State& state) {
  static const auto counter =
      LlamaTokenizer::Load(FindDataFile("tokens/llama2.model").value()).value();
  Count(state, *counter);
}
BENCHMARK(BM_LlamaCount)->Arg(64)->Arg(1 << 10)->Arg(64 << 10);

}  // namespace
}  // namespace parley
