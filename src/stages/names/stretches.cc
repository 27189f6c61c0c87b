#include "stages/names/stretches.h"

#include <algorithm>

#include "text/utf8.h"

namespace parley {
namespace {

constexpr int64_t kShortBytes = 60;    // A group of less takes context along,
constexpr int64_t kContextBytes = 80;  // of at most this much.
constexpr int64_t kGapBytes =
    30;  // What is left out between two sentences and is no more, is read.
constexpr int64_t kGroupBytes = 4000;  // Cut into pieces at once.

struct Group {
  int64_t begin = 0;
  std::vector<int64_t> sentence_ends;
  int64_t end() const { return sentence_ends.back(); }
};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Where the context of what begins at `begin` starts: behind a space, not before `least`.
int64_t ContextBegin(std::string_view text, int64_t begin, int64_t least) {
  int64_t at = std::max(least, begin - kContextBytes);
  if (at <= 0) return 0;
  while (at < begin && !IsSpace(text[at - 1])) ++at;
  while (at < begin && IsSpace(text[at])) ++at;
  return at;
}

std::vector<Group> GroupSentences(std::string_view text, const std::vector<Sentence>& read) {
  std::vector<Group> groups;
  int64_t sentences_end = 0;
  for (const Sentence& sentence : read) {
    const bool joins = !groups.empty() && sentence.begin - sentences_end <= kGapBytes &&
                       sentence.end - groups.back().begin <= kGroupBytes;
    if (!joins) {
      const bool is_short = sentence.end - sentence.begin < kShortBytes;
      groups.push_back(
          {.begin = is_short ? ContextBegin(text, sentence.begin, sentences_end) : sentence.begin,
           .sentence_ends = {}});
    }
    groups.back().sentence_ends.push_back(sentence.end);
    sentences_end = sentence.end;
  }
  return groups;
}

// Cuts a group's pieces at ends of sentences so that each part fits a window if its sentences do.
void CutGroup(const Group& group, std::vector<TextPiece> pieces, int64_t max_pieces,
              std::vector<Stretch>& stretches) {
  const auto count = static_cast<int64_t>(pieces.size());
  int64_t first = 0;     // Of the stretch in the making,
  int64_t possible = 0;  // and where it can end.
  int64_t at = 0;
  const auto close = [&](int64_t last) {
    while (first < last && pieces[first].id == UnigramTokenizer::kNewline) ++first;
    if (first < last) {
      stretches.push_back({.pieces = {pieces.begin() + first, pieces.begin() + last}});
    }
    first = last;
  };
  for (const int64_t end : group.sentence_ends) {
    while (at < count && pieces[at].begin < end) ++at;
    if (at - first > max_pieces && possible > first) close(possible);
    possible = at;
  }
  close(count);
}

}  // namespace

std::vector<Stretch> CutStretches(std::string_view text, const std::vector<Sentence>& read,
                                  const PieceLabeller& labeller) {
  std::vector<Stretch> stretches;
  for (const Group& group : GroupSentences(text, read)) {
    std::vector<TextPiece> pieces =
        labeller.Split(text.substr(group.begin, group.end() - group.begin));
    for (TextPiece& piece : pieces) {
      piece.begin += group.begin;
      piece.end += group.begin;
    }
    CutGroup(group, std::move(pieces), labeller.max_pieces(), stretches);
  }
  return stretches;
}

std::vector<StretchWindow> CutWindows(int64_t piece_count, int64_t max_pieces, int64_t overlap) {
  if (piece_count <= max_pieces) {
    return {{.first = 0, .last = piece_count, .keep_first = 0, .keep_last = piece_count}};
  }
  std::vector<StretchWindow> windows;
  const int64_t step = std::max<int64_t>(1, max_pieces - overlap);
  for (int64_t first = 0;; first += step) {
    const int64_t last = std::min(piece_count, first + max_pieces);
    const bool is_last = last == piece_count;
    windows.push_back({.first = first,
                       .last = last,
                       .keep_first = first == 0 ? 0 : windows.back().keep_last,
                       .keep_last = is_last ? last : last - (max_pieces - step) / 2});
    if (is_last) return windows;
  }
}

}  // namespace parley
