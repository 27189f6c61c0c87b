#include "curate/moderate.h"

#include <gtest/gtest.h>

#include <string>

namespace parley {
namespace {

// Flags what holds "bad"; has no answer to "?".
class Source final : public ModerationSource {
 public:
  Result<std::vector<ModerationAnswer>> Judge(
      std::span<const ModerationText> texts) const override {
    std::vector<ModerationAnswer> answers;
    for (const ModerationText& text : texts) {
      ++judged_;
      if (text.text == "fail") return Fail(Code::kIo, "no more");
      ModerationAnswer& answer = answers.emplace_back();
      answer.note.by = "embedded";
      if (text.text == "?") {
        answer.note = {.reason = "no answer"};
        continue;
      }
      answer.tags.emplace();
      answer.tags->flagged = text.text.find("bad") != std::string_view::npos;
    }
    return answers;
  }
  std::string version() const override { return "1"; }
  int64_t judged() const { return judged_; }

 private:
  mutable int64_t judged_ = 0;
};

struct Entry {
  Message message;
  std::optional<Moderation> tags = {};
  ModerationNote note = {};
};

Status Moderate(const ModerationStep& step, std::vector<Entry>& entries) {
  std::vector<ModerationMessage> messages;
  for (Entry& entry : entries) {
    messages.push_back({.released = entry.message.content,
                        .message = &entry.message,
                        .tags = &entry.tags,
                        .note = &entry.note});
  }
  return ModerateMessages(step, messages);
}

std::vector<Entry> Three() {
  Moderation flagged;
  flagged.flagged = true;
  return {{.message = {.content = "a bad one"}},
          {.message = {.content = "good"}, .tags = flagged},
          {.message = {.content = "?"}}};
}

TEST(ModerateMessages, CarriesWhatTheSourceHasAndJudgesTheRest) {
  const auto source = std::make_shared<const Source>();
  std::vector<Entry> entries = Three();
  ASSERT_TRUE(Moderate({.backend = "embedded", .source = source}, entries));
  EXPECT_EQ(source->judged(), 2);
  EXPECT_TRUE(entries[0].tags->flagged);
  EXPECT_EQ(entries[0].note.by, "embedded");
  EXPECT_TRUE(entries[1].tags->flagged);
  EXPECT_EQ(entries[1].note.by, "source");
  EXPECT_FALSE(entries[2].tags);
  EXPECT_EQ(entries[2].note.reason, "no answer");
}

TEST(ModerateMessages, JudgesAllAnewIfAskedTo) {
  std::vector<Entry> entries = Three();
  const auto source = std::make_shared<const Source>();
  ASSERT_TRUE(Moderate({.backend = "embedded", .carry = false, .source = source}, entries));
  EXPECT_EQ(source->judged(), 3);
  EXPECT_FALSE(entries[1].tags->flagged);
}

TEST(ModerateMessages, WithoutAJudgeTagsAreCarriedOrLeftOut) {
  std::vector<Entry> entries = Three();
  ASSERT_TRUE(Moderate({.backend = "carry"}, entries));
  EXPECT_FALSE(entries[0].tags);
  EXPECT_EQ(entries[0].note.reason, "not judged");
  EXPECT_TRUE(entries[1].tags);
  entries = Three();
  ASSERT_TRUE(Moderate({.backend = "none"}, entries));
  for (const Entry& entry : entries) {
    EXPECT_FALSE(entry.tags);
    EXPECT_EQ(entry.note.reason, "not wanted");
  }
}

TEST(ModerateMessages, FailsAsItsSourceDoes) {
  std::vector<Entry> entries = {{.message = {.content = "fail"}}};
  const auto failed =
      Moderate({.backend = "endpoint", .source = std::make_shared<const Source>()}, entries);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message, "no more");
  EXPECT_FALSE(entries[0].tags);
}

TEST(MovePlaces, CountBytesOfTheReleasedText) {
  Redaction redaction;
  // Five bytes become seven: what stands behind them moves by two.
  redaction.spans = {{{.begin = 0, .end = 5, .type = "EMAIL", .tag = "EMAIL_1"}}, {}};
  Annotations annotations;
  annotations.messages.resize(2);
  annotations.messages[0].moderation = {.by = "embedded", .begin = 6, .end = 20};
  annotations.messages[1].moderation = {.by = "embedded", .begin = 3, .end = 9};
  MovePlaces(redaction, annotations);
  EXPECT_EQ(annotations.messages[0].moderation.begin, 8);
  EXPECT_EQ(annotations.messages[0].moderation.end, 22);
  EXPECT_EQ(annotations.messages[1].moderation.begin, 3);
}

}  // namespace
}  // namespace parley
