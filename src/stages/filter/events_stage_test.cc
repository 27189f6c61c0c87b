#include <gtest/gtest.h>

#include "stages/stage_functions.h"
#include "stages/stage_testing.h"

namespace parley {
namespace {

TEST(EventsStage, KeepsTheEventsNamedOrAll) {
  RawConversation vote = UserSays("Which?");
  vote.event = "leftvote";
  const Settings chat_only = {{"types", std::vector<std::string>{"chat", "flag"}}};
  EXPECT_EQ(MakeFilter(EventsStage())->Judge(vote).value(), kKeep);
  EXPECT_EQ(MakeFilter(EventsStage(), chat_only)->Judge(vote).value(), Drop({"other_event"}));
  vote.event = "flag";
  EXPECT_EQ(MakeFilter(EventsStage(), chat_only)->Judge(vote).value(), kKeep);
  vote.event = "";
  EXPECT_EQ(MakeFilter(EventsStage(), chat_only)->Judge(vote).value(), Drop({"other_event"}));
}

}  // namespace
}  // namespace parley
