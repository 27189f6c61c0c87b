#include "curate/second_search.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

// A message of which everything in square brackets is replaced by a tag.
struct Marked {
  std::string raw;
  std::string released;
  std::vector<RemovedSpan> removed;

  explicit Marked(std::string_view text) {
    int64_t begin = -1;  // Of what is being replaced.
    for (const char c : text) {
      const auto at = static_cast<int64_t>(raw.size());
      if (c == '[') {
        begin = at;
      } else if (c == ']') {
        removed.push_back({begin, at, "NAME", "NAME_1"});
        released += "NAME_1";
        begin = -1;
      } else {
        raw += c;
        if (begin < 0) released += c;
      }
    }
  }
};

SecondSearch Search(const std::vector<std::string_view>& texts,
                    std::vector<std::vector<Span>> kept = {}) {
  std::vector<Marked> marked;
  for (const std::string_view text : texts) marked.emplace_back(text);
  kept.resize(texts.size());
  std::vector<SearchedMessage> messages;
  for (size_t i = 0; i < marked.size(); ++i) {
    messages.push_back({marked[i].raw, marked[i].released, marked[i].removed, kept[i]});
  }
  return SearchAgain(messages);
}

TEST(SecondSearch, FindsAValueThatStandsElsewhere) {
  const SecondSearch search = Search({"I am [Marisol].", "Hello marisol, and MARISOL!"});
  EXPECT_EQ(search.values, 1);
  EXPECT_EQ(search.leftovers, 2);
  EXPECT_EQ(search.first, (Leftover{"NAME", 1, {6, 13}}));
}

TEST(SecondSearch, FindsNothingWhereAllIsReplaced) {
  const SecondSearch search = Search({"I am [Marisol].", "Hello [marisol], and [MARISOL]!"});
  EXPECT_EQ(search.values, 1);
  EXPECT_EQ(search.leftovers, 0);
  EXPECT_EQ(search.first, std::nullopt);
}

TEST(SecondSearch, FindsWholeWordsAlone) {
  EXPECT_EQ(Search({"[Marisol]", "Marisols xMarisol Marisol2"}).leftovers, 0);
  EXPECT_EQ(Search({"[Marisol]", "Marisol's get_marisol(\"Marisol\")"}).leftovers, 3);
  EXPECT_EQ(Search({"[a.b@c.org]", "mailto:a.b@c.org; xa.b@c.org"}).leftovers, 1);
}

TEST(SecondSearch, LooksAtFiveCodePointsAndMore) {
  EXPECT_EQ(Search({"[Mary]", "Mary"}).values, 0);
  EXPECT_EQ(Search({"[Maria]", "Maria"}).leftovers, 1);
  EXPECT_EQ(Search({"[Маша]", "Маша"}).values, 0);
  EXPECT_EQ(Search({"[Мария]", "МАРИЯ"}).leftovers, 1);
}

TEST(SecondSearch, NeedsNoBlanksInScriptsWithoutThem) {
  EXPECT_EQ(Search({"[欧阳小明明]", "我见欧阳小明明了"}).leftovers, 1);
}

TEST(SecondSearch, PassesOverTagsAndCountsTheLongestOnce) {
  EXPECT_EQ(Search({"[name_1] [Mario Marione]"}).leftovers, 0);
  EXPECT_EQ(Search({"[Mario] [Mario Marione]", "Mario Marione"}).leftovers, 1);
}

TEST(SecondSearch, CountsWhatARuleKept) {
  // "Newton" of the law at [0, 6) was kept, that at the end was not.
  const SecondSearch one = Search({"[Newton] said", "Newton's law"}, {{}, {{0, 6}}});
  EXPECT_EQ(one.kept, 1);
  EXPECT_EQ(one.leftovers, 0);
  const SecondSearch two = Search({"[Newton] said", "Newton's law, Newton"}, {{}, {{0, 6}}});
  EXPECT_EQ(two.kept, 1);
  EXPECT_EQ(two.leftovers, 1);
}

TEST(SecondSearch, KeepsPlacesApartBehindATag) {
  // The last "Newton" stands at [20, 26) of the raw text and at [19, 25) of the released one.
  EXPECT_EQ(Search({"[Marisol] and [Newton], Newton"}, {{{19, 25}}}).leftovers, 1);
  EXPECT_EQ(Search({"[Marisol] and [Newton], Newton"}, {{{20, 26}}}).kept, 1);
}

// Finds one word wherever it stands.
class OneName final : public NameSource {
 public:
  std::vector<std::vector<NameMention>> Find(std::span<const NameText> texts) const override {
    std::vector<std::vector<NameMention>> found;
    for (const NameText& text : texts) {
      auto& mentions = found.emplace_back();
      const size_t at = text.text.find("Marisol");
      if (at == std::string_view::npos) continue;
      const auto begin = static_cast<int64_t>(at);
      mentions.push_back({.begin = begin, .end = begin + 7, .score = 0.9});
    }
    return found;
  }
};

TEST(SearchBeforeRelease, StopsARedactorThatMisses) {
  RawConversation raw;
  raw.messages = {{Role::kUser, "I am Marisol."}, {Role::kAssistant, "Hello Marisol!"}};
  const RedactorInput input{.conversation = &raw};
  Redactor redactor = Redactor::Create({}).value();
  redactor.LookForNames({.source = std::make_shared<OneName>()});
  Redaction redaction = std::move(redactor.RedactAll({&input, 1})[0]);
  const auto whole = SearchBeforeRelease(raw, redaction, {});
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(whole->values, 1);

  // One that replaces what it says in the first message and forgets the second.
  RawConversation half = raw;
  half.messages[1].content = "Hello NAME_9!";
  const RedactorInput half_input{.conversation = &half};
  redaction = std::move(redactor.RedactAll({&half_input, 1})[0]);
  half.messages[1].content = raw.messages[1].content;
  RawConversation plain;
  plain.messages = {raw.messages[0], raw.messages[1]};
  Redactor idle = Redactor::Create({.enabled = false}).value();
  redaction.released = idle.Redact(plain, {}).value();
  const auto missed = SearchBeforeRelease(half, redaction, {.file = "a.jsonl", .line = 3});
  ASSERT_FALSE(missed.has_value());
  EXPECT_EQ(missed.error().code, Code::kLeak);
  EXPECT_EQ(missed.error().place.line, 3);
  EXPECT_NE(missed.error().message.find("message 1"), std::string::npos);
  EXPECT_NE(missed.error().message.find("bytes 6 to 13"), std::string::npos);
  EXPECT_EQ(missed.error().message.find("Marisol"), std::string::npos);
}

TEST(SecondSearch, StandsHundredThousandsOfValues) {
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "[name" + std::to_string(i) + "] ";
  std::string alike;
  for (int i = 0; i < 500; ++i) alike += "[" + std::string(static_cast<size_t>(i) + 5, 'a') + "] ";
  alike += std::string(200'000, 'a');
  EXPECT_EQ(Search({many}).leftovers, 0);
  EXPECT_EQ(Search({alike}).leftovers, 0);
}

}  // namespace
}  // namespace parley
