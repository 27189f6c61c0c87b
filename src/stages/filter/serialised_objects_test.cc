#include "stages/filter/serialised_objects.h"

#include <gtest/gtest.h>

#include "stages/stage_functions.h"
#include "stages/stage_testing.h"

namespace parley {
namespace {

TEST(SerialisedAs, TellsObjectsFromWords) {
  const struct {
    std::string_view text;
    Serialisation want;
  } cases[] = {
      {"[object Object]", Serialisation::kJavaScript},
      {" [object Object],[object Object]\n", Serialisation::kJavaScript},
      {"[object Promise]", Serialisation::kJavaScript},
      {"[object Object] is what I see", Serialisation::kNone},
      {"Why does it print [object Object]?", Serialisation::kNone},
      {"[object of desire]", Serialisation::kNone},
      {"[object Object],", Serialisation::kNone},
      {"<__main__.Reply object at 0x7f3c2a1b5d60>", Serialisation::kPython},
      {"<generator object stream at 0x10a2b3c40>", Serialisation::kPython},
      {"<function answer at 0x7F00>", Serialisation::kPython},
      {"<bound method Chat.say of <chat.Chat object at 0x7f3c>>", Serialisation::kPython},
      {"<p>Meet me at 0x7f</p>", Serialisation::kNone},
      {"<p>A</p>", Serialisation::kNone},
      {"<a at 0xyz>", Serialisation::kNone},
      {"{'role': 'user', 'content': 'Hello'}", Serialisation::kMessage},
      {"[{'role': 'user', 'content': 'Hello'}, {'role': 'assistant', 'content': 'Hi'}]",
       Serialisation::kMessage},
      {"{'content': 'Hello', 'role': 'user'}", Serialisation::kMessage},
      {"{\"role\": \"user\", \"content\": \"Hello\"}", Serialisation::kNone},
      {"{'role': 'admin'}", Serialisation::kNone},
      {"{'role': 'user', 'content': 'Hello'} is a message", Serialisation::kNone},
      {"", Serialisation::kNone},
      {"<", Serialisation::kNone},
      {"[", Serialisation::kNone},
      {"<>", Serialisation::kNone},
  };
  for (const auto& [text, want] : cases) EXPECT_EQ(SerialisedAs(text), want) << text;
}

TEST(SerialisedObjectsStage, DropsByWhatWroteTheObjectButLetsToolsAnswerInThem) {
  const auto filter = MakeFilter(SerialisedObjectsStage());
  EXPECT_EQ(filter->Judge(AssistantSays("[object Object]")).value(), Drop({"javascript_object"}));
  EXPECT_EQ(filter->Judge(UserSays("<a.B object at 0x1>")).value(), Drop({"python_object"}));
  EXPECT_EQ(filter->Judge(UserSays("{'role': 'user', 'content': ''}")).value(),
            Drop({"message_object"}));
  EXPECT_EQ(filter->Judge(Conversation({{Role::kTool, "[object Object]"}})).value(), kKeep);
}

}  // namespace
}  // namespace parley
