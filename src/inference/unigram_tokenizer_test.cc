#include "inference/unigram_tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <charconv>
#include <fstream>
#include <map>
#include <sstream>

#include "base/random.h"
#include "text/char_class.h"
#include "text/utf8.h"

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kMarks = "<s>\t0\n</s>\t0\n<unk>\t0\n<n>\t0\n";

UnigramTokenizer Make(std::string_view lines) {
  auto tokenizer = UnigramTokenizer::Parse(std::string(kMarks) + std::string(lines), "v.tsv");
  Check(tokenizer.has_value(), tokenizer ? "" : Describe(tokenizer.error()));
  return std::move(*tokenizer);
}

// 4 ▁Mary  5 ▁  6 Mar  7 y  8 ▁M  9 ary  10 s  11 王  12 !
UnigramTokenizer Small() {
  return Make("▁Mary\t-5\n▁\t-2\nMar\t-2.5\ny\t-1\n▁M\t-3\nary\t-3\ns\t-1\n王\t-4\n!\t-2\n");
}

TEST(UnigramTokenizer, TakesTheCutWithTheGreatestSum) {
  // ▁Mary -5 beats ▁ Mar y -5.5 and ▁M ary -6.
  EXPECT_THAT(Small().Split("Mary"), ElementsAre(TextPiece{4, 0, 4}));
  EXPECT_THAT(Small().Split("Marys Mary"),
              ElementsAre(TextPiece{4, 0, 4}, TextPiece{10, 4, 5}, TextPiece{4, 6, 10}));
  // Without ▁Mary, ▁ is a piece of its own and stands for no byte.
  EXPECT_THAT(Small().Split("Mars"),
              ElementsAre(TextPiece{5, 0, 0}, TextPiece{6, 0, 3}, TextPiece{10, 3, 4}));
}

TEST(UnigramTokenizer, AmongEqualSumsTakesTheLongerFirstPiece) {
  // 4 ▁a  5 b  6 ▁ab  7 c  8 bc: ▁ab c, ▁a bc and ▁a b c all have -3.
  const UnigramTokenizer tokenizer = Make("▁a\t-1\nb\t-1\n▁ab\t-2\nc\t-1\nbc\t-2\n");
  EXPECT_THAT(tokenizer.Split("abc"), ElementsAre(TextPiece{6, 0, 2}, TextPiece{7, 2, 3}));
}

TEST(UnigramTokenizer, JoinsWhatIsUnknown) {
  EXPECT_THAT(Small().Split("éß王"),
              ElementsAre(TextPiece{5, 0, 0}, TextPiece{2, 0, 4}, TextPiece{11, 4, 7}));
  // Not across white space.
  EXPECT_THAT(Small().Split("é é"), ElementsAre(TextPiece{5, 0, 0}, TextPiece{2, 0, 2},
                                                TextPiece{5, 3, 3}, TextPiece{2, 3, 5}));
  // The marks are no pieces of a text.
  EXPECT_THAT(Small().Split("<n>"), ElementsAre(TextPiece{5, 0, 0}, TextPiece{2, 0, 3}));
}

TEST(UnigramTokenizer, WhatIsNoPieceAloneMayStillBeInOne) {
  // 4 ▁  5 ab: a alone is unknown, and costs more than ab does.
  const UnigramTokenizer tokenizer = Make("▁\t-1\nab\t-11\n");
  EXPECT_THAT(tokenizer.Split("ab"), ElementsAre(TextPiece{4, 0, 0}, TextPiece{5, 0, 2}));
  EXPECT_THAT(tokenizer.Split("aab"),
              ElementsAre(TextPiece{4, 0, 0}, TextPiece{2, 0, 1}, TextPiece{5, 1, 3}));
}

TEST(UnigramTokenizer, ALineBreakBetweenWordsIsAPiece) {
  EXPECT_THAT(Small().Split("Mary \r\n\tMary"),
              ElementsAre(TextPiece{4, 0, 4}, TextPiece{3, 4, 8}, TextPiece{4, 8, 12}));
  EXPECT_THAT(Small().Split("\n Mary\nMary\n"),
              ElementsAre(TextPiece{4, 2, 6}, TextPiece{3, 6, 7}, TextPiece{4, 7, 11}));
  EXPECT_THAT(Small().Split("Mary\u2028Mary"),
              ElementsAre(TextPiece{4, 0, 4}, TextPiece{3, 4, 7}, TextPiece{4, 7, 11}));
  EXPECT_THAT(Small().Split("Mary\u3000 \tMary"),
              ElementsAre(TextPiece{4, 0, 4}, TextPiece{4, 9, 13}));
  EXPECT_THAT(Small().Split(""), IsEmpty());
  EXPECT_THAT(Small().Split(" \n "), IsEmpty());
}

TEST(UnigramTokenizer, FullWidthFormsAreReadAsAscii) {
  EXPECT_THAT(Small().Split("Ｍａｒｙ！"), ElementsAre(TextPiece{4, 0, 12}, TextPiece{12, 12, 15}));
}

TEST(UnigramTokenizer, RefusesWhatIsNoVocabulary) {
  const struct {
    const char* name;
    std::string lines;
    const char* want;
  } cases[] = {
      {"empty", "", "no pieces"},
      {"marks alone", std::string(kMarks), "no pieces"},
      {"other marks", "<pad>\t0\n", "v.tsv:1: is not <s>"},
      {"cut", std::string(kMarks) + "a\t-1\nb\t-", "v.tsv:6: is cut"},
      {"no score", std::string(kMarks) + "a\n", "v.tsv:5: is no piece"},
      {"score of letters", std::string(kMarks) + "a\t-1x\n", "v.tsv:5: is no piece"},
      {"score without end", std::string(kMarks) + "a\tinf\n", "v.tsv:5: is no piece"},
      {"no piece", std::string(kMarks) + "\t-1\n", "v.tsv:5: is no piece"},
      {"twice", std::string(kMarks) + "a\t-1\nb\t-1\na\t-1\n", "v.tsv:7: is a piece"},
      {"no UTF-8", std::string(kMarks) + "\xFF\t-1\n", "v.tsv:5: has a piece that is no UTF-8"},
      {"long", std::string(kMarks) + std::string(129, 'a') + "\t-1\n", "v.tsv:5: has a piece"},
  };
  for (const auto& [name, lines, want] : cases) {
    SCOPED_TRACE(name);
    const auto tokenizer = UnigramTokenizer::Parse(lines, "v.tsv");
    ASSERT_FALSE(tokenizer);
    EXPECT_THAT(Describe(tokenizer.error()), HasSubstr(want));
  }
  EXPECT_EQ(UnigramTokenizer::Read("/nowhere/vocabulary.tsv").error().code, Code::kNotFound);
}

// The best sum of all cuts of `word` (with its U+2581), tried one by one.
double BestOfAllCuts(std::string_view word,
                     const std::map<std::string, double, std::less<>>& scores, double unknown) {
  if (word.empty()) return 0;
  double best = -1e300;
  size_t first = 0;
  NextCodePoint(word, first);
  for (size_t size = 1; size <= word.size(); ++size) {
    const auto found = scores.find(word.substr(0, size));
    double score = unknown;
    if (found != scores.end()) {
      score = found->second;
    } else if (size != first) {
      continue;
    }
    best = std::max(best, score + BestOfAllCuts(word.substr(size), scores, unknown));
  }
  return best;
}

TEST(UnigramTokenizer, FindsTheBestOfAllCutsOfRandomWords) {
  constexpr std::string_view kLetters[] = {"a", "b", "é", "王"};
  for (uint64_t seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const auto make = [&](int64_t length) {
      std::string text;
      for (int64_t i = 0; i < length; ++i) text += kLetters[random.Below(4)];
      return text;
    };
    std::map<std::string, double, std::less<>> scores;
    std::map<int32_t, double> score_of_id;
    std::string lines;
    int32_t id = 4;
    double worst = 0;
    for (int i = 0; i < 12; ++i) {
      const std::string piece = (random.Below(3) == 0 ? "▁" : "") + make(1 + random.Below(3));
      const double score = -static_cast<double>(1 + random.Below(40)) / 4;
      if (!scores.emplace(piece, score).second) continue;
      lines += piece + "\t" + std::to_string(score) + "\n";
      score_of_id[id++] = score;
      worst = std::min(worst, score);
    }
    const UnigramTokenizer tokenizer = Make(lines);
    for (int i = 0; i < 20; ++i) {
      const std::string word = make(1 + random.Below(7));
      double sum = 0;
      int64_t end = 0;
      for (const TextPiece& piece : tokenizer.Split(word)) {
        ASSERT_EQ(piece.begin, end);
        end = piece.end;
        // An <unk> costs its price for each code point, that of ▁ at the front included.
        if (piece.id == UnigramTokenizer::kUnknown) {
          const std::string_view bytes =
              std::string_view(word).substr(piece.begin, end - piece.begin);
          sum += (worst - 10) * static_cast<double>(CountCodePoints(bytes));
          if (piece.begin == 0) sum += worst - 10;
        } else {
          sum += score_of_id.at(piece.id);
        }
      }
      EXPECT_EQ(end, std::ssize(word));
      EXPECT_DOUBLE_EQ(sum, BestOfAllCuts("▁" + word, scores, worst - 10)) << word;
    }
  }
}

// The encoder is trained with a tokenizer in Python; it must see the same pieces here.
TEST(UnigramTokenizer, AgreesWithItsTwinInPython) {
  const std::string folder = std::string(PARLEY_SOURCE_FOLDER) + "/tests/inference/";
  const auto tokenizer = UnigramTokenizer::Read(folder + "tiny_encoder/vocabulary.tsv").value();
  std::ifstream reference(folder + "unigram_reference.tsv");
  int texts = 0;
  for (std::string line; std::getline(reference, line); ++texts) {
    SCOPED_TRACE(line);
    const size_t tab = line.find('\t');
    std::string text;
    for (size_t i = 0; i < tab; i += 2) {
      int byte = 0;
      std::from_chars(&line[i], &line[i + 2], byte, 16);
      text += static_cast<char>(byte);
    }
    std::string got;
    for (const TextPiece& piece : tokenizer.Split(text)) {
      std::ostringstream out;
      out << (got.empty() ? "" : " ") << piece.id << ':' << piece.begin << ':' << piece.end;
      got += out.str();
    }
    EXPECT_EQ(got, line.substr(tab + 1));
  }
  EXPECT_EQ(texts, 200);
}

// With time in the square of its length this would take hours.
TEST(UnigramTokenizer, CutsAWordOfAMegabyte) {
  const UnigramTokenizer tokenizer = Make("▁\t-1\na\t-2\naa\t-3\naaaaaaaaaaaaaaaa\t-4\n");
  const std::string word(1 << 20, 'a');
  EXPECT_EQ(tokenizer.Split(word).size(), 1 + (size_t{1} << 20) / 16);
}

}  // namespace
}  // namespace parley
