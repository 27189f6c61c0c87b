#include "inference/llama_tokenizer.h"

#include <utility>

#include "text/utf8.h"

namespace parley {
namespace {

constexpr std::string_view kVisibleSpace = "\xE2\x96\x81";

// `text` as the vocabulary sees it, in `out`: mended, and with spaces for U+2581, which
// SentencePiece cannot tell from one.
void Prepare(std::string_view text, std::string& out) {
  RepairUtf8(text, out);
  size_t kept = 0;
  for (size_t at = 0; at < out.size(); ++kept) {
    const bool space = out.compare(at, kVisibleSpace.size(), kVisibleSpace) == 0;
    out[kept] = space ? ' ' : out[at];
    at += space ? kVisibleSpace.size() : 1;
  }
  out.resize(kept);
}

bool IsPrepared(std::string_view text) {
  return IsValidUtf8(text) && text.find(kVisibleSpace) == std::string_view::npos;
}

}  // namespace

Result<std::unique_ptr<LlamaTokenizer>> LlamaTokenizer::Load(const std::string& path) {
  return Create(TRY(ReadLlamaVocabulary(path)), path);
}

Result<std::unique_ptr<LlamaTokenizer>> LlamaTokenizer::Create(LlamaVocabulary vocabulary,
                                                               const std::string& path) {
  std::unique_ptr<LlamaTokenizer> tokenizer(new LlamaTokenizer);
  const std::vector<std::string>& pieces = vocabulary.pieces;
  const auto piece_count = static_cast<Symbol>(pieces.size());
  tokenizer->byte_ids_ = vocabulary.byte_ids;
  tokenizer->symbols_.assign(256, MergeTable::kNone);
  for (Symbol id = 0; id < piece_count; ++id) {
    if (CountCodePoints(pieces[id]) != 1) continue;
    size_t at = 0;
    tokenizer->SetSymbol(NextCodePoint(pieces[id], at), id);
  }
  std::vector<Symbol> symbols;
  for (const MergeTable::Rule& rule : vocabulary.rules) {
    symbols.clear();
    if (!tokenizer->Spell(pieces[rule.joined], symbols)) {
      return Invalid("a piece holds a code point that is no piece by itself", {path});
    }
  }
  tokenizer->merges_ = MergeTable(std::move(vocabulary.rules), piece_count,
                                  [&](Symbol id, std::vector<Symbol>& spelt) {
                                    if (!tokenizer->Spell(pieces[id], spelt)) spelt.clear();
                                  });
  tokenizer->vocabulary_ = PieceMap(pieces.size());
  for (Symbol id = 0; id < piece_count; ++id) {
    if (!tokenizer->merges_.Arises(id)) continue;
    tokenizer->vocabulary_.Add(pieces[id], id);
    char32_t left = 0;
    for (size_t at = 0; at < pieces[id].size();) {
      const bool first = at == 0;
      const char32_t right = NextCodePoint(pieces[id], at);
      if (!first) tokenizer->neighbours_.Add(left, right);
      left = right;
    }
  }
  return tokenizer;
}

void LlamaTokenizer::SetSymbol(char32_t code_point, Symbol symbol) {
  uint16_t& block = symbol_block_[code_point >> 8];
  if (block == 0) {
    block = static_cast<uint16_t>(symbols_.size() / 256);
    symbols_.resize(symbols_.size() + 256, MergeTable::kNone);
  }
  symbols_[block * 256U + (code_point & 0xFF)] = symbol;
}

// Appends the symbols of the code points of `piece`. One without a symbol becomes its bytes, which
// are never joined; returns whether there was none such.
bool LlamaTokenizer::Spell(std::string_view piece, std::vector<Symbol>& symbols) const {
  bool all_known = true;
  for (size_t at = 0; at < piece.size();) {
    const size_t begin = at;
    const Symbol symbol = SymbolOf(NextCodePoint(piece, at));
    if (symbol != MergeTable::kNone) {
      symbols.push_back(symbol);
      continue;
    }
    all_known = false;
    for (const char c : piece.substr(begin, at - begin)) {
      symbols.push_back(static_cast<Symbol>(byte_ids_[static_cast<unsigned char>(c)]));
    }
  }
  return all_known;
}

int64_t LlamaTokenizer::CountSegment(std::string_view segment) const {
  if (vocabulary_.Contains(segment)) return 1;
  thread_local std::vector<Symbol> symbols;
  symbols.clear();
  Spell(segment, symbols);
  return static_cast<int64_t>(merges_.Merge(symbols));
}

int64_t LlamaTokenizer::Count(std::string_view text) const {
  if (!IsPrepared(text)) {
    std::string prepared;
    Prepare(text, prepared);
    return Count(prepared);
  }
  CountCache& cache = CacheOfThisThread(owner_);
  const auto count_segment = [this](std::string_view segment) { return CountSegment(segment); };
  if (text.empty()) return 0;
  size_t at = neighbours_.NextCut(text, 0, ' ');
  int64_t count = CountSegment(std::string(1, ' ').append(text, 0, at));
  PieceMarks marks;
  while (at < text.size()) {
    const size_t sure = neighbours_.Mark(text, at, marks);
    if (sure == 0) {
      const size_t begin = at;
      const char32_t first = NextCodePoint(text, at);
      at = neighbours_.NextCut(text, at, first);
      count += CountSegment(text.substr(begin, at - begin));
    } else {
      count += cache.CountPieces(text, at, at + sure, marks, count_segment);
      at += sure;
    }
  }
  return count;
}

void LlamaTokenizer::EncodeSegment(std::string_view segment, std::vector<int32_t>& ids) const {
  std::vector<Symbol> symbols;
  Spell(segment, symbols);
  symbols.resize(merges_.Merge(symbols));
  ids.insert(ids.end(), symbols.begin(), symbols.end());
}

std::vector<int32_t> LlamaTokenizer::Encode(std::string_view text) const {
  if (!IsPrepared(text)) {
    std::string prepared;
    Prepare(text, prepared);
    return Encode(prepared);
  }
  std::vector<int32_t> ids;
  if (text.empty()) return ids;
  size_t at = neighbours_.NextCut(text, 0, ' ');
  EncodeSegment(std::string(1, ' ').append(text, 0, at), ids);
  while (at < text.size()) {
    const size_t begin = at;
    const char32_t first = NextCodePoint(text, at);
    at = neighbours_.NextCut(text, at, first);
    EncodeSegment(text.substr(begin, at - begin), ids);
  }
  return ids;
}

}  // namespace parley
