// Pieces of Markdown that hold data: what stands in a model's name must not become markup.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "release/statistics.h"

namespace parley {

/// "1,234,567".
std::string WithCommas(int64_t number);

/// "12.3%"; of nothing, "0.0%".
std::string ShareOf(int64_t part, int64_t whole);

/// "2.5"; of nothing, "0.0".
std::string AverageOf(int64_t sum, int64_t count);

/// `text` on one line with everything escaped that Markdown or HTML would take for markup.
std::string EscapeMarkdown(std::string_view text);

/// A link to `url` that shows it; just its escaped text if it is no plain web address.
std::string MarkdownLink(std::string_view url);

/// A code block that `text` cannot get out of.
std::string CodeBlock(std::string_view text, std::string_view language = {});

/// A table; cells are taken as they are.
std::string MarkdownTable(const std::vector<std::string>& head,
                          const std::vector<std::vector<std::string>>& rows);

/// The entries with the largest counts, largest first, ties by name; at most `limit`.
std::vector<std::pair<std::string, int64_t>> Largest(const CountByName& counts, size_t limit);

}  // namespace parley
