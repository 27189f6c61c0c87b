#include "stages/names/mention_edges.h"

#include <gtest/gtest.h>

#include <string>

#include "base/random.h"
#include "text/random_text.h"
#include "text/utf8.h"

namespace parley {
namespace {

// The mention that comes of the part between the brackets: "[Mary]" to "Mary"; "-" for none.
std::string Edges(std::string marked) {
  const size_t begin = marked.find('[');
  marked.erase(begin, 1);
  const size_t end = marked.find(']');
  marked.erase(end, 1);
  const auto span = MentionEdges(
      marked, {.begin = static_cast<int64_t>(begin), .end = static_cast<int64_t>(end)});
  return span ? marked.substr(span->begin, span->end - span->begin) : "-";
}

TEST(MentionEdges, MakeWordsWhole) {
  const struct {
    const char* name;
    const char* marked;
    const char* want;
  } cases[] = {
      {"a whole name stays", "I met [Mary Smith] today", "Mary Smith"},
      {"a cut word", "I met [Ma]ry today", "Mary"},
      {"a case ending", "сказал [Маш]е вчера", "Маше"},
      {"a plural", "the [Obama]s came", "Obamas"},
      {"a hyphen within a name", "hi [Jean]-Luc!", "Jean-Luc"},
      {"and before it", "hi Jean-[Luc]!", "Jean-Luc"},
      {"not one before a small word", "an [Obama]-era rule", "Obama"},
      {"nor behind one", "a pro-[Obama] rally", "Obama"},
      {"an Irish name", "from O'[Brien] again", "O'Brien"},
      {"a Turkish ending behind an apostrophe", "dün [Ayşe]'ye sordum", "Ayşe'ye"},
      {"a French article stays outside", "le livre d'[Anna]", "Anna"},
      {"a mark on the last letter", "[Jose\u0301] came", "Jose\u0301"},
      {"a mark that the model left out", "[Jose]\u0301 came", "Jose\u0301"},
      {"a zero-width space inside", "[Ma]\u200Bry came", "Ma\u200Bry"},
      {"Chinese has no spaces to widen to", "我叫[王小明]今年", "王小明"},
      {"Korean particles stay outside", "[김민수]는 학생", "김민수"},
      {"an Arabic word", "قال [محم]د أمس", "محمد"},
  };
  for (const auto& [name, marked, want] : cases) {
    SCOPED_TRACE(name);
    EXPECT_EQ(Edges(marked), want);
  }
}

TEST(MentionEdges, KeepLettersOfTwoScriptsTogether) {
  EXPECT_EQ(Edges("hi [M]\u0430ry!"), "M\u0430ry");  // A homoglyph must not leave the rest behind.
}

TEST(MentionEdges, LeaveOutWhatIsNoName) {
  const struct {
    const char* name;
    const char* marked;
    const char* want;
  } cases[] = {
      {"a possessive", "[Mary's] cat", "Mary"},
      {"with a typographic apostrophe", "[Mary’s] cat", "Mary"},
      {"behind the span", "[Mary]'s cat", "Mary"},
      {"of a plural", "the [Smiths'] cat", "Smiths"},
      {"a title", "ask [Dr. Mary Smith] now", "Mary Smith"},
      {"two titles", "ask [Prof. Dr. Weber] now", "Weber"},
      {"a title alone", "ask the [Dr.] now", "-"},
      {"a German title", "frag [Frau Weber]!", "Weber"},
      {"a Japanese one behind", "[田中さん]は", "田中"},
      {"a Korean one behind", "[김민수 씨]가", "김민수"},
      {"a Chinese one behind", "[王先生]好", "王"},
      {"quotes and commas", "\"[\"Mary,\"] he said", "Mary"},
      {"a full stop", "This is [Mary.] She", "Mary"},
      {"not the one of an initial at the end", "by [Smith J]. and", "Smith J."},
      {"nor of an initial inside", "by [J. Smith] and", "J. Smith"},
      {"what is behind a line break", "[Mary\nSmith] wrote", "Mary"},
      {"a handle", "thanks @[mary] !", "-"},
      {"an e-mail address", "mail [mary].smith@sunmail.de now", "-"},
      {"its domain", "mail x@[smith].de now", "-"},
      {"an identifier", "the [mary]_count is", "-"},
      {"a tag", "said [NAME]_1 then", "-"},
      {"punctuation alone", "a [...] b", "-"},
      {"a path is none of these", "/home/[maria]/x", "maria"},
  };
  for (const auto& [name, marked, want] : cases) {
    SCOPED_TRACE(name);
    EXPECT_EQ(Edges(marked), want);
  }
}

TEST(MentionEdges, AreWholeCharactersOnOneLine) {
  Random random(8);
  for (int round = 0; round < 2000; ++round) {
    SCOPED_TRACE(round);
    const std::string text = RandomText(random, 30);
    std::vector<int64_t> starts;
    for (size_t i = 0; i <= text.size(); ++i) {
      if (i == text.size() || !IsContinuationByte(text[i]))
        starts.push_back(static_cast<int64_t>(i));
    }
    int64_t begin = starts[static_cast<size_t>(random.Below(static_cast<int64_t>(starts.size())))];
    int64_t end = starts[static_cast<size_t>(random.Below(static_cast<int64_t>(starts.size())))];
    if (begin > end) std::swap(begin, end);
    const auto span = MentionEdges(text, {.begin = begin, .end = end});
    if (!span) continue;
    ASSERT_LT(span->begin, span->end);
    const std::string mention = text.substr(span->begin, span->end - span->begin);
    EXPECT_TRUE(IsValidUtf8(mention));
    EXPECT_EQ(mention.find_first_of("\r\n"), std::string::npos);
  }
}

}  // namespace
}  // namespace parley
