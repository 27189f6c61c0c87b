#include "release/markdown.h"

#include <fmt/format.h>

#include <algorithm>

namespace parley {

std::string WithCommas(int64_t number) {
  std::string digits = std::to_string(number);
  for (int64_t at = static_cast<int64_t>(digits.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3) {
    digits.insert(static_cast<size_t>(at), ",");
  }
  return digits;
}

std::string ShareOf(int64_t part, int64_t whole) {
  const double share = whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
  return fmt::format("{:.1f}%", 100 * share);
}

std::string AverageOf(int64_t sum, int64_t count) {
  return fmt::format("{:.1f}",
                     count == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(count));
}

std::string EscapeMarkdown(std::string_view text) {
  constexpr std::string_view kMarkup = "\\`*_{}[]()#+!|~$";
  std::string escaped;
  for (const char c : text) {
    if (c == '<') {
      escaped += "&lt;";
    } else if (c == '&') {
      escaped += "&amp;";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      escaped += ' ';
    } else {
      if (kMarkup.find(c) != std::string_view::npos) escaped += '\\';
      escaped += c;
    }
  }
  return escaped;
}

std::string MarkdownLink(std::string_view url) {
  const bool web = url.starts_with("https://") || url.starts_with("http://");
  const bool plain = url.find_first_of(" <>\t\r\n") == std::string_view::npos;
  return web && plain ? fmt::format("<{}>", url) : EscapeMarkdown(url);
}

std::string CodeBlock(std::string_view text, std::string_view language) {
  size_t longest = 0;  // A fence is longer than every run of backticks inside.
  size_t run = 0;
  for (const char c : text) longest = std::max(longest, run = c == '`' ? run + 1 : 0);
  const std::string fence(std::max<size_t>(3, longest + 1), '`');
  return fmt::format("{}{}\n{}\n{}\n", fence, language, text, fence);
}

std::string MarkdownTable(const std::vector<std::string>& head,
                          const std::vector<std::vector<std::string>>& rows) {
  std::string table = fmt::format("| {} |\n|", fmt::join(head, " | "));
  for (size_t i = 0; i < head.size(); ++i) table += " --- |";
  table += '\n';
  for (const auto& row : rows) table += fmt::format("| {} |\n", fmt::join(row, " | "));
  return table;
}

std::vector<std::pair<std::string, int64_t>> Largest(const CountByName& counts, size_t limit) {
  std::vector<std::pair<std::string, int64_t>> entries(counts.begin(), counts.end());
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (entries.size() > limit) entries.resize(limit);
  return entries;
}

}  // namespace parley
