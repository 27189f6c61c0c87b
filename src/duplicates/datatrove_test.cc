// Against what datatrove itself made of tests/datatrove/reference.jsonl (make_reference.py beside
// it).

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "base/hash.h"
#include "duplicates/datatrove_clusters.h"
#include "duplicates/datatrove_signature.h"
#include "duplicates/datatrove_text.h"
#include "text/json.h"

namespace parley {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Reference {
  std::string text;
  std::string simplified;
  std::vector<std::string> words;
  std::vector<uint64_t> signature;  // Empty for most.
  uint64_t digest = 0;              // 0: no signature.
  int64_t group = -1;
  int64_t size = 1;
  bool kept = true;
};

uint64_t NumberOf(JsonElement element) {
  uint64_t number = 0;
  EXPECT_EQ(element.get(number), simdjson::SUCCESS);
  return number;
}

std::vector<Reference> ReadReferences() {
  std::vector<Reference> references;
  std::ifstream file(PARLEY_SOURCE_FOLDER "/tests/datatrove/reference.jsonl");
  JsonParser parser;
  for (std::string line; std::getline(file, line);) {
    const JsonElement row = parser.Parse(line).value();
    Reference& reference = references.emplace_back();
    reference.text = row["text"].get_string().value();
    reference.simplified = row["simplified"].get_string().value();
    const JsonArray words = row["words"].get_array().value();
    for (const JsonElement word : words) {
      reference.words.emplace_back(word.get_string().value());
    }
    JsonArray signature;
    if (row["signature"].get(signature) == simdjson::SUCCESS) {
      for (const JsonElement minimum : signature) reference.signature.push_back(NumberOf(minimum));
    }
    if (row["digest"].get(reference.digest) != simdjson::SUCCESS) reference.digest = 0;
    reference.group = row["group"].get_int64().value();
    reference.size = row["size"].get_int64().value();
    reference.kept = row["kept"].get_bool().value();
  }
  return references;
}

std::string DigestBytes(const DatatroveSignature& signature) {
  std::string bytes;
  for (const uint64_t minimum : signature) {
    for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(minimum >> shift);
  }
  return bytes;
}

TEST(Datatrove, SimplifiesAsDatatroveDoes) {
  const auto references = ReadReferences();
  ASSERT_GT(references.size(), 200U);
  for (const Reference& reference : references) {
    EXPECT_EQ(SimplifyLikeDatatrove(reference.text), reference.simplified) << reference.text;
  }
}

TEST(Datatrove, FindsTheWordsOfSpacy) {
  for (const Reference& reference : ReadReferences()) {
    std::vector<std::string> words;
    for (const std::string_view word : WordsLikeDatatrove(reference.simplified)) {
      words.emplace_back(word);
    }
    EXPECT_EQ(words, reference.words) << reference.text;
  }
}

TEST(Datatrove, SignsBitForBit) {
  int whole = 0;
  for (const Reference& reference : ReadReferences()) {
    SCOPED_TRACE(reference.text);
    DatatroveSignature signature;
    ASSERT_EQ(SignLikeDatatrove(reference.text, signature), reference.digest != 0);
    if (reference.digest == 0) continue;
    EXPECT_EQ(Xxh64Of(DigestBytes(signature)), reference.digest);
    if (reference.signature.empty()) continue;
    ++whole;
    EXPECT_TRUE(std::ranges::equal(signature, reference.signature));
  }
  EXPECT_GE(whole, 5);
}

TEST(Datatrove, ClustersAndKeepsTheSameWithAnyBudget) {
  const auto references = ReadReferences();
  const std::string spill = testing::TempDir() + "datatrove-" + std::to_string(getpid());
  for (const int64_t budget_bytes : {1 << 24, 4096}) {
    SCOPED_TRACE(budget_bytes);
    DatatroveClusters clusters(spill, budget_bytes);
    for (size_t i = references.size(); i-- > 0;) {  // Backwards: the order must not matter.
      DatatroveSignature signature;
      if (!SignLikeDatatrove(references[i].text, signature)) continue;
      ASSERT_TRUE(clusters.Add(static_cast<int64_t>(i), signature));
    }
    ASSERT_TRUE(clusters.Finish(std::ssize(references)));
    for (size_t i = 0; i < references.size(); ++i) {
      SCOPED_TRACE(i);
      const DatatroveClusters::Place place = clusters.PlaceOf(static_cast<int64_t>(i));
      EXPECT_EQ(place.group, references[i].group);
      EXPECT_EQ(place.size, references[i].size);
      EXPECT_EQ(place.survivor == static_cast<int64_t>(i), references[i].kept);
    }
  }
}

TEST(Datatrove, ReadsANumberAsOneNought) {
  const struct {
    std::string_view text;
    std::string_view want;
  } cases[] = {
      {"3.14", "0"},      {"1,000.50", "0 0"},  // The second separator is punctuation.
      {"12.", "0"},       {"v2", "v0"},        {"٣٫٥", "0"},
      {"1|2|3", "0 0 0"}, {".5", "0"},         {"7.x", "0 x"},
  };
  for (const auto& [text, want] : cases) EXPECT_EQ(SimplifyLikeDatatrove(text), want) << text;
}

TEST(Datatrove, TakesTheEndsOffAWordByTheRules) {
  EXPECT_THAT(WordsLikeDatatrove("dont im"), ElementsAre("do", "nt", "i", "m"));
  EXPECT_THAT(WordsLikeDatatrove("0kg 0€ €0 kg"), ElementsAre("0", "kg", "0", "€", "€", "0", "kg"));
  EXPECT_THAT(WordsLikeDatatrove("a★b ★dont★"), ElementsAre("a", "★", "b", "★", "do", "nt", "★"));
  EXPECT_THAT(WordsLikeDatatrove("‘s"), ElementsAre("‘s"));
  EXPECT_THAT(WordsLikeDatatrove(""), IsEmpty());
}

}  // namespace
}  // namespace parley
