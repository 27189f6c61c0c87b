// The encoder of the names model's shape, with random weights: 6 layers of 384 and 40,000 pieces.
// `items_per_second` are pieces, begin and end marks of windows not counted, on one core.

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "inference/random_encoder.h"
#include "inference/token_classifier.h"

namespace parley {
namespace {

constexpr EncoderShape kShape = {.layers = 6,
                                 .attention_heads = 12,
                                 .hidden = 384,
                                 .ffn = 1536,
                                 .pieces = 40'000,
                                 .max_pieces = 126};

const TokenClassifier& Model() {
  static const TokenClassifier model = [] {
    const std::filesystem::path folder = std::filesystem::temp_directory_path() /
                                         ("parley_encoder_bench" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    Check(RandomEncoder(kShape, 1).Write(folder.string()).has_value(), "no model written");
    auto opened = TokenClassifier::Open(folder.string());
    std::filesystem::remove_all(folder);
    return std::move(opened).value();
  }();
  return model;
}

void Score(benchmark::State& state, const std::vector<TokenClassifier::Window>& windows) {
  const TokenClassifier& model = Model();
  int64_t pieces = 0;
  for (const auto& window : windows) pieces += std::ssize(window.pieces);
  for (auto _ : state) benchmark::DoNotOptimize(model.Score(windows));
  state.SetItemsProcessed(state.iterations() * pieces);
}

// Windows of one length, some 4,000 pieces in all.
void BM_EncoderScore(benchmark::State& state) {
  Random random(2);
  std::vector<TokenClassifier::Window> windows;
  for (int64_t left = 4096; left > 0; left -= state.range(0)) {
    windows.push_back(RandomWindow(random, state.range(0), kShape.pieces));
  }
  Score(state, windows);
}
BENCHMARK(BM_EncoderScore)->Arg(16)->Arg(32)->Arg(64)->Arg(126)->Unit(benchmark::kMillisecond);

// Windows of 1 to 126 pieces, short ones more often.
void BM_EncoderScoreMixed(benchmark::State& state) {
  Random random(3);
  std::vector<TokenClassifier::Window> windows;
  for (int64_t left = 4096; left > 0;) {
    const int64_t length = 1 + random.Below(1 + random.Below(126));
    windows.push_back(RandomWindow(random, length, kShape.pieces));
    left -= length;
  }
  Score(state, windows);
}
BENCHMARK(BM_EncoderScoreMixed)->Unit(benchmark::kMillisecond);

// One short message by itself: what a call costs.
void BM_EncoderScoreOne(benchmark::State& state) {
  Random random(4);
  Score(state, {RandomWindow(random, 12, kShape.pieces)});
}
BENCHMARK(BM_EncoderScoreOne)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace parley
