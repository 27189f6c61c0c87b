// Moderation tags as released datasets carry them: {"categories": {…}, "category_scores": {…},
// "flagged"}.

#pragma once

#include <optional>
#include <vector>

#include "parley/conversation.h"
#include "text/json.h"

namespace parley {

/// The tags of one message; none if `element` is no object with `categories` or `category_scores`.
///
/// A category may stand under its own name or with `_` for both `/` and `-` (WildChat has columns
/// for the two, and nulls in one): the first that is not null counts. Missing ones are false and 0.
/// `flagged`, where missing, is whether any category is set.
std::optional<Moderation> ModerationOf(JsonElement element);

/// One entry for each element of a list, none for those that hold no tags; empty if `element` is no
/// list or holds no tags at all.
std::vector<std::optional<Moderation>> ModerationList(JsonElement element);

}  // namespace parley
