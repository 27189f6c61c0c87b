// Whose name a mention is, as far as a list of well-known persons and characters can tell, and
// whether it stands for a thing that was called after somebody.

#pragma once

#include <map>
#include <string>
#include <string_view>

#include "parley/status.h"
#include "stages/names/mention_edges.h"
#include "stages/names/name_mention.h"

namespace parley {

/// Immutable once read; thread-safe.
class KnownPersons {
 public:
  /// models/names/persons.txt says how the file is written. Invalid, with the line, if it is not.
  static Result<KnownPersons> Read(const std::string& path);
  static Result<KnownPersons> Parse(std::string_view text);

  /// The kind of `name`: private unless it is on the list, in whatever case, whole or, for those
  /// whom it says it of, by the last word alone ("Einstein").
  NameKind KindOf(std::string_view name) const;

  /// Whether the mention at `span` of `text` is an eponym there: a name of the list with a thing
  /// behind or before it ("Newton's second law", "maladie de Parkinson", "a Ford").
  bool IsEponym(std::string_view text, TextSpan span) const;

 private:
  struct Entry {
    NameKind kind = NameKind::kPrivate;
    bool gave_name = false;  // To a law, a disease, a unit.
    bool is_brand = false;   // Its name is on things for sale.
  };
  Status AddLine(std::string_view line, std::string_view section);
  Status AddName(std::string_view name, std::string_view section);

  std::map<std::string, Entry, std::less<>> entries_;  // By the name in lower case.
};

}  // namespace parley
