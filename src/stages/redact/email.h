// E-mail addresses in running text.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "stages/redact/pii_span.h"

namespace parley {

/// The address around an at sign that stands at `[at_begin, at_end)`: "@", "＠", "﹫" or "%40".
///
/// Takes Unicode local parts and international domains, and leaves out what only surrounds an
/// address: "mailto:", brackets, quotes, full stops, escapes of JSON, URLs and quoted-printable.
/// `text` is UTF-8. Looks at no more than a few hundred bytes on either side.
std::optional<PiiSpan> EmailAt(std::string_view text, size_t at_begin, size_t at_end);

}  // namespace parley
