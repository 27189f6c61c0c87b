// The two tokenizers against the libraries they are exact to, on texts of our own; the whole real
// input is compared by tests/tokens/compare.py.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/random.h"
#include "inference/cl100k_tokenizer.h"
#include "inference/llama_tokenizer.h"
#include "io/data_files.h"
#include "text/utf8.h"

namespace parley {
namespace {

struct ReferenceRow {
  std::string_view text;
  std::vector<int32_t> cl100k;
  std::vector<int32_t> llama2;
};

const std::vector<ReferenceRow>& Reference() {
  static const std::vector<ReferenceRow> rows = {
#include "inference/token_reference.inc"
  };
  return rows;
}

const TokenCounter& Cl100k() {
  static const auto counter =
      Cl100kTokenizer::Load(FindDataFile("tokens/cl100k_base.tiktoken").value()).value();
  return *counter;
}

const TokenCounter& Llama2() {
  static const auto counter =
      LlamaTokenizer::Load(FindDataFile("tokens/llama2.model").value()).value();
  return *counter;
}

TEST(Cl100kTokenizer, AgreesWithTiktoken) {
  for (const ReferenceRow& row : Reference()) {
    SCOPED_TRACE(row.text);
    EXPECT_EQ(Cl100k().Encode(row.text), row.cl100k);
    EXPECT_EQ(Cl100k().Count(row.text), static_cast<int64_t>(row.cl100k.size()));
  }
}

TEST(LlamaTokenizer, AgreesWithSentencePiece) {
  for (const ReferenceRow& row : Reference()) {
    SCOPED_TRACE(row.text);
    EXPECT_EQ(Llama2().Encode(row.text), row.llama2);
    EXPECT_EQ(Llama2().Count(row.text), static_cast<int64_t>(row.llama2.size()));
  }
}

// Words, spaces and odd code points in a mixture that meets every branch.
std::string RandomText(Random& random) {
  static constexpr std::string_view kParts[] = {
      "the",  " ",    "  ", "\n", "\t",  "'s",  "'",   "ing", "don", "1",  "2024", ".",
      "!!",   "好",   "界", "é",  "при", "👍",  "▁",   "\r",  "A",   "ÉÇ", "\xC5", "\xE4\xBD",
      "\xFF", "한국", "ſ",  "（", " ",   "<s>", "_id", "==",  "ﬁ",   "٣",  "हि"};
  std::string text;
  for (int64_t left = random.Below(40); left > 0; --left) {
    text += kParts[random.Below(std::size(kParts))];
  }
  return text;
}

TEST(TokenCounters, CountsWhatTheyEncodeHoweverOftenTheyAreAsked) {
  Random random(1);
  for (int i = 0; i < 3000; ++i) {
    const std::string text = RandomText(random);
    SCOPED_TRACE(text);
    for (const TokenCounter* counter : {&Cl100k(), &Llama2()}) {
      const auto count = static_cast<int64_t>(counter->Encode(text).size());
      EXPECT_EQ(counter->Count(text), count);
      EXPECT_EQ(counter->Count(text), count);
    }
  }
}

TEST(TokenCounters, CountIllFormedTextAsItsRepairedForm) {
  for (const std::string_view text : {"a\xFFz", "cut \xE4\xBD", "\xC0\x80", "\xED\xA0\x80 lone"}) {
    std::string repaired;
    RepairUtf8(text, repaired);
    for (const TokenCounter* counter : {&Cl100k(), &Llama2()}) {
      EXPECT_EQ(counter->Encode(text), counter->Encode(repaired));
      EXPECT_EQ(counter->Count(text), counter->Count(repaired));
    }
  }
}

TEST(TokenCounters, GiveThreadsTheSameCounts) {
  std::vector<std::string> texts;
  Random random(2);
  for (int i = 0; i < 500; ++i) texts.push_back(RandomText(random));
  std::vector<std::vector<int64_t>> counts(4);
  std::vector<std::jthread> threads;
  for (std::vector<int64_t>& mine : counts) {
    threads.emplace_back([&] {
      for (const std::string& text : texts) {
        mine.push_back(Cl100k().Count(text));
        mine.push_back(Llama2().Count(text));
      }
    });
  }
  threads.clear();
  for (const std::vector<int64_t>& mine : counts) EXPECT_EQ(mine, counts[0]);
}

// A merge that took quadratic time would take minutes over this.
TEST(TokenCounters, CountAMegabyteWithoutACut) {
  const std::string letters(1 << 20, 'a');
  EXPECT_EQ(Cl100k().Count(letters), static_cast<int64_t>(Cl100k().Encode(letters).size()));
  EXPECT_EQ(Llama2().Count(letters), static_cast<int64_t>(Llama2().Encode(letters).size()));
}

TEST(Cl100kTokenizer, RefusesWhatIsNoVocabulary) {
  EXPECT_EQ(Cl100kTokenizer::Load("/nowhere/at/all").error().code, Code::kNotFound);
  const struct {
    std::string_view name;
    std::string_view bytes;
    int64_t line;
  } cases[] = {{"no base64", "IQ== 0\n*** 1\n", 2},
               {"no rank", "IQ==\n", 1},
               {"a rank left out", "IQ== 0\nIg== 2\n", 2},
               {"one token only", "IQ== 0\n", 0}};
  for (const auto& [name, bytes, line] : cases) {
    SCOPED_TRACE(name);
    const auto made = Cl100kTokenizer::Create(bytes, "ranks");
    ASSERT_FALSE(made.has_value());
    EXPECT_EQ(made.error().code, Code::kInvalid);
    EXPECT_EQ(made.error().place.line, line);
  }
}

}  // namespace
}  // namespace parley
