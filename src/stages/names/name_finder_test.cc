#include "stages/names/name_finder.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/random.h"
#include "stages/names/name_testing.h"
#include "text/random_text.h"

namespace parley {
namespace {

using Strings = std::vector<std::string>;

std::vector<NameMention> MentionsIn(const NameFinder& finder, const std::string& text) {
  const NameText input{.text = text, .language = "en"};
  return finder.Find({&input, 1}).at(0);
}

Strings NamesIn(const NameFinder& finder, const std::string& text) {
  Strings names;
  for (const NameMention& mention : MentionsIn(finder, text)) {
    names.push_back(text.substr(mention.begin, mention.end - mention.begin));
  }
  return names;
}

TEST(NameFinder, FindsMentionsInOrderWithTheirBytes) {
  const NameFinder finder = FinderThatKnows({"Mary Smith", "Mary", "Jürgen"});
  const std::string text = "Über Mary Smith:\nMary's friend Jürgen came.";
  EXPECT_EQ(NamesIn(finder, text), (Strings{"Mary Smith", "Mary", "Jürgen"}));
  const auto mentions = MentionsIn(finder, text);
  EXPECT_EQ(mentions[0].begin, 6);
  EXPECT_EQ(mentions[1].begin, 18);
  EXPECT_NEAR(mentions[0].score, 0.97, 1e-5);  // .96 + .01 for either label of a person.
}

TEST(NameFinder, NoMentionCrossesALineBreak) {
  const NameFinder finder = FinderThatKnows({"Mary", "Smith"});
  EXPECT_EQ(NamesIn(finder, "Mary\nSmith"), (Strings{"Mary", "Smith"}));
}

TEST(NameFinder, TagsAndHandlesAreNoMentions) {
  const NameFinder finder = FinderThatKnows({"NAME", "NAME_1", "EMAIL_1", "mary", "Smith"});
  EXPECT_EQ(NamesIn(finder, "NAME_1 wrote to EMAIL_1 and @mary about Smith"), (Strings{"Smith"}));
}

TEST(NameFinder, SaysWhoseNameItIs) {
  const NameFinder finder = FinderThatKnows({"Albert Einstein", "Mary", "Newton", "Hermione"});
  const auto mentions =
      MentionsIn(finder, "Mary read about Albert Einstein, Hermione and Newton's law.");
  ASSERT_EQ(mentions.size(), 4U);
  EXPECT_EQ(mentions[0].kind, NameKind::kPrivate);
  EXPECT_EQ(mentions[1].kind, NameKind::kPublic);
  EXPECT_EQ(mentions[2].kind, NameKind::kFictional);
  EXPECT_FALSE(mentions[2].eponym);
  EXPECT_TRUE(mentions[3].eponym);
}

// Texts with names among words, some of them more than once.
Strings ManyTexts() {
  Random random(5);
  const Strings words = {"Mary", "Smith", "and",          "the",   "house",  "Jürgen",
                         ".",    "went",  "\n",           "to",    "Mary's", "王小明",
                         "😀",   "x_1",   "Introduction", "@mary", "NAME_3"};
  Strings texts;
  for (int i = 0; i < 60; ++i) {
    std::string text;
    for (int64_t k = random.Below(i % 7 == 0 ? 900 : 40); k > 0; --k) {
      text += words[static_cast<size_t>(random.Below(static_cast<int64_t>(words.size())))] + " ";
    }
    texts.push_back(text);
    if (i % 3 == 0) texts.push_back(text);
  }
  return texts;
}

std::vector<NameText> Inputs(const Strings& texts) {
  std::vector<NameText> inputs;
  for (const std::string& text : texts) inputs.push_back({.text = text, .language = "en"});
  return inputs;
}

TEST(NameFinder, CacheNeighboursAndThreadsChangeNothing) {
  const Strings texts = ManyTexts();
  const std::vector<NameText> inputs = Inputs(texts);
  const Strings names = {"Mary Smith", "Mary", "Smith", "Jürgen", "王小明"};
  const auto make = [&](int64_t cached_windows) {
    return NameFinder::Create({.cached_windows = cached_windows},
                              std::make_shared<LabellerThatKnows>(names))
        .value();
  };
  const NameFinder plain = make(0);
  std::vector<std::vector<NameMention>> want;
  for (const NameText& input : inputs) want.push_back(plain.Find({&input, 1}).at(0));
  for (const int64_t cached_windows : {0, 1, 40, 100'000}) {
    SCOPED_TRACE(cached_windows);
    const NameFinder finder = make(cached_windows);
    EXPECT_EQ(finder.Find(inputs), want);
    EXPECT_EQ(finder.Find(inputs), want);  // What is remembered by now says the same.
    std::vector<std::thread> threads;
    std::vector<int> equal(4, 0);
    for (size_t i = 0; i < equal.size(); ++i) {
      threads.emplace_back([&, i] { equal[i] = finder.Find(inputs) == want ? 1 : 0; });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(equal, std::vector<int>(4, 1));
  }
}

TEST(NameFinder, TheSameTextIsReadOnce) {
  const auto labeller = std::make_shared<LabellerThatKnows>(Strings{"Mary"});
  const NameFinder finder = NameFinder::Create({}, labeller).value();
  const Strings texts(50, "I gave Mary the keys of the house.");
  const std::vector<NameText> inputs = Inputs(texts);
  finder.Find(inputs);
  finder.Find(inputs);
  EXPECT_EQ(labeller->windows_scored(), 1);
  EXPECT_EQ(finder.counts().texts, 100);
  EXPECT_EQ(finder.counts().mentions, 100);
  EXPECT_EQ(finder.counts().mentions_listed, 100);
  EXPECT_EQ(finder.counts().cache_hits, 99);
  EXPECT_EQ(finder.counts().pieces_read, labeller->pieces_scored());
}

TEST(NameFinder, LongSentencesAreReadInOverlappingWindows) {
  const auto labeller = std::make_shared<LabellerThatKnows>(Strings{"Mary Smith"}, 12);
  const NameFinder finder = NameFinder::Create({.screen = false}, labeller).value();
  // "a b a b … Mary Smith a b …": wherever a window ends, the name is whole in one of them.
  for (int before = 0; before < 40; ++before) {
    SCOPED_TRACE(before);
    std::string text;
    for (int i = 0; i < before; ++i) text += "a ";
    text += "Mary Smith";
    for (int i = 0; i < 30; ++i) text += " b";
    EXPECT_EQ(NamesIn(finder, text), (Strings{"Mary Smith"}));
  }
}

TEST(NameFinder, AShortTextIsReadWhateverTheScreenSays) {
  const auto labeller = std::make_shared<LabellerThatKnows>(Strings{"settings"});
  const std::string text = "1. Open the settings and choose the second option.";
  const NameFinder reads_it = NameFinder::Create({}, labeller).value();
  EXPECT_EQ(NamesIn(reads_it, text), Strings{"settings"});
  // With a tag in it, it was read before.
  EXPECT_EQ(NamesIn(reads_it, "NAME_1: " + text), Strings{});
  const NameFinder screens_it = NameFinder::Create({.unscreened_bytes = 0}, labeller).value();
  EXPECT_EQ(NamesIn(screens_it, text), Strings{});
}

// The pieces that the encoder reads for `text`.
int64_t PiecesReadFor(const std::string& text, bool screen) {
  const auto labeller = std::make_shared<LabellerThatKnows>(Strings{"Mary"});
  const NameFinder finder = NameFinder::Create({.screen = screen}, labeller).value();
  MentionsIn(finder, text);
  return labeller->pieces_scored();
}

TEST(NameFinder, WorkGrowsWithTheTextAndNoFaster) {
  const auto repeated = [](const std::string& part, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += part + std::to_string(i * 7919 % 1000) + " ";
    return text;
  };
  for (const char* part : {"Mary ", "Mary, ", "Mary\n", "a.", "Mary-", "O'"}) {
    SCOPED_TRACE(part);
    const int64_t once = PiecesReadFor(repeated(part, 500), false);
    const int64_t tenfold = PiecesReadFor(repeated(part, 5000), false);
    EXPECT_GT(once, 0);
    EXPECT_LE(tenfold, 11 * once);
  }
}

TEST(NameFinder, StandsAHundredThousandNamesAndAMegabyteOfOneWord) {
  std::string names;
  for (int i = 0; i < 100'000; ++i)
    names += "Mary Smith" + std::string(i % 50 == 49 ? ".\n" : ", ");
  const NameFinder finder = FinderThatKnows({"Mary Smith"});
  EXPECT_EQ(MentionsIn(finder, names).size(), 100'000U);
  EXPECT_TRUE(MentionsIn(finder, std::string(1'000'000, 'a')).empty());
  EXPECT_EQ(PiecesReadFor(std::string(1'000'000, 'a'), true), 0);
}

TEST(NameFinder, MentionsAreSoundInAnyText) {
  const NameFinder finder = FinderThatKnows({"Word", "a", "漢字", "Ж", "한", "é"});
  Random random(9);
  for (int round = 0; round < 300; ++round) {
    SCOPED_TRACE(round);
    const std::string text = RandomText(random, 80);
    int64_t at = 0;
    for (const NameMention& mention : MentionsIn(finder, text)) {
      EXPECT_GE(mention.begin, at);
      EXPECT_LT(mention.begin, mention.end);
      EXPECT_LE(mention.end, static_cast<int64_t>(text.size()));
      EXPECT_FALSE(IsContinuationByte(text[mention.begin]));
      EXPECT_GT(mention.score, 0);
      EXPECT_LE(mention.score, 1);
      at = mention.end;
    }
  }
}

TEST(NameFinder, RefusesAMissingModelAndMissingLists) {
  const auto no_model = NameFinder::Create({.model = "no/such/model"});
  ASSERT_FALSE(no_model.has_value());
  EXPECT_EQ(no_model.error().code, Code::kNotFound);
  const auto no_lists = NameFinder::Create({.lists = "no/such/lists"},
                                           std::make_shared<LabellerThatKnows>(Strings{"Mary"}));
  ASSERT_FALSE(no_lists.has_value());
  EXPECT_EQ(no_lists.error().code, Code::kNotFound);
}

}  // namespace
}  // namespace parley
