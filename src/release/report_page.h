// The report's own style and script, which do not depend on the data.

#pragma once

#include <string_view>

namespace parley {

extern const std::string_view kReportMeta;    ///< Forbids the page every request.
extern const std::string_view kReportStyle;   ///< CSS, light and dark.
extern const std::string_view kReportScript;  ///< Draws the figures; draws them anew in the dark.

}  // namespace parley
