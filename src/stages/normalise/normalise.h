// One spelling for what looks the same, so that fingerprints and patterns meet one form only.

#pragma once

#include <string>

#include "stages/annotations.h"

namespace parley {

/// Normalises `text`, which is valid UTF-8, in place; what it does is added to `counts`.
///
/// - Line ends: CR LF, CR, VT, FF and NEL (U+0085) become LF; they all end a line (Unicode 15,
///   section 5.8). LS and PS (U+2028, U+2029) stay: they are no controls, and PS may show a gap.
/// - Controls: the other C0 but tab, DEL, and the other C1 go. None has a picture.
/// - NFC, which shows the same.
///
/// Everything else stays, seen or unseen, because it may change what is seen: white space at the
/// ends and in runs, joiners (ZWJ and ZWNJ shape Persian, Hindi and emoji), variation selectors,
/// bidirectional marks, soft hyphens, tags (flags), U+FEFF within a text, and noncharacters, which
/// fonts may show as boxes.
///
/// Idempotent. A text that is normal already is only read.
void Normalise(std::string& text, EditCounts& counts);

}  // namespace parley
