#include "stages/redact/redactor.h"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "base/random.h"

namespace parley {
namespace {

// Nothing but the redactor makes a releasable conversation out of a raw one.
static_assert(!std::is_constructible_v<ReleasableConversation, RawConversation>);
static_assert(!std::is_convertible_v<RawConversation, ReleasableConversation>);
static_assert(!std::is_assignable_v<ReleasableConversation&, RawConversation>);
static_assert(!std::is_default_constructible_v<ReleasableConversation>);
static_assert(!std::is_aggregate_v<ReleasableConversation>);
static_assert(!std::is_constructible_v<ReleasableConversation,
                                       std::vector<ReleasableConversation::Text>, bool>);

RawConversation Says(std::initializer_list<std::string> contents) {
  RawConversation conversation;
  for (const std::string& content : contents) {
    const bool user = conversation.messages.size() % 2 == 0;
    conversation.messages.push_back({user ? Role::kUser : Role::kAssistant, content});
  }
  return conversation;
}

ReleasableConversation Redacted(const RawConversation& conversation,
                                Redactor::Options options = {}) {
  return Redactor::Create(std::move(options)).value().Redact(conversation, {}).value();
}

std::vector<std::string> Texts(const ReleasableConversation& conversation) {
  std::vector<std::string> texts;
  for (const auto& message : conversation.messages()) texts.push_back(message.content);
  return texts;
}

using Strings = std::vector<std::string>;

TEST(Redactor, NumbersByFirstAppearanceAcrossMessages) {
  const auto released = Redacted(Says({"I am mary@sunmail.de, he is joe@sunmail.de.",
                                       "Joe is Joe@SUNMAIL.de, and 81.2.69.160 is your host."}));
  EXPECT_EQ(Texts(released),
            (Strings{"I am EMAIL_1, he is EMAIL_2.", "Joe is EMAIL_2, and IP_1 is your host."}));
  EXPECT_TRUE(released.redacted());
}

TEST(Redactor, CountsPerMessageByTypeInOrder) {
  const auto released = Redacted(Says({"81.2.69.160 mary@sunmail.de 81.2.69.161", "Nothing."}));
  const auto& counts = released.messages()[0].redactions;
  ASSERT_EQ(counts.size(), 2U);
  EXPECT_EQ(counts[0].type, "EMAIL");
  EXPECT_EQ(counts[0].count, 1);
  EXPECT_EQ(counts[1].type, "IP");
  EXPECT_EQ(counts[1].count, 2);
  EXPECT_TRUE(released.messages()[1].redactions.empty());
}

TEST(Redactor, IsUnlinkableBetweenConversations) {
  EXPECT_EQ(Texts(Redacted(Says({"mary@sunmail.de"}))), Strings{"EMAIL_1"});
  EXPECT_EQ(Texts(Redacted(Says({"joe@sunmail.de"}))), Strings{"EMAIL_1"});
}

TEST(Redactor, KeepsStandingTagsAndNumbersBehindThem) {
  RawConversation conversation =
      Says({"NAME_1 wrote from mary@sunmail.de", "EMAIL_4 answered, <PRESIDIO_ANONYMIZED_PERSON>"});
  EXPECT_EQ(
      Texts(Redacted(conversation)),
      (Strings{"NAME_1 wrote from EMAIL_5", "EMAIL_4 answered, <PRESIDIO_ANONYMIZED_PERSON>"}));
  conversation.redacted = true;
  const auto released = Redacted(conversation);
  EXPECT_EQ(released.messages()[0].redactions.size(), 2U);  // EMAIL and NAME.
  EXPECT_EQ(released.messages()[1].redactions.size(), 2U);
}

TEST(Redactor, SaysRedactedExactlyIfSomethingWasReplaced) {
  EXPECT_FALSE(Redacted(Says({"Nothing here, NAME_1 is a column."})).redacted());
  EXPECT_TRUE(Redacted(Says({"mary@sunmail.de"})).redacted());
  RawConversation conversation = Says({"Hello"});
  conversation.redacted = true;
  EXPECT_TRUE(Redacted(conversation).redacted());
}

TEST(Redactor, SwitchedOffChangesNothing) {
  const auto released = Redacted(Says({"mary@sunmail.de"}), {.enabled = false});
  EXPECT_EQ(Texts(released), Strings{"mary@sunmail.de"});
  EXPECT_FALSE(released.redacted());
}

TEST(Redactor, ReplacesOnlyTheTypesAskedFor) {
  EXPECT_EQ(Texts(Redacted(Says({"mary@sunmail.de 81.2.69.160"}), {.types = {"IP"}})),
            Strings{"mary@sunmail.de IP_1"});
  EXPECT_FALSE(Redactor::Create({.types = {"E-MAIL"}}).has_value());
}

// Conversations put together at random from pieces that hold nothing personal and values whose type
// is known, and what must become of them, worked out piece by piece.
struct Assembled {
  RawConversation conversation;
  Strings want;
  std::map<std::string, int64_t> counts;
};

Assembled Assemble(Random& random) {
  static constexpr std::string_view kPieces[] = {
      "Hello ",          ", or\n", " (see 2023-04-24) ", "。谢谢 ",
      " x = 12345678; ", " — ",    " NAME_1 ",           "\t\"🙂\" "};
  static constexpr std::pair<std::string_view, std::string_view> kValues[] = {
      {"EMAIL", "mary@sunmail.de"},
      {"EMAIL", "Joe.Roe@sunmail.de"},
      {"IP", "81.2.69.160"},
      {"PHONE", "+1 415-736-2671"},
      {"PHONE", "+49 30 901820"},
      {"IP", "2a03:2880:f12f::25de"},
      {"URL", "https://u:p4ss@crank.dev/x"}};
  Assembled made;
  std::map<std::string_view, std::string> tags;
  std::map<std::string_view, int> highest;
  for (int64_t message = 1 + random.Below(4); message > 0; --message) {
    std::string text;
    std::string want;
    for (int64_t i = random.Below(12); i > 0; --i) {
      const std::string_view piece = kPieces[random.Below(std::size(kPieces))];
      text += piece;
      want += piece;
      if (random.Below(2) == 0) continue;
      const auto& [type, value] = kValues[random.Below(std::size(kValues))];
      std::string& tag = tags[value];
      if (tag.empty()) tag = std::string(type) + "_" + std::to_string(++highest[type]);
      text += value;
      want += tag;
      text += " ";
      want += " ";
      ++made.counts[std::string(type)];
    }
    made.conversation.messages.push_back({Role::kUser, text});
    made.want.push_back(want);
  }
  return made;
}

TEST(Redactor, ReplacesSpansAndNothingElseAndNothingTheSecondTime) {
  const Redactor redactor = Redactor::Create({}).value();
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    Assembled made = Assemble(random);
    const auto released = redactor.Redact(made.conversation, {}).value();
    ASSERT_EQ(Texts(released), made.want);
    EXPECT_EQ(released.redacted(), !made.counts.empty());
    std::map<std::string, int64_t> counts;
    for (const auto& message : released.messages()) {
      for (const RedactionCount& count : message.redactions) counts[count.type] += count.count;
    }
    EXPECT_EQ(counts, made.counts);
    RawConversation again = made.conversation;
    again.redacted = released.redacted();
    for (size_t i = 0; i < again.messages.size(); ++i) again.messages[i].content = made.want[i];
    const auto twice = redactor.Redact(again, {}).value();
    EXPECT_EQ(Texts(twice), made.want);
    EXPECT_EQ(twice.redacted(), released.redacted());
  }
}

TEST(Redactor, IsTheSameFromManyThreads) {
  const Redactor redactor = Redactor::Create({}).value();
  Random random(5);
  const Assembled made = Assemble(random);
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 50; ++round) {
        if (Texts(redactor.Redact(made.conversation, {}).value()) != made.want) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Redactor, FindsNothingTheSecondTime) {
  for (const std::string text :
       {"a@b.de@c.org", "NAME_1zhang@qq.com", "mary@sunmail.de.joe@x.org"}) {
    SCOPED_TRACE(text);
    const Strings once = Texts(Redacted(Says({text})));
    EXPECT_EQ(Texts(Redacted(Says({once[0]}))), once);
  }
}

}  // namespace
}  // namespace parley
