#include "inference/llama_vocabulary.h"

#include <gtest/gtest.h>

#include <string>

#include "inference/llama_tokenizer.h"

namespace parley {
namespace {

// The 256 bytes, then "\u2581", "a", "b" and "\u2581a", of which the last two letters can be
// joined.
std::string TokenizerJson(const std::string& merges, bool byte_fallback = true) {
  std::string json = R"({"model": {"type": "BPE", "byte_fallback": )";
  json += byte_fallback ? "true" : "false";
  json += R"(, "vocab": {)";
  static constexpr char kDigits[] = "0123456789ABCDEF";
  for (int byte = 0; byte < 256; ++byte) {
    json += std::string("\"<0x") + kDigits[byte / 16] + kDigits[byte % 16] +
            ">\": " + std::to_string(byte) + ", ";
  }
  json += "\"\u2581\": 256, \"a\": 257, \"b\": 258, \"\u2581a\": 259}, \"merges\": ";
  return json + merges + "}}";
}

std::vector<int32_t> EncodeWith(const std::string& json, std::string_view text) {
  return LlamaTokenizer::Create(ParseLlamaVocabulary(json, "it").value(), "it")
      .value()
      ->Encode(text);
}

// "a" becomes "\u2581a"; "z" is no piece and becomes its byte, 0x7A.
TEST(LlamaVocabulary, ReadsBothFormsOfATokenizerJson) {
  for (const char* merges : {"[\"\u2581 a\"]", "[[\"\u2581\", \"a\"]]"}) {
    const std::string json = TokenizerJson(merges);
    EXPECT_EQ(EncodeWith(json, "a ab"), (std::vector<int32_t>{259, 259, 258}));
    EXPECT_EQ(EncodeWith(json, "za"), (std::vector<int32_t>{256, 0x7A, 257}));
  }
}

TEST(LlamaVocabulary, RefusesWhatWouldBeCountedWrongly) {
  const std::string cases[] = {"",
                               "no model",
                               "{}",
                               TokenizerJson("[]", false),
                               TokenizerJson("[\"a c\"]"),
                               TokenizerJson("[\"ab\"]"),
                               std::string("\x0A\x03\x0A\x01x", 5)};
  for (const std::string& bytes : cases) {
    SCOPED_TRACE(bytes.substr(0, 20));
    const auto read = ParseLlamaVocabulary(bytes, "it");
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().code, Code::kInvalid);
  }
}

}  // namespace
}  // namespace parley
