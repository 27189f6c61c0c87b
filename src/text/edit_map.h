// Replacements in a text, and where its offsets went.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// Half-open, in bytes.
struct Span {
  int64_t begin = 0;
  int64_t end = 0;
  bool operator==(const Span&) const = default;
};

/// The bytes `[begin, end)` of the original become `replacement`.
struct Edit {
  int64_t begin = 0;
  int64_t end = 0;
  std::string replacement = {};
};

/// Carries a list of replacements out, and maps offsets between the original and the edited text.
///
/// An offset outside every replacement has one counterpart. One strictly inside a replaced span may
/// stand for any place in the replacement: `Side` says which end of them is wanted. The same holds
/// at a place where something was inserted (an empty span) or taken out (an empty replacement).
///
///     original   Write to a@b.org now        ToEdited(9) = 9     ToOriginal(9) = 9
///     edited     Write to EMAIL_1 now        ToEdited(16) = 16   ToOriginal(16) = 16
///
/// Nothing outside the spans changes by a byte. Building takes O(edits), mapping O(log edits).
class EditMap {
 public:
  enum class Side : uint8_t { kBegin, kEnd };

  EditMap() = default;

  /// `edits` lie in order and do not overlap (they may touch); anything else is a bug.
  explicit EditMap(std::vector<Edit> edits);

  /// The edited text. `original` must reach as far as the last edit.
  std::string Apply(std::string_view original) const;

  int64_t ToEdited(int64_t offset, Side side = Side::kBegin) const;
  int64_t ToOriginal(int64_t offset, Side side = Side::kBegin) const;

  /// The smallest span that covers all counterparts of `span`.
  Span ToEdited(Span span) const;
  Span ToOriginal(Span span) const;

  const std::vector<Edit>& edits() const { return edits_; }

 private:
  std::vector<Edit> edits_;
  std::vector<Span> originals_;  // [edits] the spans in the original …
  std::vector<Span> edited_;     // [edits] … and in the edited text.
};

}  // namespace parley
