// A release's card: README.md, which a hub reads and people do, and the same in Chinese.

#pragma once

#include <string>
#include <string_view>

#include "release/facts.h"

namespace parley {

/// The hub's YAML, from `---` to `---`: which files, which columns, how many rows, the gate.
std::string CardHeader(const ReleaseFacts& facts);

/// What a person has to agree to before the files open: the recipe's licence text, or ours.
std::string GatePrompt(const CardInfo& card);

/// README.md: header and text.
std::string EnglishCard(const ReleaseFacts& facts);

/// README_zh.md: says the same as the English card's text.
std::string ChineseCard(const ReleaseFacts& facts);

/// The hub's class of size for so many rows: "n<1K", "1K<n<10K", ….
std::string_view SizeCategory(int64_t rows);

}  // namespace parley
