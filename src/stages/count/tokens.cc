#include "stages/count/tokens.h"

#include <utility>

#include "inference/cl100k_tokenizer.h"
#include "inference/llama_tokenizer.h"
#include "io/data_files.h"

namespace parley {
namespace {

Result<std::shared_ptr<const TokenCounter>> LoadLlama2(const std::string& named) {
  if (!named.empty()) return TRY(LlamaTokenizer::Load(named));
  const Result<std::string> path = FindDataFile("tokens/llama2.model");
  if (!path) return nullptr;
  return TRY(LlamaTokenizer::Load(*path));
}

}  // namespace

Result<TokenCounters> LoadTokenCounters(const TokenOptions& options) {
  TokenCounters counters;
  if (options.llama2) counters.llama2 = TRY(LoadLlama2(options.tokenizer));
  if (options.cl100k) {
    const std::string path = TRY(FindDataFile("tokens/cl100k_base.tiktoken"));
    counters.cl100k = TRY(Cl100kTokenizer::Load(path));
  }
  return counters;
}

std::optional<int64_t> CountTokens(const TokenCounter* counter, std::string_view text) {
  if (counter == nullptr) return std::nullopt;
  return counter->Count(text);
}

}  // namespace parley
