// Who is who in a conversation: from mentions to persons, and to where else they stand.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "stages/names/name_mention.h"
#include "stages/redact/name_exceptions.h"
#include "text/edit_map.h"

namespace parley {

/// What a recipe says of names.
struct NameRules {
  double threshold = 0.1;     ///< A mention less sure than this makes no person, 0 to 1.
  bool private_only = false;  ///< Public and fictional persons are left alone.
  NameExceptions allow = {};  ///< Left alone wherever they stand by themselves.
  NameExceptions deny = {};   ///< Replaced wherever they stand.
};

/// A text of the conversation, with what was found in it.
struct PersonText {
  std::string_view text = {};
  std::string_view language = {};  ///< "en", "und".
  std::span<const NameMention> mentions = {};
  /// Ascending. What is replaced by another rule or stands for something already: no name goes in.
  std::span<const Span> closed = {};
};

struct PersonSpan {
  int64_t begin = 0;
  int64_t end = 0;
  int64_t person = 0;  ///< Equal for the spans of one person.
  double score = 0;    ///< Of the mention; of what only linking found, the person's best.
  NameKind kind = NameKind::kPrivate;
};

struct Persons {
  std::vector<std::vector<PersonSpan>> spans = {};  ///< [texts] ascending, without overlaps.
  /// [texts] What was taken for a name and left alone by a rule: eponyms, the allow-list, and with
  /// `private_only` all others. Ascending.
  std::vector<std::vector<Span>> kept = {};
  bool unsure = false;  ///< A mention under the threshold stays, and belongs to no person.
};

/// Links the mentions of a conversation, `texts` in order, and finds its persons where the model
/// did not.
///
/// Two mentions are one person if the words of the shorter are all words of the longer, whole
/// ("Mary", "Mary Smith"), as a form with another ending ("Маша", "Маше"), as an initial
/// ("J. Smith", "J.S."), or as the front or end of a name without blanks ("小明", "王小明"), and no
/// title says otherwise ("Mr Smith", "Mrs Smith"). Of several persons that fit, one whose words are
/// the very same goes before one of another form, and then the one mentioned last before.
///
/// A person whose name is sure, or likely and seen in full or twice, is then looked for everywhere:
/// whole words in any case, within identifiers and paths too. A short or common word ("Will", "Li",
/// "王") needs the same capital, and a title, another part of the name beside it, or the fuller
/// name in the same text.
///
/// Takes time linear in the bytes and mentions: a mention is held against 32 persons at most.
Persons LinkPersons(std::span<const PersonText> texts, const NameRules& rules);

}  // namespace parley
