// Models for tests, which know their answers by heart.

#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "stages/names/name_finder.h"
#include "stages/names/piece_labeller.h"
#include "stages/names/word_scan.h"
#include "text/char_class.h"
#include "text/utf8.h"

namespace parley {

namespace name_testing {

// A number for a word that is the same wherever it stands; none of a vocabulary's first four.
inline int32_t IdOf(std::string_view word) {
  return static_cast<int32_t>(HashOf(word) & 0x3FFFFFFF) + 4;
}

// The end of the piece that begins at `at`: a run of letters, digits and marks, or one sign.
inline size_t PieceEnd(std::string_view text, size_t at) {
  const auto is_inner = [](char32_t c) {
    return IsWordPart(c) || CharClasses()[c] == CharClass::kNumber;
  };
  size_t end = at;
  if (!is_inner(NextCodePoint(text, end))) return end;
  while (end < text.size()) {
    size_t next = end;
    if (!is_inner(NextCodePoint(text, next))) break;
    end = next;
  }
  return end;
}

}  // namespace name_testing

/// Cuts text at spaces and before punctuation and line breaks, and finds the names it was given,
/// word by word, wherever they stand; a line break is a piece of its own. Counts what it is asked.
class LabellerThatKnows final : public PieceLabeller {
 public:
  explicit LabellerThatKnows(const std::vector<std::string>& names, int max_pieces = 126);
  ~LabellerThatKnows() override;

  std::vector<TextPiece> Split(std::string_view text) const override;
  std::vector<std::vector<float>> Score(std::span<const Window> windows) const override;
  const std::vector<std::string>& labels() const override { return labels_; }
  int max_pieces() const override { return max_pieces_; }

  int64_t windows_scored() const;
  int64_t pieces_scored() const;

 private:
  struct Memory;  // The names as pieces, and the counters.

  std::vector<std::string> labels_ = {"O", "B-PER", "I-PER", "B-OTHER", "I-OTHER"};
  int max_pieces_;
  std::unique_ptr<Memory> memory_;
};

struct LabellerThatKnows::Memory {
  std::vector<std::vector<int32_t>> names;
  std::atomic<int64_t> windows = 0;
  std::atomic<int64_t> pieces = 0;
};

inline LabellerThatKnows::LabellerThatKnows(const std::vector<std::string>& names, int max_pieces)
    : max_pieces_(max_pieces), memory_(std::make_unique<Memory>()) {
  for (const std::string& name : names) {
    std::vector<int32_t>& ids = memory_->names.emplace_back();
    for (const TextPiece& piece : Split(name)) ids.push_back(piece.id);
  }
  // The longest first, so that "Mary Smith" is one name where "Mary" is another.
  std::ranges::stable_sort(memory_->names,
                           [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

inline LabellerThatKnows::~LabellerThatKnows() = default;

inline std::vector<TextPiece> LabellerThatKnows::Split(std::string_view text) const {
  std::vector<TextPiece> pieces;
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    const char32_t first = NextCodePoint(text, end);
    if (CharClasses()[first] == CharClass::kSpace) {
      bool breaks = IsLineBreak(first);
      for (size_t next = end; next < text.size(); end = next) {
        const char32_t c = NextCodePoint(text, next);
        if (CharClasses()[c] != CharClass::kSpace) break;
        breaks = breaks || IsLineBreak(c);
      }
      if (breaks && at > 0 && end < text.size()) {
        pieces.push_back({.id = UnigramTokenizer::kNewline,
                          .begin = static_cast<int64_t>(at),
                          .end = static_cast<int64_t>(end)});
      }
    } else {
      end = name_testing::PieceEnd(text, at);
      pieces.push_back({.id = name_testing::IdOf(text.substr(at, end - at)),
                        .begin = static_cast<int64_t>(at),
                        .end = static_cast<int64_t>(end)});
    }
    at = end;
  }
  return pieces;
}

inline std::vector<std::vector<float>> LabellerThatKnows::Score(
    std::span<const Window> windows) const {
  std::vector<std::vector<float>> scores;
  for (const Window& window : windows) {
    ++memory_->windows;
    memory_->pieces += static_cast<int64_t>(window.pieces.size());
    std::vector<size_t> labels(window.pieces.size(), 0);
    for (size_t i = 0; i < labels.size();) {
      size_t size = 0;
      for (const std::vector<int32_t>& ids : memory_->names) {
        if (i + ids.size() <= labels.size() &&
            std::ranges::equal(ids, std::span(window.pieces).subspan(i, ids.size()), {}, {},
                               &TextPiece::id)) {
          size = ids.size();
          break;
        }
      }
      for (size_t k = 0; k < size; ++k) labels[i + k] = k == 0 ? 1 : 2;
      i += std::max<size_t>(size, 1);
    }
    std::vector<float>& rows = scores.emplace_back();
    for (const size_t label : labels) {
      for (size_t k = 0; k < labels_.size(); ++k) {
        rows.push_back(std::log(k == label ? 0.96F : 0.01F));
      }
    }
  }
  return scores;
}

inline int64_t LabellerThatKnows::windows_scored() const { return memory_->windows; }
inline int64_t LabellerThatKnows::pieces_scored() const { return memory_->pieces; }

/// A finder with such a model and the lists of the build. It reads every sentence.
inline NameFinder FinderThatKnows(const std::vector<std::string>& names) {
  auto finder = NameFinder::Create({.screen = false}, std::make_shared<LabellerThatKnows>(names));
  Check(finder.has_value(), "the lists of names are missing: build parley_data_files");
  return *std::move(finder);
}

}  // namespace parley
