// Which words of a sample a reader should look at.

#pragma once

#include <vector>

#include "parley/audit_sample.h"

namespace parley {

/// Fills `hints`: words with a capital in front, of two letters or more, outside the tags, that no
/// text of the sample has in small letters. Only a help for the eye: a name that is also a word,
/// one in small letters and one in a script without capitals are not among them.
void AddHints(std::vector<AuditText>& texts);

}  // namespace parley
