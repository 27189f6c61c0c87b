#include <gtest/gtest.h>

#include "stages/stage_functions.h"
#include "stages/stage_testing.h"

namespace parley {
namespace {

constexpr std::string_view kFastChatText =
    "**NETWORK ERROR DUE TO HIGH TRAFFIC. PLEASE REGENERATE OR REFRESH THIS PAGE.**";

TEST(ServiceErrorsStage, FindsWhatServicesWriteWhereAnAnswerShouldBe) {
  const struct {
    std::string content;
    Verdict want;
  } cases[] = {
      {std::string(kFastChatText) + "\n\n(error_code: 50004)", Drop({"network_error"})},
      {"Half an answer, then\n\n(error_code: 50002)", Drop({"network_error"})},
      {"network error due to high traffic. please regenerate or refresh this page.",
       Drop({"network_error"})},
      {"(error_code: 40303)", Drop({"limit_reached"})},
      {"$MODERATION$ YOUR INPUT VIOLATES OUR CONTENT MODERATION GUIDELINES.",
       Drop({"refused_by_service"})},
      {"YOU HAVE REACHED THE CONVERSATION LENGTH LIMIT. PLEASE CLEAR HISTORY AND START A NEW "
       "CONVERSATION.",
       Drop({"limit_reached"})},
      {"A network error can have many causes: high traffic is one.", kKeep},
      {"Print \"error_code: 50004\" on the page.", kKeep},
      {"", kKeep},
  };
  const auto filter = MakeFilter(ServiceErrorsStage());
  for (const auto& [content, want] : cases) {
    EXPECT_EQ(filter->Judge(AssistantSays(content)).value(), want) << content;
  }
}

TEST(ServiceErrorsStage, LetsAUserQuoteAnErrorUnlessAllMessagesAreAsked) {
  EXPECT_EQ(MakeFilter(ServiceErrorsStage())->Judge(UserSays(kFastChatText)).value(), kKeep);
  EXPECT_EQ(MakeFilter(ServiceErrorsStage(), {{"all_messages", true}})
                ->Judge(UserSays(kFastChatText))
                .value(),
            Drop({"network_error"}));
}

TEST(ServiceErrorsStage, JoinsMessagesWithNothingBetweenAsFastChatDoes) {
  const auto filter =
      MakeFilter(ServiceErrorsStage(), {{"known", false},
                                        {"all_messages", true},
                                        {"texts", std::vector<std::string>{"out of order"}}});
  EXPECT_EQ(
      filter->Judge(Conversation({{Role::kUser, "We are OUT of"}, {Role::kAssistant, " Order"}}))
          .value(),
      Drop({"named_text"}));
  EXPECT_EQ(filter->Judge(AssistantSays(kFastChatText)).value(), kKeep) << "known ones are off";
}

TEST(ServiceErrorsStage, RefusesAnEmptyText) {
  EXPECT_NE(Objection(ServiceErrorsStage(), {{"texts", std::vector<std::string>{""}}}), "");
}

}  // namespace
}  // namespace parley
