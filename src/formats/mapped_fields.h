// Where the fields of an unknown log stand, as a recipe says it.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/dialect.h"
#include "parley/conversation.h"
#include "parley/status.h"
#include "text/json.h"

namespace parley {

/// JSON pointers (RFC 6901) and role names, checked once.
///
/// Within the record: id, model, messages, time, user, language, consent, event; or, for a row that
/// is one turn, prompt, response and system in place of messages. Within a message: role, content,
/// message_time. Without a role the messages take turns, the user first.
class MappedFields {
 public:
  /// Invalid, naming the field or the role, if a name is unknown, a pointer does not begin with
  /// `/`, there are neither messages nor a prompt, or a role is none of ours.
  static Result<MappedFields> Create(const DialectOptions& options);

  /// The pointer of a field; empty if the recipe sets none.
  std::string_view PointerOf(std::string_view field) const;

  /// The value a field points at in `root`; none if there is none or it is null.
  std::optional<JsonElement> Find(JsonElement root, std::string_view field) const;

  /// A role by the recipe's table, else by the names that sources are known to use.
  std::optional<Role> RoleOf(std::string_view name) const;

  /// Pointers of the record's fields, or of a message's.
  std::vector<std::string_view> Pointers(bool of_message) const;

 private:
  std::vector<std::pair<std::string, std::string>> pointers_;
  std::vector<std::pair<std::string, Role>> roles_;
};

}  // namespace parley
