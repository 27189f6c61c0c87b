#include <gtest/gtest.h>

#include "stages/stage_functions.h"
#include "stages/stage_testing.h"

namespace parley {
namespace {

Message User(const char* text = "How?") { return {Role::kUser, text}; }
Message Answer(const char* text = "So.") { return {Role::kAssistant, text}; }
Message System(const char* text = "Be kind.") { return {Role::kSystem, text}; }
Message Tool(const char* text = "21 °C") { return {Role::kTool, text}; }

TEST(ShapeStage, JudgesTheOrderOfMessages) {
  const struct {
    const char* name;
    std::vector<Message> messages;
    Verdict want;
  } cases[] = {
      {"one turn", {User(), Answer()}, kKeep},
      {"two turns", {User(), Answer(), User(), Answer()}, kKeep},
      {"system messages anywhere", {System(), User(), System(), Answer(), System()}, kKeep},
      {"an empty system message", {System(""), User(), Answer()}, kKeep},
      {"a tool's result between", {User(), Tool(), Answer()}, kKeep},
      {"a call, its result, an answer", {User(), Answer(""), Tool(), Answer()}, kKeep},
      {"two calls and an answer",
       {User(), Answer("Let me see."), Tool(), Answer(""), Tool(), Answer()},
       kKeep},
      {"nothing", {}, Drop({"empty"})},
      {"a system message alone", {System()}, Drop({"empty"})},
      {"an empty question", {User(""), Answer()}, Drop({"empty"})},
      {"a blank answer in the middle", {User(), Answer(" \n"), User(), Answer()}, Drop({"empty"})},
      {"an answer first", {Answer(), User(), Answer()}, Drop({"begins_with_answer"})},
      {"two questions", {User(), User(), Answer()}, Drop({"not_alternating"})},
      {"two answers", {User(), Answer(), Answer()}, Drop({"not_alternating"})},
      {"two questions around a tool",
       {User(), Tool(), User(), Answer()},
       Drop({"not_alternating"})},
      {"no answer", {User()}, Drop({"no_answer"})},
      {"no last answer", {User(), Answer(), User()}, Drop({"no_answer"})},
      {"an answer that never came", {User(), Answer("")}, Drop({"no_answer"})},
      {"a call without an answer", {User(), Answer("Let me see."), Tool()}, Drop({"no_answer"})},
  };
  const auto filter = MakeFilter(ShapeStage());
  for (const auto& [name, messages, want] : cases) {
    EXPECT_EQ(filter->Judge(Conversation(messages)).value(), want) << name;
  }
}

}  // namespace
}  // namespace parley
