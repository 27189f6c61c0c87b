#include "inference/cl100k_tokenizer.h"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "io/file.h"
#include "text/utf8.h"

namespace parley {
namespace {

using Symbol = MergeTable::Symbol;

int SextetOf(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

std::optional<std::string> FromBase64(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string bytes;
  uint32_t bits = 0;
  int bit_count = 0;
  for (const char c : text) {
    const int sextet = SextetOf(c);
    if (sextet < 0) return std::nullopt;
    bits = bits << 6 | static_cast<uint32_t>(sextet);
    bit_count += 6;
    if (bit_count < 8) continue;
    bit_count -= 8;
    bytes += static_cast<char>(bits >> bit_count & 0xFF);
  }
  return bytes;
}

// The tokens by rank.
Result<std::vector<std::string>> ReadRanks(std::string_view ranks, const std::string& path) {
  std::vector<std::string> tokens;
  for (int64_t line = 1; !ranks.empty(); ++line) {
    const std::string_view row = ranks.substr(0, ranks.find('\n'));
    ranks.remove_prefix(std::min(ranks.size(), row.size() + 1));
    const size_t space = row.find(' ');
    std::optional<std::string> token = FromBase64(row.substr(0, space));
    size_t rank = 0;
    if (space != std::string_view::npos) {
      std::from_chars(row.data() + space + 1, row.data() + row.size(), rank);
    }
    if (space == std::string_view::npos || !token || token->empty() || rank != tokens.size()) {
      return Invalid("expected a token in base64, a space and the next rank", {path, line});
    }
    tokens.push_back(std::move(*token));
  }
  return tokens;
}

// Every way of making a token out of two others; a token's rank is its priority.
std::vector<MergeTable::Rule> RulesOf(const std::vector<std::string>& tokens,
                                      const PieceMap& vocabulary) {
  std::vector<MergeTable::Rule> rules;
  for (Symbol rank = 0; rank < tokens.size(); ++rank) {
    const std::string_view token = tokens[rank];
    for (size_t cut = 1; cut < token.size(); ++cut) {
      const auto left = vocabulary.Find(token.substr(0, cut));
      if (!left) continue;
      const auto right = vocabulary.Find(token.substr(cut));
      if (right) rules.push_back({*left, *right, rank, rank});
    }
  }
  return rules;
}

}  // namespace

Result<std::unique_ptr<Cl100kTokenizer>> Cl100kTokenizer::Load(const std::string& path) {
  return Create(TRY(ReadWholeFile(path)), path);
}

Result<std::unique_ptr<Cl100kTokenizer>> Cl100kTokenizer::Create(std::string_view ranks,
                                                                 const std::string& path) {
  const std::vector<std::string> tokens = TRY(ReadRanks(ranks, path));
  std::unique_ptr<Cl100kTokenizer> tokenizer(new Cl100kTokenizer);
  tokenizer->vocabulary_ = PieceMap(tokens.size());
  for (Symbol rank = 0; rank < tokens.size(); ++rank) {
    tokenizer->vocabulary_.Add(tokens[rank], rank);
  }
  for (size_t byte = 0; byte < 256; ++byte) {
    const auto symbol = tokenizer->vocabulary_.Find(std::string(1, static_cast<char>(byte)));
    if (!symbol) return Invalid("a vocabulary needs a token for each byte", {path});
    tokenizer->byte_symbols_[byte] = *symbol;
  }
  tokenizer->merges_ =
      MergeTable(RulesOf(tokens, tokenizer->vocabulary_), static_cast<Symbol>(tokens.size()),
                 [&](Symbol rank, std::vector<Symbol>& symbols) {
                   for (const char c : tokens[rank]) {
                     symbols.push_back(tokenizer->byte_symbols_[static_cast<unsigned char>(c)]);
                   }
                 });
  return tokenizer;
}

size_t Cl100kTokenizer::MergePiece(std::string_view piece, std::vector<Symbol>& symbols) const {
  symbols.clear();
  for (const char c : piece) symbols.push_back(byte_symbols_[static_cast<unsigned char>(c)]);
  return merges_.Merge(symbols);
}

int64_t Cl100kTokenizer::CountPiece(std::string_view piece) const {
  if (vocabulary_.Contains(piece)) return 1;
  thread_local std::vector<Symbol> symbols;
  return static_cast<int64_t>(MergePiece(piece, symbols));
}

int64_t Cl100kTokenizer::Count(std::string_view text) const {
  if (!IsValidUtf8(text)) {
    std::string repaired;
    RepairUtf8(text, repaired);
    return Count(repaired);
  }
  CountCache& cache = CacheOfThisThread(owner_);
  const auto count_piece = [this](std::string_view piece) { return CountPiece(piece); };
  int64_t count = 0;
  PieceMarks marks;
  for (size_t at = 0; at < text.size();) {
    const size_t sure = pieces_.Mark(text, at, marks);
    if (sure == 0) {
      const size_t end = pieces_.EndOf(text, at);
      count += CountPiece(text.substr(at, end - at));
      at = end;
    } else {
      count += cache.CountPieces(text, at, at + sure, marks, count_piece);
      at += sure;
    }
  }
  return count;
}

std::vector<int32_t> Cl100kTokenizer::Encode(std::string_view text) const {
  if (!IsValidUtf8(text)) {
    std::string repaired;
    RepairUtf8(text, repaired);
    return Encode(repaired);
  }
  std::vector<int32_t> ids;
  std::vector<Symbol> symbols;
  for (size_t at = 0; at < text.size();) {
    const size_t end = pieces_.EndOf(text, at);
    const std::string_view piece = text.substr(at, end - at);
    at = end;
    if (const auto rank = vocabulary_.Find(piece)) {
      ids.push_back(static_cast<int32_t>(*rank));
      continue;
    }
    symbols.resize(MergePiece(piece, symbols));
    ids.insert(ids.end(), symbols.begin(), symbols.end());
  }
  return ids;
}

}  // namespace parley
