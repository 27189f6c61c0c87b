// How many tokens a text is, by the vocabularies that a release's readers know.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "inference/token_counter.h"
#include "parley/status.h"

namespace parley {

struct TokenOptions {
  bool llama2 = true;
  bool cl100k = true;
  std::string tokenizer;  ///< A file with Llama 2's vocabulary; empty: the one of the set-up.
};

/// Null for what was not asked for, or is not at hand.
struct TokenCounters {
  std::shared_ptr<const TokenCounter> llama2 = {};
  std::shared_ptr<const TokenCounter> cl100k = {};
};

/// Loads what `options` ask for (about a tenth of a second).
///
/// Llama 2's vocabulary may not ship with the program: where no file is named and none was made at
/// set-up, `llama2` stays null and counts are unknown. A file that is named must be there and
/// sound.
Result<TokenCounters> LoadTokenCounters(const TokenOptions& options);

/// The tokens of `text`; nothing without a counter.
std::optional<int64_t> CountTokens(const TokenCounter* counter, std::string_view text);

}  // namespace parley
