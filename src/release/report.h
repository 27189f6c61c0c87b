// report/index.html: the release in figures, one page that needs nothing beside it.
//
// Every figure has its table in the page itself, so that it can be read without a script, by
// keyboard and by a screen reader; the drawings are made from the same numbers.

#pragma once

#include <string>
#include <string_view>

#include "release/facts.h"

namespace parley {

/// The page. `plotting_script` is ECharts' minified source, which goes into it whole.
std::string ReportPage(const ReleaseFacts& facts, std::string_view plotting_script);

/// `text` with what HTML takes for markup escaped, for element content and quoted attributes.
std::string EscapeHtml(std::string_view text);

}  // namespace parley
