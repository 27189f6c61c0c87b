#include "stages/names/sentences.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/random.h"
#include "text/random_text.h"
#include "text/utf8.h"

namespace parley {
namespace {

std::vector<std::string> Cut(const std::string& text, int64_t max_bytes = 500) {
  std::vector<std::string> parts;
  for (const Sentence& sentence : CutSentences(text, max_bytes)) {
    parts.push_back(text.substr(sentence.begin, sentence.end - sentence.begin));
  }
  return parts;
}

using Parts = std::vector<std::string>;

TEST(Sentences, EndAtFullStopsAndLines) {
  EXPECT_EQ(Cut("I came. She left! Why?\nNobody knows"),
            (Parts{"I came.", "She left!", "Why?", "Nobody knows"}));
  EXPECT_EQ(Cut("他来了。她走了！"), (Parts{"他来了。", "她走了！"}));
  EXPECT_EQ(Cut("He said \"go.\" Then he went."), (Parts{"He said \"go.\"", "Then he went."}));
}

TEST(Sentences, GoOnBehindAbbreviationsAndInitials) {
  EXPECT_EQ(Cut("Ask Dr. Smith and J. Weber."), (Parts{"Ask Dr. Smith and J. Weber."}));
  EXPECT_EQ(Cut("It costs 3.50 or so, e.g. here"), (Parts{"It costs 3.50 or so, e.g. here"}));
}

TEST(Sentences, AreCutAtASpaceWhereTheyAreTooLong) {
  EXPECT_EQ(Cut("one two three", 8), (Parts{"one two", "three"}));
  EXPECT_EQ(Cut("ééééé", 5), (Parts{"éé", "éé", "é"}));
  const std::vector<Sentence> cut = CutSentences("one two three", 8);
  EXPECT_FALSE(cut[0].continues);
  EXPECT_TRUE(cut[1].continues);
}

TEST(Sentences, TellCodeFromProse) {
  for (const char* code :
       {"int main() { return 0; }", "import os.path", "  {\"name\": \"Mary\", \"age\": 3},",
        "<div class=\"x\">", "const a = b => c;", "| a | b | c | d |"}) {
    EXPECT_TRUE(CutSentences(code)[0].is_code) << code;
  }
  for (const char* prose : {"From now on, we (the team) use \"tea\".", "- **Note**: bring a coat.",
                            "Dear Mary, thank you for your letter/mail.", "if you want, come."}) {
    EXPECT_FALSE(CutSentences(prose)[0].is_code) << prose;
  }
}

TEST(Sentences, HoldEveryByteThatIsNoSpaceOnce) {
  Random random(4);
  for (int round = 0; round < 1000; ++round) {
    SCOPED_TRACE(round);
    const std::string text = RandomText(random, 60);
    int64_t at = 0;
    for (const Sentence& sentence : CutSentences(text, 40)) {
      ASSERT_GE(sentence.begin, at);
      ASSERT_LT(sentence.begin, sentence.end);
      for (; at < sentence.begin; ++at) {
        EXPECT_NE(std::string(" \t\r\n\v\f").find(text[at]), std::string::npos);
      }
      const std::string part = text.substr(sentence.begin, sentence.end - sentence.begin);
      EXPECT_TRUE(IsValidUtf8(part));
      EXPECT_EQ(part.find_first_of("\r\n"), std::string::npos);
      at = sentence.end;
    }
    for (; at < static_cast<int64_t>(text.size()); ++at) {
      EXPECT_NE(std::string(" \t\r\n\v\f").find(text[at]), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace parley
