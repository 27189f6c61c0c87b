// Which mentions are of one person.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "stages/redact/name_grammar.h"
#include "stages/redact/name_words.h"
#include "text/edit_map.h"

namespace parley {

struct NamePart {
  NameWord word = {};
  std::vector<std::string> stems = {};
};

/// A name taken apart.
struct PersonName {
  std::vector<NamePart> parts = {};  ///< Given names and surnames, in the order of "John Smith".
  std::vector<std::string> initials = {};  ///< Single letters, folded.
  std::vector<std::string> small = {};     ///< Particles, folded.
  Gender gender = Gender::kNotSaid;        ///< By a title.

  bool empty() const { return parts.empty() && initials.empty(); }
};

/// The name at `span` of `text`; a title before it or at its front tells the gender. Empty if there
/// is no letter in it.
PersonName ReadName(std::string_view text, Span span, std::string_view language);

/// Whether a title stands before `begin` on the same line, a blank or a full stop and a blank away.
Title TitleBefore(std::string_view text, int64_t begin);

struct Person {
  PersonName fullest = {};              ///< The name with the most parts so far.
  std::vector<NamePart> forms = {};     ///< Every word that he was called by; 32 at most.
  std::vector<std::string> small = {};  ///< Initials and particles that may stand between them.
  Gender gender = Gender::kNotSaid;
  int64_t last_seen = -1;  ///< When he was last mentioned: a running number.
};

/// Persons in the order in which they appear.
class PersonLinker {
 public:
  /// The person of a mention: one that fits, or a new one.
  int64_t Link(const PersonName& name);

  /// The same without making a new one.
  std::optional<int64_t> Fitting(const PersonName& name) const;

  /// A mention that is known to be of `person` was passed.
  void See(int64_t person, const PersonName& name);

  const std::vector<Person>& persons() const { return persons_; }

 private:
  struct KeyHash {
    using is_transparent = void;
    size_t operator()(std::string_view key) const { return HashOf(key); }
  };
  /// The persons of a key as they were mentioned, the last at the end.
  using Recent = std::unordered_map<std::string, std::vector<int64_t>, KeyHash, std::equal_to<>>;

  void Index(int64_t person, const PersonName& name);
  void Push(std::string_view key, int64_t person);

  std::vector<Person> persons_;
  Recent recent_;
  int64_t mentions_ = 0;
};

}  // namespace parley
