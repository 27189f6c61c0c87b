#include "inference/unigram_tokenizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "io/file.h"
#include "text/char_class.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr std::array<std::string_view, 4> kMarks = {"<s>", "</s>", "<unk>", "<n>"};
constexpr std::string_view kWordBegin = "\u2581";
constexpr double kUnknownPenalty = 10.0;

struct Line {
  std::string_view piece;
  double score = 0.0;
};

std::optional<Line> ParseLine(std::string_view text) {
  const size_t tab = text.find('\t');
  if (tab == 0 || tab == std::string_view::npos) return std::nullopt;
  Line line{text.substr(0, tab)};
  const std::string_view number = text.substr(tab + 1);
  const char* const end = number.data() + number.size();
  const auto [stop, error] = std::from_chars(number.data(), end, line.score);
  if (error != std::errc{} || stop != end || !std::isfinite(line.score)) return std::nullopt;
  return line;
}

// A code point as the vocabulary writes it.
char32_t Fold(char32_t code_point) {
  return code_point >= 0xFF01 && code_point <= 0xFF5E ? code_point - 0xFF01 + '!' : code_point;
}

}  // namespace

// Lays the nodes out: breadth first, each node's children at the first places where all are free.
class PieceTrie::Builder {
 public:
  Builder(const std::vector<std::string_view>& pieces, const std::vector<int32_t>& ids)
      : pieces_(pieces), ids_(ids) {}

  std::vector<Node> Build() {
    Grow(256);
    taken_[kRoot] = true;
    todo_.push_back({kRoot, 0, pieces_.size(), 0});
    for (size_t i = 0; i < todo_.size(); ++i) Place(Branch(todo_[i]));
    // Any byte's place can be looked at, whichever the node.
    Grow(nodes_.size() + 256);
    return std::move(nodes_);
  }

 private:
  // The pieces [begin, end) share their first `depth` bytes, which lead to `node`.
  struct Branch {
    int32_t node;
    size_t begin;
    size_t end;
    size_t depth;
  };

  void Grow(size_t size) {
    if (size <= nodes_.size()) return;
    nodes_.resize(size);
    taken_.resize(size);
  }

  void Place(Branch branch) {
    if (branch.begin < branch.end && pieces_[branch.begin].size() == branch.depth) {
      nodes_[branch.node].id = ids_[branch.begin++];
    }
    if (branch.begin == branch.end) return;
    std::vector<Branch> children;
    std::vector<unsigned char> bytes;
    for (size_t i = branch.begin; i < branch.end; ++i) {
      const auto byte = static_cast<unsigned char>(pieces_[i][branch.depth]);
      if (bytes.empty() || bytes.back() != byte) {
        bytes.push_back(byte);
        children.push_back({0, i, i, branch.depth + 1});
      }
      children.back().end = i + 1;
    }
    const int32_t base = FreeBase(bytes);
    nodes_[branch.node].base = base;
    for (size_t i = 0; i < children.size(); ++i) {
      children[i].node = base + bytes[i];
      nodes_[children[i].node].parent = branch.node;
      taken_[children[i].node] = true;
      todo_.push_back(children[i]);
    }
  }

  int32_t FreeBase(const std::vector<unsigned char>& bytes) {
    while (first_free_ < taken_.size() && taken_[first_free_]) ++first_free_;
    // Near the front nearly all is taken: begin the search nearer to the end than it is long.
    size_t base = first_free_ > bytes[0] ? first_free_ - bytes[0] : 0;
    if (nodes_.size() > kSearchPlaces) base = std::max(base, nodes_.size() - kSearchPlaces);
    for (;; ++base) {
      Grow(base + 256);
      const auto is_free = [&](unsigned char byte) { return !taken_[base + byte]; };
      if (std::ranges::all_of(bytes, is_free)) return static_cast<int32_t>(base);
    }
  }

  static constexpr size_t kSearchPlaces = 2048;

  const std::vector<std::string_view>& pieces_;
  const std::vector<int32_t>& ids_;
  std::vector<Node> nodes_;
  std::vector<bool> taken_;
  std::vector<Branch> todo_;
  size_t first_free_ = 0;
};

PieceTrie::PieceTrie(const std::vector<std::string_view>& pieces, const std::vector<int32_t>& ids)
    : nodes_(Builder(pieces, ids).Build()) {}

Result<UnigramTokenizer> UnigramTokenizer::Read(const std::string& path) {
  return Parse(TRY(ReadWholeFile(path)), path);
}

Result<UnigramTokenizer> UnigramTokenizer::Parse(std::string_view lines, const std::string& path) {
  UnigramTokenizer tokenizer;
  std::vector<std::pair<std::string_view, int32_t>> sorted;
  double worst = 0.0;
  int32_t id = 0;
  for (; !lines.empty(); ++id) {
    const auto refuse = [&](std::string message) {
      return Invalid(std::move(message), {.file = path, .line = id + 1});
    };
    const size_t end = lines.find('\n');
    if (end == std::string_view::npos) return refuse("is cut inside a line");
    const auto line = ParseLine(lines.substr(0, end));
    lines.remove_prefix(end + 1);
    if (!line) return refuse("is no piece, tab and score");
    const auto index = static_cast<size_t>(id);
    if (index < kMarks.size()) {
      if (line->piece != kMarks[index]) {
        return refuse(fmt::format("is not {}: this is no vocabulary of ours", kMarks[index]));
      }
    } else {
      if (line->piece.size() > kMaxPieceBytes) return refuse("has a piece that is too long");
      if (!IsValidUtf8(line->piece)) return refuse("has a piece that is no UTF-8");
      worst = std::min(worst, line->score);
      sorted.emplace_back(line->piece, id);
    }
    tokenizer.scores_.push_back(line->score);
  }
  if (id <= std::ssize(kMarks)) return Invalid("has no pieces", {.file = path});
  std::ranges::sort(sorted);
  std::vector<std::string_view> pieces;
  std::vector<int32_t> ids;
  for (const auto& [piece, number] : sorted) {
    if (!pieces.empty() && pieces.back() == piece) {
      return Invalid("is a piece that is there before", {.file = path, .line = number + 1});
    }
    pieces.push_back(piece);
    ids.push_back(number);
  }
  tokenizer.trie_ = PieceTrie(pieces, ids);
  tokenizer.unknown_score_ = worst - kUnknownPenalty;
  tokenizer.piece_count_ = id;
  return tokenizer;
}

// One word's memory, used again for the next.
struct UnigramTokenizer::Word {
  std::string bytes;             // U+2581 and the word, folded.
  std::vector<int64_t> offsets;  // Where each of `bytes` lies in the text; and their end.
  // The best way from each of `bytes` to the end: its sum, its first piece and where that ends.
  struct Way {
    double sum = 0.0;
    int32_t id = kUnknown;
    int32_t end = 0;
  };
  std::vector<Way> ways;

  void Fill(std::string_view text, size_t begin, size_t end) {
    bytes = kWordBegin;
    offsets.assign(kWordBegin.size(), static_cast<int64_t>(begin));
    for (size_t at = begin; at < end;) {
      const auto from = static_cast<int64_t>(at);
      const char32_t code_point = NextCodePoint(text, at);
      AppendCodePoint(bytes, Fold(code_point));
      offsets.resize(bytes.size(), from);
    }
    offsets.push_back(static_cast<int64_t>(end));
  }
};

void UnigramTokenizer::SplitWord(std::string_view text, size_t begin, size_t end, Word& word,
                                 std::vector<TextPiece>& pieces) const {
  word.Fill(text, begin, end);
  const std::string& bytes = word.bytes;
  word.ways.assign(bytes.size() + 1, {});
  size_t next = bytes.size();  // The code point behind the one at `from`.
  for (size_t from = bytes.size(); from-- > 0;) {
    if (IsContinuationByte(bytes[from])) continue;
    Word::Way best;
    bool alone = false;
    int32_t node = PieceTrie::kRoot;
    for (size_t to = from; to < bytes.size();) {
      node = trie_.Step(node, bytes[to++]);
      if (node == PieceTrie::kNone) break;
      const int32_t id = trie_.IdAt(node);
      if (id == PieceTrie::kNone) continue;
      alone |= to == next;
      const double sum = scores_[id] + word.ways[to].sum;
      if (best.end == 0 || sum >= best.sum) best = {sum, id, static_cast<int32_t>(to)};
    }
    if (!alone) {
      const double sum = unknown_score_ + word.ways[next].sum;
      if (best.end == 0 || sum > best.sum) best = {sum, kUnknown, static_cast<int32_t>(next)};
    }
    word.ways[from] = best;
    next = from;
  }
  const size_t first = pieces.size();
  for (size_t at = 0; at < bytes.size();) {
    const Word::Way& way = word.ways[at];
    const auto to = static_cast<size_t>(way.end);
    if (way.id == kUnknown && pieces.size() > first && pieces.back().id == kUnknown) {
      pieces.back().end = word.offsets[to];
    } else {
      pieces.push_back({way.id, word.offsets[at], word.offsets[to]});
    }
    at = to;
  }
}

std::vector<TextPiece> UnigramTokenizer::Split(std::string_view text) const {
  const CharClassTable& classes = CharClasses();
  std::vector<TextPiece> pieces;
  Word word;
  size_t word_begin = 0;
  size_t space_begin = 0;
  bool line_break = false;
  // Each step takes one code point; a word ends where a space or the text's end is met.
  for (size_t at = 0; at < text.size();) {
    const size_t here = at;
    char32_t code_point = static_cast<unsigned char>(text[at]);
    if (code_point < 0x80) {
      ++at;
    } else {
      code_point = NextCodePoint(text, at);
    }
    if (classes[code_point] == CharClass::kSpace) {
      if (word_begin < here) SplitWord(text, word_begin, here, word, pieces);
      if (word_begin < here) space_begin = here, line_break = false;
      line_break |= IsLineBreak(code_point);
      word_begin = at;
    } else if (word_begin == here && line_break && !pieces.empty()) {
      pieces.push_back({kNewline, static_cast<int64_t>(space_begin), static_cast<int64_t>(here)});
    }
  }
  if (word_begin < text.size()) SplitWord(text, word_begin, text.size(), word, pieces);
  return pieces;
}

}  // namespace parley
