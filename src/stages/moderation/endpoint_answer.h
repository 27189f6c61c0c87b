// What a moderation endpoint is asked and answers, as JSON.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"
#include "stages/moderation/moderation_source.h"

namespace parley {

/// The body of a request for `texts`; without `model` if it is empty.
std::string EndpointRequest(std::string_view model, std::span<const std::string_view> texts);

/// The answers in a response's body, in order. Invalid if it is no such response or does not hold
/// `count` results; a single result that lacks one of the eleven categories, or has a score outside
/// 0 to 1, becomes an answer without tags and a reason. Categories of others are kept in
/// `note.other`.
Result<std::vector<ModerationAnswer>> EndpointAnswers(std::string_view body, size_t count);

/// An answer as one line, for keeping; reads back equal.
std::string ToJson(const ModerationAnswer& answer);
Result<ModerationAnswer> ModerationAnswerFromJson(std::string_view json);

}  // namespace parley
