#include "formats/dialect_trial.h"

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(MappedReader, FollowsPointersAndTheTableOfRoles) {
  const DialectOptions options{.mapped_fields = {{"id", "/meta/id"},
                                                 {"model", "/meta/engine"},
                                                 {"time", "/meta/at"},
                                                 {"user", "/who"},
                                                 {"messages", "/log/0/turns"},
                                                 {"role", "/by"},
                                                 {"content", "/said/text"},
                                                 {"message_time", "/at"}},
                               .mapped_roles = {{"guest", "user"}, {"oracle", "assistant"}}};
  const RawConversation chat =
      ReadAs("mapped", R"({"meta":{"id":7,"engine":"m","at":"2024-01-01","room":"blue"},"who":"w",
          "log":[{"turns":[{"by":"guest","said":{"text":"Hi","tone":"low"},"at":1704067200},
          {"by":"oracle","said":{"text":["Ho"]},"mood":"fair"},{"by":"system","said":{}}]}]})",
             options)
          .conversations.at(0);
  EXPECT_EQ(chat.id, "7");
  EXPECT_EQ(chat.model, "m");
  EXPECT_EQ(chat.user, "w");
  EXPECT_EQ(chat.time_micros, 1'704'067'200'000'000);
  EXPECT_EQ(chat.messages.at(0).sent_micros, 1'704'067'200'000'000);
  EXPECT_THAT(Said(chat), ElementsAre("user: Hi", "assistant: Ho", "system: "));
  EXPECT_THAT(chat.extra, HasSubstr(R"("meta":{"room":"blue"})"));
  EXPECT_THAT(chat.extra, HasSubstr(R"("message_fields":[{"index":0,"said":{"tone":"low"}},)"
                                    R"({"index":1,"mood":"fair"}])"));
}

TEST(MappedReader, ReadsARowThatIsOneTurn) {
  const ParsedRecord parsed =
      ReadAs("mapped", R"({"q":"Hi","a/b":"Ho","s":"Be kind.","n":1,"z":null})",
             {.mapped_fields = {{"prompt", "/q"}, {"response", "/a~1b"}, {"system", "/s"}}});
  EXPECT_THAT(Said(parsed.conversations.at(0)),
              ElementsAre("system: Be kind.", "user: Hi", "assistant: Ho"));
  EXPECT_EQ(parsed.conversations[0].extra, R"({"n":1})");
}

TEST(MappedReader, LetsMessagesTakeTurnsWhereNoRoleIsSaid) {
  EXPECT_THAT(Said(ReadAs("mapped", R"({"lines":["a","b","c"]})",
                          {.mapped_fields = {{"messages", "/lines"}}})
                       .conversations.at(0)),
              ElementsAre("user: a", "assistant: b", "user: c"));
  EXPECT_THAT(
      Said(ReadAs("mapped", R"({"lines":[["human","a"],["gpt","b"]]})",
                  {.mapped_fields = {{"messages", "/lines"}, {"role", "/0"}, {"content", "/1"}}})
               .conversations.at(0)),
      ElementsAre("user: a", "assistant: b"));
}

TEST(MappedReader, GivesAReasonForWhatItDoesNotFind) {
  const DialectOptions options{.mapped_fields = {{"messages", "/m"}, {"role", "/r"}}};
  EXPECT_EQ(ReadAs("mapped", R"({"x":1})", options).reasons.at(0).name, "no_messages");
  EXPECT_EQ(ReadAs("mapped", R"({"m":[{"r":"sphinx"}]})", options).reasons.at(0).name,
            "unknown_role");
}

TEST(MappedReader, ChecksTheRecipeBeforeAnyRecord) {
  const struct {
    DialectOptions options;
    std::string_view message;
  } cases[] = {
      {{}, "mapped needs a pointer to the messages, or to a prompt and a response"},
      {{.mapped_fields = {{"messages", "m"}}}, "the pointer of \"messages\" must begin with /"},
      {{.mapped_fields = {{"mesages", "/m"}}}, "mapped has no field \"mesages\""},
      {{.mapped_fields = {{"messages", "/m"}}, .mapped_roles = {{"a", "boss"}}},
       "mapped role \"boss\" is no role"}};
  for (const auto& [options, message] : cases) {
    const auto made = MakeDialect("mapped", options);
    ASSERT_FALSE(made.has_value());
    EXPECT_THAT(made.error().message, HasSubstr(message));
  }
}

}  // namespace
}  // namespace parley
