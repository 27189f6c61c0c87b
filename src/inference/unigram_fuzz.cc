// Any bytes, up to the first NUL a vocabulary and behind it a text: the vocabulary is refused or
// works, and the pieces of a text hold each byte that is no white space once.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "inference/unigram_tokenizer.h"
#include "text/char_class.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr std::string_view kVocabulary =
    "<s>\t0\n</"
    "s>\t0\n<unk>\t0\n<n>\t0\n▁\t-2\n▁a\t-1\na\t-2\nb\t-2\nab\t-3\naaaa\t-4\né\t-3\n王\t-5\n!\t-"
    "1\n";

bool IsSpace(std::string_view text, size_t at) {
  return CharClasses()[NextCodePoint(text, at)] == CharClass::kSpace;
}

void CheckSpaces(std::string_view text, int64_t begin, int64_t end) {
  for (auto at = static_cast<size_t>(begin); at < static_cast<size_t>(end);) {
    Check(IsSpace(text, at), "a byte of no piece");
    NextCodePoint(text, at);
  }
}

void CheckPiece(std::string_view text, const TextPiece& piece) {
  if (piece.id == UnigramTokenizer::kNewline) {
    Check(piece.begin > 0 && piece.begin < piece.end && piece.end < std::ssize(text),
          "a line break that parts nothing");
    CheckSpaces(text, piece.begin, piece.end);
    const auto run = text.substr(piece.begin, piece.end - piece.begin);
    Check(run.find_first_of("\n\r") != run.npos || run.find("\u2028") != run.npos ||
              run.find("\u2029") != run.npos,
          "a line break without one");
    return;
  }
  for (auto at = static_cast<size_t>(piece.begin); at < static_cast<size_t>(piece.end);) {
    Check(!IsSpace(text, at), "a piece across white space");
    NextCodePoint(text, at);
  }
}

void CheckSplit(const UnigramTokenizer& tokenizer, std::string_view text) {
  int64_t end = 0;
  for (const TextPiece& piece : tokenizer.Split(text)) {
    Check(piece.id >= UnigramTokenizer::kUnknown && piece.id < tokenizer.piece_count(), "an id");
    Check(piece.begin >= end && piece.end >= piece.begin && piece.end <= std::ssize(text),
          "pieces out of order or of the text");
    CheckSpaces(text, end, piece.begin);
    CheckPiece(text, piece);
    end = piece.end;
  }
  CheckSpaces(text, end, std::ssize(text));
}

}  // namespace
}  // namespace parley

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace parley;
  static const UnigramTokenizer fixed = UnigramTokenizer::Parse(kVocabulary, "fixed").value();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string text;
  RepairUtf8(bytes.substr(std::min(bytes.find('\0'), size)), text);
  CheckSplit(fixed, text);
  const auto made = UnigramTokenizer::Parse(bytes.substr(0, bytes.find('\0')), "fuzz");
  if (made) CheckSplit(*made, text);
  return 0;
}
