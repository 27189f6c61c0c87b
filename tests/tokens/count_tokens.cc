// Counts the tokens of many texts, for tests/tokens/compare.py and bench/tokens.py.
//
//     count_tokens cl100k_base|llama2 FILE ids|time < TEXTS
//
// A text is its size in four bytes, the lowest first, and its bytes. `ids` prints a line a text:
// how many tokens, and a sum over their ids; `time` prints the seconds of processor time that
// counting all of them took, at best of three, and how many tokens there were.

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "inference/cl100k_tokenizer.h"
#include "inference/llama_tokenizer.h"

namespace parley {
namespace {

Result<std::unique_ptr<TokenCounter>> Load(std::string_view name, const std::string& path) {
  if (name == "cl100k_base") return TRY(Cl100kTokenizer::Load(path));
  return TRY(LlamaTokenizer::Load(path));
}

std::string ReadAll(std::FILE* file) {
  std::string bytes;
  std::string buffer(1 << 20, '\0');
  while (const size_t read = std::fread(buffer.data(), 1, buffer.size(), file)) {
    bytes.append(buffer, 0, read);
  }
  return bytes;
}

std::vector<std::string_view> TextsOf(std::string_view frames) {
  std::vector<std::string_view> texts;
  while (frames.size() >= 4) {
    uint32_t size = 0;
    std::memcpy(&size, frames.data(), 4);
    texts.push_back(frames.substr(4, size));
    frames.remove_prefix(std::min(frames.size(), size_t{4} + size));
  }
  return texts;
}

void PrintIds(const TokenCounter& counter, const std::vector<std::string_view>& texts) {
  for (const std::string_view text : texts) {
    const std::vector<int32_t> ids = counter.Encode(text);
    Check(counter.Count(text) == static_cast<int64_t>(ids.size()), "a count not of its tokens");
    uint64_t sum = 0;
    for (size_t i = 0; i < ids.size(); ++i) sum += (i % 1000 + 1) * static_cast<uint64_t>(ids[i]);
    fmt::print("{} {}\n", ids.size(), sum);
  }
}

void PrintTime(const TokenCounter& counter, const std::vector<std::string_view>& texts) {
  double best = std::numeric_limits<double>::max();
  int64_t count = 0;
  for (int round = 0; round < 3; ++round) {
    const std::clock_t begin = std::clock();
    count = 0;
    for (const std::string_view text : texts) count += counter.Count(text);
    best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  fmt::print("{:.4f} {}\n", best, count);
}

}  // namespace
}  // namespace parley

int main(int argc, char** argv) {
  using namespace parley;
  if (argc != 4) {
    fmt::print(stderr, "count_tokens cl100k_base|llama2 FILE ids|time < TEXTS\n");
    return 2;
  }
  const auto counter = Load(argv[1], argv[2]);
  if (!counter) {
    fmt::print(stderr, "{}\n", Describe(counter.error()));
    return 1;
  }
  const std::string frames = ReadAll(stdin);
  const std::vector<std::string_view> texts = TextsOf(frames);
  if (std::string_view(argv[3]) == "time") {
    PrintTime(**counter, texts);
  } else {
    PrintIds(**counter, texts);
  }
  return 0;
}
