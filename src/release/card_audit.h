// The card's section on what the second search and the readers of a sample found.

#pragma once

#include <string>

#include "release/facts.h"

namespace parley {

/// Empty if nothing was searched and nobody has read.
std::string EnglishAudit(const ReleaseFacts& facts);
std::string ChineseAudit(const ReleaseFacts& facts);

/// Recall and precision of the whole in plain words, on one line.
std::string AuditSentence(const AuditEstimate& estimate);

}  // namespace parley
