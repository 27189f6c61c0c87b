// Who speaks, by the many names that logs have for it.

#pragma once

#include <optional>
#include <string_view>

#include "parley/conversation.h"

namespace parley {

/// The role that a source calls `name`, in any case: "human", "prompter" and "USER" are users;
/// "gpt", "bing" and "model" assistants; "developer" a system; "observation" and "function" tools.
/// None if no source is known to use the name. `function_call` is an assistant: it is the model
/// that calls.
std::optional<Role> RoleFromName(std::string_view name);

}  // namespace parley
