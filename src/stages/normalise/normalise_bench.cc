// One message: 64 B is a greeting, 1 KiB an answer, 64 KiB a pasted file.

#include <benchmark/benchmark.h>

#include "stages/fingerprint.h"
#include "stages/normalise/normalise.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

// `sample` over and over, cut between two of it.
std::string Repeated(std::string_view sample, int64_t bytes) {
  std::string text;
  while (static_cast<int64_t>(text.size() + sample.size()) <= bytes || text.empty()) text += sample;
  return text;
}

constexpr std::string_view kEnglish =
    "The kettle is older than the house, she said, and nobody remembers who bought it.\n\n"
    "1. Fill it with cold water.\n2. Wait until it sings.\n    Then pour.\n";
constexpr std::string_view kRussian = "Чайник старше дома, сказала она, и никто не помнит.\n";
constexpr std::string_view kChinese = "她说，水壶比房子还老，没有人记得是谁买的。\n";
constexpr std::string_view kArabic = "قالت إنّ الإبريق أقدم من البيت، ولا أحد يذكر من اشتراه.\n";
constexpr std::string_view kThai = "เธอบอกว่ากาต้มน้ำเก่ากว่าบ้าน และไม่มีใครจำได้ว่าใครซื้อมา\n";
constexpr std::string_view kDecomposed = "Le cafe\u0301 est prêt, dit-elle a\u0300 voix basse.\r\n";

void Normalising(benchmark::State& state, std::string_view sample) {
  const std::string text = Repeated(sample, state.range(0));
  std::string copy = text;
  for (auto _ : state) {
    EditCounts counts;
    if (copy.size() != text.size()) copy = text;  // Only where there is something to mend.
    Normalise(copy, counts);
    benchmark::DoNotOptimize(copy.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK_CAPTURE(Normalising, English, kEnglish)->Arg(64)->Arg(1 << 10)->Arg(64 << 10);
BENCHMARK_CAPTURE(Normalising, Russian, kRussian)->Arg(1 << 10)->Arg(64 << 10);
BENCHMARK_CAPTURE(Normalising, Chinese, kChinese)->Arg(1 << 10)->Arg(64 << 10);
BENCHMARK_CAPTURE(Normalising, Arabic, kArabic)->Arg(1 << 10)->Arg(64 << 10);
BENCHMARK_CAPTURE(Normalising, Thai, kThai)->Arg(1 << 10)->Arg(64 << 10);
BENCHMARK_CAPTURE(Normalising, Mending, kDecomposed)->Arg(1 << 10)->Arg(64 << 10);

RawConversation Conversation(std::string_view sample, int64_t bytes) {
  RawConversation conversation;
  conversation.messages = {{Role::kUser, Repeated(sample, 64)},
                           {Role::kAssistant, Repeated(sample, bytes)}};
  return conversation;
}

int64_t BytesOf(const RawConversation& conversation) {
  int64_t bytes = 0;
  for (const Message& message : conversation.messages) bytes += std::ssize(message.content);
  return bytes;
}

void Fingerprinting(benchmark::State& state, std::string_view sample) {
  const RawConversation conversation = Conversation(sample, state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(Fingerprint(conversation));
  state.SetBytesProcessed(state.iterations() * BytesOf(conversation));
}
BENCHMARK_CAPTURE(Fingerprinting, English, kEnglish)->Arg(64)->Arg(1 << 10)->Arg(64 << 10);
BENCHMARK_CAPTURE(Fingerprinting, Chinese, kChinese)->Arg(1 << 10)->Arg(64 << 10);

void Judging(benchmark::State& state, StageInfo (*stage)(), std::string_view sample) {
  const auto made = stage().make({}).value();
  const auto& filter = std::get<std::unique_ptr<Filter>>(made);
  const RawConversation conversation = Conversation(sample, state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(filter->Judge(conversation));
  state.SetBytesProcessed(state.iterations() * BytesOf(conversation));
}
BENCHMARK_CAPTURE(Judging, ServiceErrorsEnglish, &ServiceErrorsStage, kEnglish)
    ->Arg(64)
    ->Arg(1 << 10)
    ->Arg(64 << 10);
BENCHMARK_CAPTURE(Judging, ServiceErrorsChinese, &ServiceErrorsStage, kChinese)->Arg(64 << 10);
BENCHMARK_CAPTURE(Judging, AnonymisedEnglish, &AnonymisedStage, kEnglish)->Arg(64 << 10);

}  // namespace
}  // namespace parley
