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

/// An address spelled out, "mary [at] web (dot) de" or "mary at web dot de".
///
/// `end` is behind the closing bracket of the "at" or, without brackets, behind the first letter
/// after the "dot". The form without brackets needs the word "dot", an ending such as "com" or
/// "de", and something before it that is no English word for a place to look ("look at …").
std::optional<PiiSpan> SpelledEmailBefore(std::string_view text, size_t end);

}  // namespace parley
