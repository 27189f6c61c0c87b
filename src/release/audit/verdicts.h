// Verdicts of readers, as files and put together.

#pragma once

#include <map>
#include <string>
#include <string_view>

#include "parley/audit_sample.h"
#include "parley/status.h"
#include "release/audit/estimate.h"
#include "release/audit/sample.h"

namespace parley {

/// By the text's id.
using Verdicts = std::map<std::string, AuditVerdict, std::less<>>;

/// Reads what the page exports and `ToJson` gives, in `name` for errors. Invalid if it is something
/// else, is about another sample, names a text or tag that the sample does not have, or marks what
/// is no stretch of the text.
Result<Verdicts> ReadVerdicts(std::string_view json, const AuditSample& sample,
                              const std::string& name);

std::string ToJson(const Verdicts& verdicts, const std::string& sample_name);

/// The estimate from those texts of the sample that have a verdict. What was missed counts once,
/// even where two marks of one text overlap.
AuditEstimate EstimateFrom(const AuditSample& sample, const Verdicts& verdicts);

}  // namespace parley
