// The tags that stand where personal data stood, such as "EMAIL_1".

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "text/edit_map.h"

namespace parley {

/// A tag that a text holds already.
struct StandingTag {
  std::string type;    ///< "NAME", "EMAIL", …
  int64_t number = 0;  ///< 0 where the tag has none ("<PRESIDIO_ANONYMIZED_PERSON>").
  int64_t begin = 0;
  int64_t end = 0;
};

/// The tags in `text`, in order: LMSYS's and ours (NAME_1), and WildChat's
/// (<PRESIDIO_ANONYMIZED_EMAIL_ADDRESS>, whose type reads EMAIL).
///
/// No tag begins behind a letter, digit or underscore in upper case ("MY_EMAIL_1") or ends before a
/// digit; "telPHONE_1" holds one.
std::vector<StandingTag> FindTags(std::string_view text);

/// Where `text` has what reads like a tag, whatever stands before it: "user_NAME_1" and
/// "MY_EMAIL_1" hold one each. No name is looked for there.
std::vector<Span> FindTagLike(std::string_view text);

/// One conversation's values and their tags.
class TagTable {
 public:
  /// Numbers of `tag.type` will start behind `tag.number`.
  void StepPast(const StandingTag& tag);

  /// The tag of `value`, a canonical form: a new number at its first appearance.
  const std::string& TagOf(const std::string& type, const std::string& value);

 private:
  std::map<std::string, int64_t, std::less<>> highest_;  // By type.
  std::map<std::pair<std::string, std::string>, std::string> tags_;
};

}  // namespace parley
