#include "release/name_figures.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "release/markdown.h"

namespace parley {
namespace {

constexpr size_t kCells = 8;

std::vector<std::string_view> CellsOf(std::string_view line) {
  std::vector<std::string_view> cells;
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find('\t', begin), line.size());
    cells.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return cells;
}

template <class Number>
bool ParseNumber(std::string_view cell, Number& number) {
  const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return fault == std::errc() && end == cell.data() + cell.size() && number >= 0;
}

bool ParseFigure(const std::vector<std::string_view>& cells, NameFigure& figure) {
  if (cells.size() != kCells || cells[0].empty() || cells[1].empty()) return false;
  figure.set = cells[0];
  figure.language = cells[1];
  const std::array shares = {&figure.precision, &figure.recall, &figure.word_recall, &figure.left};
  for (size_t i = 0; i < shares.size(); ++i) {
    if (!ParseNumber(cells[4 + i], *shares[i]) || *shares[i] > 1) return false;
  }
  return ParseNumber(cells[2], figure.texts) && ParseNumber(cells[3], figure.persons);
}

}  // namespace

Result<std::vector<NameFigure>> ParseNameFigures(std::string_view text, const std::string& file) {
  std::vector<NameFigure> figures;
  int64_t line = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    ++line;
    NameFigure figure;
    if (line > 1 && !ParseFigure(CellsOf(text.substr(begin, end - begin)), figure)) {
      Error error{Code::kInvalid, "not a line of figures: eight cells between tabs"};
      error.place.file = file;
      error.place.line = line;
      return std::unexpected(std::move(error));
    }
    if (line > 1) figures.push_back(std::move(figure));
    begin = end + 1;
  }
  return figures;
}

std::vector<std::vector<std::string>> NameFigureRows(const std::vector<NameFigure>& figures) {
  std::vector<std::vector<std::string>> rows;
  for (const NameFigure& figure : figures) {
    rows.push_back({EscapeMarkdown(figure.set), EscapeMarkdown(figure.language),
                    WithCommas(figure.persons), fmt::format("{:.1f}%", 100 * figure.word_recall),
                    fmt::format("{:.1f}%", 100 * figure.left)});
  }
  return rows;
}

}  // namespace parley
