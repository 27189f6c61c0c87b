// The page on which a sample is read: one file, nothing beside it, no network.

#pragma once

#include <string>
#include <string_view>

#include "release/audit/sample.h"
#include "release/audit/verdicts.h"

namespace parley {

/// The page, with the verdicts that are known already. Verdicts given on it stay in the browser's
/// own storage, under the sample's name and without any text, and go out as a file that
/// `ReadVerdicts` takes.
std::string AuditPage(const AuditSample& sample, const Verdicts& verdicts);

/// Its style and script (page_script.cc).
extern const std::string_view kAuditStyle;
extern const std::string_view kAuditBody;
extern const std::string_view kAuditScript;

}  // namespace parley
