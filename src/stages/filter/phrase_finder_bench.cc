// Blocked words over texts without any, in English and Chinese: invented words of four letters or
// two characters, `words` of each.

#include <benchmark/benchmark.h>

#include "base/random.h"
#include "stages/filter/phrase_finder.h"
#include "text/utf8.h"

namespace parley {
namespace {

std::string Letters(Random& random, int64_t count) {
  std::string text;
  for (int64_t i = 0; i < count; ++i) text += static_cast<char>('a' + random.Below(26));
  return text;
}

std::string Characters(Random& random, int64_t count) {
  std::string text;
  for (int64_t i = 0; i < count; ++i) {
    AppendCodePoint(text, static_cast<char32_t>(0x4E00 + random.Below(0x5000)));
  }
  return text;
}

PhraseFinder FinderOf(int64_t words) {
  Random random(1);
  std::vector<std::string> phrases;
  for (int64_t i = 0; i < words; ++i) {
    phrases.push_back("q" + Letters(random, 7));
    phrases.push_back(Characters(random, 3));
  }
  auto variants = std::make_shared<const ChineseVariants>(ChineseVariants::Open("").value());
  return PhraseFinder::Create(std::move(phrases), std::move(variants)).value();
}

void FindIn(benchmark::State& state, std::string (*make)(Random&, int64_t)) {
  const PhraseFinder finder = FinderOf(state.range(0));
  Random random(2);
  std::string text;
  while (text.size() < 64 << 10) text += make(random, 6) + " ";
  for (auto _ : state) benchmark::DoNotOptimize(finder.Find(text));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK_CAPTURE(FindIn, Letters, &Letters)->Arg(10)->Arg(100)->Arg(1000);
BENCHMARK_CAPTURE(FindIn, Characters, &Characters)->Arg(10)->Arg(100)->Arg(1000);

void Converting(benchmark::State& state) {
  const ChineseVariants variants = ChineseVariants::Open("").value();
  Random random(2);
  const std::string text = Characters(random, 20'000);
  for (auto _ : state) benchmark::DoNotOptimize(variants.ToSimplified(text));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK(Converting);  // What every text would cost without the pass.

}  // namespace
}  // namespace parley
