#include "formats/role_names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace parley {
namespace {

constexpr auto kRoleNames = std::to_array<std::pair<std::string_view, Role>>({
    {"user", Role::kUser},           {"assistant", Role::kAssistant},
    {"human", Role::kUser},          {"gpt", Role::kAssistant},
    {"system", Role::kSystem},       {"tool", Role::kTool},
    {"developer", Role::kSystem},    {"function", Role::kTool},
    {"observation", Role::kTool},    {"function_call", Role::kAssistant},
    {"prompter", Role::kUser},       {"chatgpt", Role::kAssistant},
    {"bing", Role::kAssistant},      {"bard", Role::kAssistant},
    {"model", Role::kAssistant},     {"bot", Role::kAssistant},
    {"ai", Role::kAssistant},        {"chatbot", Role::kAssistant},
    {"tool_call", Role::kAssistant}, {"tool_result", Role::kTool},
    {"tool_response", Role::kTool},  {"function_response", Role::kTool},
    {"ipython", Role::kTool},
});

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool Same(std::string_view name, std::string_view lower) {
  return std::ranges::equal(name, lower, {}, Lower);
}

}  // namespace

std::optional<Role> RoleFromName(std::string_view name) {
  for (const auto& [known, role] : kRoleNames) {
    if (Same(name, known)) return role;
  }
  return std::nullopt;
}

}  // namespace parley
