// Chat text of our own: half prose, a quarter code, a quarter tables and logs.

#include <benchmark/benchmark.h>

#include <string>

#include "base/random.h"
#include "stages/redact/pii_detector.h"

namespace parley {
namespace {

constexpr std::string_view kProse =
    "Could you rewrite this letter so that it sounds kinder? We met in 2019, at 10:30 in the "
    "morning, and paid 1,250.00 for the two rooms. Owls hunt by ear; most calls are between 200 "
    "and 4000 Hz. Please keep the second paragraph and call the section \"Night\". ";
constexpr std::string_view kCode =
    "for (int i = 0; i < 1024; ++i) {\n  const auto id = table[i].at(0x1F4) * 31 + 4155552671;\n"
    "  std::cout << ns::Format(\"{:08x}\", id) << std::endl;  // see r48213, 2023-04-24T10:11:12Z\n"
    "}\nhttps://crank.dev/watch?v=dQw4w9WgXcQ&t=42\n";
constexpr std::string_view kTable =
    "0.742 46.648 -1.620 1203 802 1457\n12345 67890 24680 13579\nf47ac10b-58cc-4372-a567-0e02b2c3\n"
    "10.0.0.1 - - [12/Mar/2023:10:11:12 +0000] \"GET / HTTP/1.1\" 200 1234567\n";
constexpr std::string_view kPersonal =
    "Call Harriet on +1 415 736 2671 or (212) 736-5000, harriet.plum@fernmail.net, 81.2.69.160. ";

// `personal_per_mille`: how many of the pieces hold personal data.
std::string SampleText(int64_t bytes, int64_t personal_per_mille) {
  Random random(7);
  std::string text;
  while (static_cast<int64_t>(text.size()) < bytes) {
    const int64_t kind = random.Below(4);
    text += random.Below(1000) < personal_per_mille ? kPersonal
            : kind < 2                              ? kProse
            : kind == 2                             ? kCode
                                                    : kTable;
  }
  text.resize(static_cast<size_t>(bytes));
  return text;
}

void BM_PiiDetectorFind(benchmark::State& state) {
  const PiiDetector detector = PiiDetector::Create({}).value();
  const std::string text = SampleText(state.range(0), state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(detector.Find(text, "en"));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
// One message: 64 B is a greeting, 1 KiB an answer, 64 KiB a pasted file; without personal data,
// with some in one piece of a hundred, and with nothing else (a contact list).
BENCHMARK(BM_PiiDetectorFind)
    ->Args({64, 0})
    ->Args({1 << 10, 10})
    ->Args({64 << 10, 0})
    ->Args({64 << 10, 10})
    ->Args({64 << 10, 1000});

}  // namespace
}  // namespace parley
