#include <benchmark/benchmark.h>

#include <string>

#include "stages/language/cld2_scorer.h"
#include "stages/language/fastchat_language.h"
#include "stages/language/language_detector.h"

namespace parley {
namespace {

std::string SampleText(int64_t bytes) {
  constexpr std::string_view kSentence =
      "Could you explain why the harbour freezes in winter, and what the fishermen do then? ";
  std::string text;
  while (static_cast<int64_t>(text.size()) < bytes) text += kSentence;
  text.resize(static_cast<size_t>(bytes));
  return text;
}

// One message: 24 B is a short prompt, 80 B a question, 1 KiB an answer, 64 KiB a pasted file.
void BM_Detect(benchmark::State& state) {
  const LanguageDetector detector = LanguageDetector::Create().value();
  const std::string text = SampleText(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(detector.Detect(text));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_Detect)->Arg(24)->Arg(80)->Arg(1 << 10)->Arg(64 << 10);

// What FastChat's names cost; CLD2 alone, at a part of the text, is in BM_Detect.
void BM_FastChatName(benchmark::State& state) {
  const std::string text = SampleText(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(FastChatLanguageName(text));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_FastChatName)->Arg(24)->Arg(80)->Arg(1 << 10)->Arg(64 << 10);

}  // namespace
}  // namespace parley
