// What of a conversation must be replaced, and by which tag.

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stages/names/name_mention.h"
#include "stages/redact/name_source.h"
#include "stages/redact/pii_detector.h"
#include "text/edit_map.h"

namespace parley {

/// A message to look through.
struct SearchText {
  std::string_view text = {};
  std::string_view language = "und";
  bool by_person = true;
};

/// A span and what it becomes. Bytes of the original text.
struct TaggedSpan {
  int64_t begin = 0;
  int64_t end = 0;
  std::string type = {};  ///< "NAME", "EMAIL", …
  std::string tag = {};   ///< "NAME_1"
  double score = 0;
  NameKind kind = NameKind::kPrivate;  ///< Of a name.
};

struct FoundSpans {
  std::vector<std::vector<TaggedSpan>> messages = {};  ///< Ascending, without overlaps.
  std::vector<std::vector<Span>> kept = {};  ///< [messages] Names that a rule leaves: `Persons`.
  bool unsure = false;                       ///< A likely name stays: `Persons::unsure`.
};

/// Finds personal data and names together, over whole conversations and many of them at once.
///
/// What was replaced can bring two pieces of text together so that they read like something
/// personal, and a model reads each text as a whole. So a text that reads otherwise with its tags
/// in place is looked at again, until none does: redacting twice changes nothing.
///
/// What is found in one place is that in every place: its very words are replaced wherever else
/// they stand in the conversation (value_echo.h).
///
/// Where spans overlap, that with a form goes before a name: a name in an e-mail address stays with
/// the address. Of two with a form one holds the other or the detector has chosen.
class SpanFinder {
 public:
  /// `names` may be null: none are looked for. Both outlive the finder.
  SpanFinder(const PiiDetector& detector, const NameStep* names)
      : detector_(detector), names_(names) {}

  /// [conversations] What is found in each depends on that conversation alone. Thread-safe.
  std::vector<FoundSpans> Find(std::span<const std::vector<SearchText>> conversations) const;

 private:
  const PiiDetector& detector_;
  const NameStep* names_;
};

}  // namespace parley
