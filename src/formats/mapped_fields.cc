#include "formats/mapped_fields.h"

#include <fmt/format.h>

#include <algorithm>

#include "formats/json_values.h"
#include "formats/role_names.h"

namespace parley {
namespace {

constexpr std::string_view kRecordFields[] = {"id",     "model",    "messages", "time",
                                              "user",   "language", "consent",  "event",
                                              "prompt", "response", "system"};
constexpr std::string_view kMessageFields[] = {"role", "content", "message_time"};

bool IsMessageField(std::string_view name) {
  return std::ranges::find(kMessageFields, name) != std::end(kMessageFields);
}

bool IsField(std::string_view name) {
  return IsMessageField(name) || std::ranges::find(kRecordFields, name) != std::end(kRecordFields);
}

std::optional<Role> OwnRole(std::string_view name) {
  for (const Role role : {Role::kSystem, Role::kUser, Role::kAssistant, Role::kTool}) {
    if (NameOf(role) == name) return role;
  }
  return std::nullopt;
}

}  // namespace

Result<MappedFields> MappedFields::Create(const DialectOptions& options) {
  MappedFields mapped;
  for (const auto& [field, pointer] : options.mapped_fields) {
    if (!IsField(field)) {
      return Invalid(fmt::format("mapped has no field \"{}\"; it has {}, {}", field,
                                 fmt::join(kRecordFields, ", "), fmt::join(kMessageFields, ", ")));
    }
    if (!pointer.empty() && pointer.front() != '/') {
      return Invalid(fmt::format("the pointer of \"{}\" must begin with /", field));
    }
    mapped.pointers_.emplace_back(field, pointer);
  }
  if (mapped.PointerOf("messages").empty() && mapped.PointerOf("prompt").empty()) {
    return Invalid("mapped needs a pointer to the messages, or to a prompt and a response");
  }
  for (const auto& [name, ours] : options.mapped_roles) {
    const auto role = OwnRole(ours);
    if (!role) {
      return Invalid(fmt::format(
          "mapped role \"{}\" is no role; there are system, user, assistant and tool", ours));
    }
    mapped.roles_.emplace_back(name, *role);
  }
  return mapped;
}

std::string_view MappedFields::PointerOf(std::string_view field) const {
  for (const auto& [name, pointer] : pointers_) {
    if (name == field) return pointer;
  }
  return {};
}

std::optional<JsonElement> MappedFields::Find(JsonElement root, std::string_view field) const {
  const std::string_view pointer = PointerOf(field);
  if (pointer.empty()) return std::nullopt;
  JsonElement value;
  if (root.at_pointer(pointer).get(value) != simdjson::SUCCESS) return std::nullopt;
  if (value.is_null()) return std::nullopt;
  return value;
}

std::optional<Role> MappedFields::RoleOf(std::string_view name) const {
  for (const auto& [known, role] : roles_) {
    if (known == name) return role;
  }
  return RoleFromName(name);
}

std::vector<std::string_view> MappedFields::Pointers(bool of_message) const {
  std::vector<std::string_view> pointers;
  for (const auto& [field, pointer] : pointers_) {
    if (IsMessageField(field) == of_message && !pointer.empty()) pointers.push_back(pointer);
  }
  return pointers;
}

}  // namespace parley
