// The redactor with names, which a fake finds: words of a list, and words that only their
// neighbours make names, so that a text has to be looked at more than once.

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "stages/redact/redactor.h"
#include "text/random_text.h"

namespace parley {
namespace {

using Strings = std::vector<std::string>;

// Takes for names the words of its list, each with its score, and what stands behind a tag and has
// as many letters as it says ("NAME_1 and" with 3).
class FakeNames final : public NameSource {
 public:
  explicit FakeNames(std::map<std::string, double> words, size_t letters_behind_a_tag = 0)
      : words_(std::move(words)), letters_behind_a_tag_(letters_behind_a_tag) {}

  std::vector<std::vector<NameMention>> Find(std::span<const NameText> texts) const override {
    std::vector<std::vector<NameMention>> found;
    for (const NameText& text : texts) found.push_back(FindIn(text.text));
    return found;
  }

 private:
  std::vector<NameMention> FindIn(std::string_view text) const {
    std::vector<NameMention> mentions;
    for (const NameWord& word : NameWordsIn(text)) {
      const auto begin = static_cast<size_t>(word.begin);
      const auto end = static_cast<size_t>(word.end);
      const std::string name(text.substr(begin, end - begin));
      const auto listed = words_.find(name);
      const bool behind_a_tag = begin > 2 && text[begin - 1] == ' ' && text[begin - 2] >= '0' &&
                                text[begin - 2] <= '9' && name.size() == letters_behind_a_tag_;
      if (listed != words_.end() || behind_a_tag) {
        mentions.push_back({.begin = word.begin,
                            .end = word.end,
                            .score = listed == words_.end() ? 0.7 : listed->second});
      }
    }
    return mentions;
  }

  std::map<std::string, double> words_;
  size_t letters_behind_a_tag_;
};

Redactor WithNames(NameStep step) {
  Redactor redactor = Redactor::Create({}).value();
  redactor.LookForNames(std::move(step));
  return redactor;
}

NameStep Finding(std::map<std::string, double> words, size_t letters_behind_a_tag = 0) {
  return {.source = std::make_shared<FakeNames>(std::move(words), letters_behind_a_tag),
          .languages = {"en"}};
}

RawConversation Says(const Strings& contents) {
  RawConversation conversation;
  for (const std::string& content : contents) {
    const bool user = conversation.messages.size() % 2 == 0;
    conversation.messages.push_back({user ? Role::kUser : Role::kAssistant, content});
  }
  return conversation;
}

Annotations InLanguages(const Strings& codes) {
  Annotations annotations;
  for (const std::string& code : codes) annotations.messages.push_back({.language = code});
  return annotations;
}

Strings Texts(const ReleasableConversation& conversation) {
  Strings texts;
  for (const auto& message : conversation.messages()) texts.push_back(message.content);
  return texts;
}

Strings Redacted(const Redactor& redactor, const Strings& contents) {
  return Texts(redactor.Redact(Says(contents), {}).value());
}

TEST(RedactorNames, NumbersNamesAndTheRestEachByFirstAppearance) {
  const Redactor redactor = WithNames(Finding({{"Mary", 0.9}, {"Joe", 0.9}}));
  EXPECT_EQ(
      Redacted(redactor, {"Joe asks mary@sunmail.de: Mary?", "MARY's mail is mary@sunmail.de"}),
      (Strings{"NAME_1 asks EMAIL_1: NAME_2?", "NAME_2's mail is EMAIL_1"}));
}

TEST(RedactorNames, LeavesANameInAnAddressWithTheAddress) {
  const Redactor redactor = WithNames(Finding({{"mary", 0.9}, {"Mary", 0.9}, {"sunmail", 0.9}}));
  EXPECT_EQ(Redacted(redactor, {"Mary: mary@sunmail.de"}), Strings{"NAME_1: EMAIL_1"});
  EXPECT_EQ(Redacted(redactor, {"https://mary:p4ss@crank.dev/mary and Mary"}),
            Strings{"URL_1 and NAME_1"});
}

TEST(RedactorNames, KeepsStandingTagsAndStepsPastThem) {
  const Redactor redactor = WithNames(Finding({{"Mary", 0.9}, {"NAME", 0.9}, {"user", 0.9}}));
  EXPECT_EQ(Redacted(redactor, {"NAME_3 met Mary", "MY_NAME_7 and user_NAME_9"}),
            (Strings{"NAME_3 met NAME_4", "MY_NAME_7 and NAME_5_NAME_9"}));
}

TEST(RedactorNames, SaysRedactedExactlyIfSomethingWasReplaced) {
  const Redactor redactor = WithNames(Finding({{"Mary", 0.9}}));
  const Annotations none;
  EXPECT_TRUE(redactor.Redact(Says({"Mary"}), none).value().redacted());
  EXPECT_FALSE(redactor.Redact(Says({"Nobody"}), none).value().redacted());
}

TEST(RedactorNames, LooksAgainUntilNothingIsFound) {
  const Redactor redactor = WithNames(Finding({{"Mary", 0.9}}, 3));
  EXPECT_EQ(Redacted(redactor, {"Mary and our dog"}), Strings{"NAME_1 NAME_2 NAME_3 NAME_4"});
  EXPECT_EQ(Redacted(redactor, {"NAME_1 NAME_2 NAME_3 NAME_4"}),
            Strings{"NAME_1 NAME_2 NAME_3 NAME_4"});
}

TEST(RedactorNames, DropsWhatItCannotRedactWithConfidenceIfAsked) {
  NameStep step = Finding({{"Mary", 0.9}, {"Rose", 0.05}});
  const RawConversation doubtful = Says({"Mary and Rose"});
  const RawConversation plain = Says({"Mary and so on"});
  const Annotations english = InLanguages({"en"});
  const Annotations swedish = InLanguages({"sv"});
  const std::vector<RedactorInput> inputs = {
      {&doubtful, &english}, {&plain, &english}, {&plain, &swedish}, {&plain, nullptr}};
  const auto reasons = [&] {
    Strings list;
    for (const Redaction& one : WithNames(step).RedactAll(inputs)) {
      EXPECT_EQ(one.released.has_value(), one.dropped_for.empty());
      list.emplace_back(one.dropped_for);
    }
    return list;
  };
  EXPECT_EQ(reasons(), (Strings{"", "", "", ""}));
  step.drop_unsure = true;
  EXPECT_EQ(reasons(), (Strings{"unsure", "", "", ""}));
  step.drop_no_model = true;
  EXPECT_EQ(reasons(), (Strings{"unsure", "", "no_model", ""}));
  EXPECT_EQ(WithNames(step).RedactAll(inputs)[2].unjudged, Strings{"sv"});
}

TEST(RedactorNames, LabelsHaveNone) {
  EXPECT_EQ(WithNames(Finding({{"Mary", 0.9}})).RedactLabel("Mary of mary@sunmail.de").value(),
            "Mary of EMAIL_1");
}

TEST(RedactorNames, MapsOffsetsBothWays) {
  const Redactor redactor = WithNames(Finding({{"Mary", 0.9}}));
  const RawConversation conversation = Says({"— Mary's mail: mary@sunmail.de."});
  const RedactorInput input{&conversation, nullptr};
  const Redaction redaction = std::move(redactor.RedactAll({&input, 1})[0]);
  ASSERT_EQ(redaction.spans[0].size(), 2U);
  const std::string& raw = conversation.messages[0].content;
  const std::string& released = redaction.released->messages()[0].content;
  std::vector<Edit> edits;
  for (const TaggedSpan& span : redaction.spans[0])
    edits.push_back({span.begin, span.end, span.tag});
  const EditMap map(edits);
  for (const TaggedSpan& span : redaction.spans[0]) {
    const Span edited = map.ToEdited(Span{span.begin, span.end});
    EXPECT_EQ(released.substr(static_cast<size_t>(edited.begin),
                              static_cast<size_t>(edited.end - edited.begin)),
              span.tag);
    EXPECT_EQ(map.ToOriginal(edited), (Span{span.begin, span.end}));
  }
  EXPECT_EQ(raw.substr(static_cast<size_t>(redaction.spans[0][0].begin), 4), "Mary");
}

// Random texts with names, personal data and tags among them.
RawConversation Shaken(Random& random) {
  static constexpr std::string_view kPieces[] = {
      "Mary", "Smith",       " ",      "mary",   " said ",
      "Will", "NAME_2",      "王小明", "小明",   "mary@sunmail.de",
      "\n",   "81.2.69.160", "_",      "O'Neil", "Маша",
      "Маше", "Rose",        ", ",     "J. ",    "NAME_",
      "1",    "and",         "'s ",    "user_"};
  RawConversation conversation;
  for (int64_t message = 1 + random.Below(3); message > 0; --message) {
    std::string text;
    for (int64_t i = random.Below(14); i > 0; --i) {
      text += kPieces[random.Below(std::size(kPieces))];
      if (random.Below(3) == 0) text += " ";
      if (random.Below(12) == 0) text += RandomText(random, 3);
    }
    conversation.messages.push_back({Role::kUser, text});
  }
  return conversation;
}

TEST(RedactorNames, RedactingTwiceChangesNothing) {
  const std::map<std::string, double> words = {
      {"Mary", 0.9}, {"Smith", 0.6}, {"Will", 0.3}, {"Rose", 0.05}, {"王小明", 0.9},
      {"Маша", 0.9}, {"Neil", 0.9},  {"NAME", 0.9}, {"said", 0.2},  {"user", 0.26}};
  for (const size_t behind : {0, 3}) {
    const Redactor redactor = WithNames(Finding(words, behind));
    for (uint64_t seed = 0; seed < 400; ++seed) {
      SCOPED_TRACE(seed);
      Random random(seed);
      const RawConversation once = Shaken(random);
      const ReleasableConversation released = redactor.Redact(once, {}).value();
      RawConversation again = Says(Texts(released));
      for (size_t i = 0; i < again.messages.size(); ++i) again.messages[i].role = Role::kUser;
      ASSERT_EQ(Texts(redactor.Redact(again, {}).value()), Texts(released));
    }
  }
}

TEST(RedactorNames, OutsideTheSpansNothingChangesByAByte) {
  const Redactor redactor = WithNames(Finding({{"Mary", 0.9}, {"Smith", 0.6}, {"王小明", 0.9}}));
  for (uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const RawConversation raw = Shaken(random);
    const RedactorInput input{&raw, nullptr};
    const Redaction redaction = std::move(redactor.RedactAll({&input, 1})[0]);
    for (size_t i = 0; i < raw.messages.size(); ++i) {
      std::string want;
      int64_t at = 0;
      for (const TaggedSpan& span : redaction.spans[i]) {
        ASSERT_LE(at, span.begin);
        want += raw.messages[i].content.substr(static_cast<size_t>(at),
                                               static_cast<size_t>(span.begin - at)) +
                span.tag;
        at = span.end;
      }
      want += raw.messages[i].content.substr(static_cast<size_t>(at));
      ASSERT_EQ(redaction.released->messages()[i].content, want);
    }
  }
}

TEST(RedactorNames, ManyAtOnceAreAsEachAlone) {
  const Redactor redactor = WithNames(Finding({{"Mary", 0.9}, {"Smith", 0.6}}, 3));
  Random random(7);
  std::vector<RawConversation> conversations;
  for (int i = 0; i < 50; ++i) conversations.push_back(Shaken(random));
  std::vector<RedactorInput> inputs;
  for (const RawConversation& one : conversations) inputs.push_back({&one, nullptr});
  const auto together = redactor.RedactAll(inputs);
  for (size_t i = 0; i < inputs.size(); ++i) {
    EXPECT_EQ(Texts(*together[i].released), Texts(redactor.Redact(conversations[i], {}).value()));
  }
}

}  // namespace
}  // namespace parley
