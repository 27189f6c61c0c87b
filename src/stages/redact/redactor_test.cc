#include "stages/redact/redactor.h"

#include <gtest/gtest.h>

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
