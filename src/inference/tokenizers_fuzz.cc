// Any bytes: the pieces of a text cover it, the marks are where its pieces begin, and a text has as
// many tokens as are counted.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "inference/cl100k_tokenizer.h"
#include "inference/llama_tokenizer.h"
#include "inference/llama_vocabulary.h"
#include "io/data_files.h"
#include "text/utf8.h"

namespace parley {
namespace {

void CheckPieces(std::string_view text) {
  const Cl100kPieces pieces(CharClasses());
  PieceMarks marks = {};
  size_t marked_begin = 0;
  size_t marked_end = 0;
  for (size_t at = 0; at < text.size();) {
    if (at == marked_end) {
      marked_begin = at;
      marked_end = at + pieces.Mark(text, at, marks);
    }
    const size_t end = pieces.EndOf(text, at);
    Check(end > at && end <= text.size(), "a piece without a byte, or past the end");
    if (marked_end == marked_begin) {
      marked_end = end;
    } else {
      Check(end <= marked_end, "a piece past where the marks were sure");
      for (size_t i = at + 1; i <= end && i < marked_end; ++i) {
        const size_t bit = i - marked_begin;
        Check((marks[bit / 64] >> (bit % 64) & 1) == (i == end ? 1U : 0U), "a wrong mark");
      }
    }
    at = end;
  }
}

}  // namespace
}  // namespace parley

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace parley;
  static const auto cl100k =
      Cl100kTokenizer::Load(FindDataFile("tokens/cl100k_base.tiktoken").value()).value();
  static const auto llama2 =
      LlamaTokenizer::Load(FindDataFile("tokens/llama2.model").value()).value();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string text;
  RepairUtf8(bytes, text);
  CheckPieces(text);
  for (const TokenCounter* counter : {static_cast<const TokenCounter*>(cl100k.get()),
                                      static_cast<const TokenCounter*>(llama2.get())}) {
    const auto count = static_cast<int64_t>(counter->Encode(bytes).size());
    Check(counter->Count(bytes) == count, "a count that is not that of the tokens");
    Check(counter->Count(bytes) == count, "a count that changes");
  }
  // A vocabulary read from a stranger's file is refused or works.
  if (const auto read = ParseLlamaVocabulary(bytes, "fuzz"); read) {
    const auto made = LlamaTokenizer::Create(*read, "fuzz");
    if (made) Check((*made)->Count("a b") >= 1, "a text without tokens");
  }
  return 0;
}
