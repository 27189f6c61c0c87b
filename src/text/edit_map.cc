// Both directions are one search: the spans of either text are sorted, and between two of them
// offsets differ by a constant.

#include "text/edit_map.h"

#include <algorithm>

#include "parley/status.h"

namespace parley {
namespace {

// The counterpart of an offset that touches the span `from`, replaced by `to`.
int64_t Within(const Span& from, const Span& to, int64_t offset, EditMap::Side side) {
  if (from.begin == from.end) return side == EditMap::Side::kBegin ? to.begin : to.end;
  if (offset == from.begin) return to.begin;
  if (offset == from.end) return to.end;
  return side == EditMap::Side::kBegin ? to.begin : to.end;
}

int64_t Map(const std::vector<Span>& from, const std::vector<Span>& to, int64_t offset,
            EditMap::Side side) {
  // The first span that ends at `offset` or behind it, or the last that begins there or before.
  // Of several that touch there the outermost gives the least or the greatest counterpart.
  int64_t at = 0;
  if (side == EditMap::Side::kBegin) {
    at = std::ranges::lower_bound(from, offset, {}, &Span::end) - from.begin();
  } else {
    at = std::ranges::upper_bound(from, offset, {}, &Span::begin) - from.begin() - 1;
  }
  const auto count = static_cast<int64_t>(from.size());
  if (at >= 0 && at < count && from[at].begin <= offset && offset <= from[at].end)
    return Within(from[at], to[at], offset, side);
  const int64_t before = side == EditMap::Side::kBegin ? at - 1 : at;
  if (before < 0) return offset;
  return offset + to[before].end - from[before].end;
}

}  // namespace

EditMap::EditMap(std::vector<Edit> edits) : edits_(std::move(edits)) {
  int64_t last = 0;
  int64_t grown = 0;
  for (const Edit& edit : edits_) {
    Check(last <= edit.begin && edit.begin <= edit.end, "edits overlap or are out of order");
    last = edit.end;
    originals_.push_back({edit.begin, edit.end});
    const int64_t begin = edit.begin + grown;
    const auto size = static_cast<int64_t>(edit.replacement.size());
    edited_.push_back({begin, begin + size});
    grown += size - (edit.end - edit.begin);
  }
}

std::string EditMap::Apply(std::string_view original) const {
  if (edits_.empty()) return std::string(original);
  Check(edits_.back().end <= static_cast<int64_t>(original.size()), "an edit beyond the text");
  std::string edited;
  edited.reserve(original.size());
  int64_t copied = 0;
  for (const Edit& edit : edits_) {
    edited.append(original, copied, edit.begin - copied);
    edited += edit.replacement;
    copied = edit.end;
  }
  edited.append(original, copied);
  return edited;
}

int64_t EditMap::ToEdited(int64_t offset, Side side) const {
  return Map(originals_, edited_, offset, side);
}
int64_t EditMap::ToOriginal(int64_t offset, Side side) const {
  return Map(edited_, originals_, offset, side);
}
Span EditMap::ToEdited(Span span) const {
  return {ToEdited(span.begin, Side::kBegin), ToEdited(span.end, Side::kEnd)};
}
Span EditMap::ToOriginal(Span span) const {
  return {ToOriginal(span.begin, Side::kBegin), ToOriginal(span.end, Side::kEnd)};
}

}  // namespace parley
