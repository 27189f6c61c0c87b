// Counts the tokens of each released message, for those who plan what training on them costs.

#include <utility>

#include "stages/count/tokens.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

class Tokens final : public Counter {
 public:
  explicit Tokens(TokenCounters counters) : counters_(std::move(counters)) {}

  Status Count(const ReleasableConversation& conversation,
               Annotations& annotations) const override {
    annotations.messages.resize(conversation.messages().size());
    for (size_t i = 0; i < annotations.messages.size(); ++i) {
      const std::string_view content = conversation.messages()[i].content;
      MessageNotes& notes = annotations.messages[i];
      notes.llama2_tokens = CountTokens(counters_.llama2.get(), content);
      notes.cl100k_tokens = CountTokens(counters_.cl100k.get(), content);
    }
    return {};
  }

 private:
  TokenCounters counters_;
};

Result<StageObject> Make(const TokenOptions& options) {
  return std::make_unique<Tokens>(TRY(LoadTokenCounters(options)));
}

}  // namespace

StageInfo TokensStage() {
  return Describe<TokenOptions>({
      .name = "tokens",
      .summary = "Counts the tokens of each message.",
      .kind = StageKind::kCounter,
      .keys = {{"llama2", &TokenOptions::llama2,
                "count by Llama 2's vocabulary, special tokens as text and no begin token"},
               {"cl100k", &TokenOptions::cl100k,
                "count by cl100k_base, the vocabulary of GPT-3.5 and GPT-4"},
               {"tokenizer", &TokenOptions::tokenizer,
                "a tokenizer.model or tokenizer.json with Llama 2's vocabulary, which may not ship "
                "with this program; empty: the one made at set-up, or null counts"}},
      .make = &Make,
  });
}

}  // namespace parley
