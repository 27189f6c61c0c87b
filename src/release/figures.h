// What the report draws: each figure is a table first, so that who cannot see the drawing misses
// nothing.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "release/facts.h"

namespace parley {

enum class FigureKind : uint8_t {
  kBars,     ///< Names with counts, lying, largest first.
  kColumns,  ///< Sizes in their order, standing.
  kDays,     ///< Along time.
};

struct FigureRow {
  std::string label;
  std::vector<int64_t> values = {};  ///< One for each series.
};

struct Figure {
  std::string id;  ///< For links: lower-case letters and hyphens.
  std::string title;
  std::string note;  ///< A sentence or two: what is counted.
  FigureKind kind = FigureKind::kBars;
  std::string label_head;                ///< Head of the table's first column.
  std::vector<std::string> series = {};  ///< Heads of the others.
  std::vector<FigureRow> rows = {};      ///< All of them, for the table.
  std::vector<FigureRow> drawn = {};     ///< At most some forty: the rest are summed up.
};

/// The figures that the release has data for, in the report's order.
std::vector<Figure> FiguresOf(const ReleaseFacts& facts);

}  // namespace parley
