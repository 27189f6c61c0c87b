#include "curate/recipe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parley {
namespace {

using testing::HasSubstr;

TEST(Recipe, PrintedReadsBackEqual) {
  Recipe recipe;
  ASSERT_TRUE(recipe.Set("message_length.max_code_points", "8_000").has_value());
  ASSERT_TRUE(recipe.Set("card.description", "two \"words\"\nand a \\").has_value());
  ASSERT_TRUE(recipe.Set("order", "message_length,shape").has_value());
  for (const bool with_comments : {false, true}) {
    Recipe again;
    const Status read = again.ReadText(recipe.ToToml(with_comments), "printed");
    ASSERT_TRUE(read.has_value()) << Describe(read.error());
    EXPECT_EQ(again.ToToml(false), recipe.ToToml(false));
  }
}

TEST(Recipe, WrongKeyNamesLineAndNearest) {
  Recipe recipe;
  const Status status = recipe.ReadText("[message_length]\n\nmax_codepoints = 3\n", "r.toml");
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().place.line, 3);
  EXPECT_THAT(Describe(status.error()), HasSubstr("r.toml:3"));
  EXPECT_THAT(status.error().message, HasSubstr("nearest: \"max_code_points\""));
}

TEST(Recipe, WrongSectionTypeAndSyntaxAreTold) {
  const struct {
    const char* toml;
    const char* said;
  } cases[] = {
      {"[mesage_length]\n", "nearest: \"message_length\""},
      {"[message_length]\nmax_code_points = \"many\"\n", "a whole number was expected"},
      {"[events]\ntypes = [1]\n", "a list of texts was expected"},
      {"[events\n", ""},
      {"order = [\"shap\"]\n", "nearest: \"shape\""},
  };
  for (const auto& [toml, said] : cases) {
    SCOPED_TRACE(toml);
    const Status status = Recipe().ReadText(toml, "r.toml");
    ASSERT_FALSE(status.has_value());
    EXPECT_THAT(status.error().message, HasSubstr(said));
    EXPECT_GT(status.error().place.line, 0);
  }
}

TEST(Recipe, FlagsSetEveryTypeOfValue) {
  Recipe recipe;
  ASSERT_TRUE(recipe.Set("events.types", "chat,upvote").has_value());
  ASSERT_TRUE(recipe.Set("limits.max_bad_share", "0.25").has_value());
  ASSERT_TRUE(recipe.Set("shape.enabled", "off").has_value());
  EXPECT_EQ(std::get<std::vector<std::string>>(recipe.Section("events").find("types")->second),
            (std::vector<std::string>{"chat", "upvote"}));
  EXPECT_EQ(std::get<double>(recipe.Section("limits").find("max_bad_share")->second), 0.25);
  EXPECT_FALSE(recipe.Enabled("shape"));
  EXPECT_FALSE(recipe.Set("limits.max_bad_share", "much").has_value());
  EXPECT_FALSE(recipe.Set("shape", "on").has_value());
}

TEST(Recipe, AnOptionSwitchesItsStageOn) {
  Recipe recipe;
  ASSERT_TRUE(recipe.Settle().has_value());
  EXPECT_FALSE(recipe.Enabled("consent"));
  ASSERT_TRUE(recipe.ReadText("[consent]\nversions = [\"2\"]\n", "r.toml").has_value());
  ASSERT_TRUE(recipe.Settle().has_value());
  EXPECT_TRUE(recipe.Enabled("consent"));
  EXPECT_FALSE(recipe.Enabled("anonymised"));
}

TEST(Recipe, AnOptionOfWhatWasSwitchedOffIsRefused) {
  const struct {
    const char* name;
    std::vector<std::pair<std::string, std::string>> settings;
    std::string want;
  } cases[] = {
      {"consent",
       {{"consent.enabled", "false"}, {"consent.versions", "2"}},
       "consent.versions is set, but would do nothing: consent.enabled is false"},
      {"a stage that is on by default",
       {{"opt_out.users", "list.txt"}, {"opt_out.enabled", "false"}},
       "opt_out.users is set, but would do nothing: opt_out.enabled is false"},
      {"an option at its default", {{"sample.enabled", "false"}, {"sample.count", "0"}}, ""},
      {"a source described for another format",
       {{"input.format", "openai"}, {"mapped.id", "/id"}},
       "mapped.id is set, but would do nothing: input.format is not \"mapped\""},
      {"a source described", {{"mapped.id", "/id"}, {"input.format", "mapped"}}, ""},
      {"a seed and nothing to choose",
       {{"sample.seed", "7"}},
       "sample.seed is set, but would do nothing: sample.count is 0, which keeps all"},
      {"a seed and a count", {{"sample.seed", "7"}, {"sample.count", "10"}}, ""},
      {"regions of phones that nobody looks for",
       {{"redact.phone_regions", "GB"}, {"redact.types", "EMAIL,IP"}},
       "redact.phone_regions is set, but would do nothing: redact.types has no PHONE"},
      {"regions of phones", {{"redact.phone_regions", "GB"}}, ""},
  };
  for (const auto& [name, settings, want] : cases) {
    SCOPED_TRACE(name);
    Recipe recipe;
    for (const auto& [key, text] : settings) ASSERT_TRUE(recipe.Set(key, text).has_value());
    const Status settled = recipe.Settle();
    EXPECT_EQ(settled ? "" : settled.error().message, want);
  }
}

TEST(Recipe, OrderComesFirstAndNothingIsLost) {
  Recipe recipe;
  const size_t count = recipe.StagesInOrder().size();
  ASSERT_TRUE(recipe.Set("order", "message_length,events").has_value());
  const auto stages = recipe.StagesInOrder();
  EXPECT_EQ(stages.size(), count);
  EXPECT_EQ(stages[0]->name, "message_length");
  EXPECT_EQ(stages[1]->name, "events");
}

TEST(Recipe, EntriesOfReleaseReadBackEqual) {
  Recipe recipe;
  ASSERT_TRUE(recipe
                  .ReadText("[[release]]\nname = \"all\"\nprofile = \"extended\"\n"
                            "[[release]]\nname = \"safe\"\nflagged = \"none\"\n"
                            "languages = [\"English\"]\n[release.card]\nlicence = \"other\"\n"
                            "[card]\nname = \"chats\"\nlicence = \"cc0-1.0\"\n",
                            "r.toml")
                  .has_value());
  ASSERT_TRUE(recipe.Settle().has_value());
  const std::vector<ReleaseEntry> releases = recipe.releases();
  ASSERT_EQ(releases.size(), 2U);
  EXPECT_EQ(releases[0].options.profile, "extended");
  EXPECT_EQ(releases[0].card.licence, "cc0-1.0");
  EXPECT_EQ(releases[0].card.name, "chats-all");
  EXPECT_EQ(releases[1].options.profile, "lmsys-chat-1m");
  EXPECT_EQ(releases[1].selection.flagged, "none");
  EXPECT_EQ(releases[1].selection.languages, std::vector<std::string>{"English"});
  EXPECT_EQ(releases[1].card.licence, "other");
  EXPECT_EQ(releases[1].subfolder(), "/safe");
  for (const bool with_comments : {false, true}) {
    Recipe again;
    const Status read = again.ReadText(recipe.ToToml(with_comments), "printed");
    ASSERT_TRUE(read.has_value()) << Describe(read.error());
    EXPECT_EQ(again.ToToml(false), recipe.ToToml(false));
  }
}

TEST(Recipe, FlagsReachOneEntryOrAll) {
  Recipe recipe;
  ASSERT_TRUE(recipe.ReadText("[[release]]\nname = \"a\"\n[[release]]\nname = \"b\"\n", "r.toml")
                  .has_value());
  ASSERT_TRUE(recipe.Set("release.profile", "extended").has_value());
  ASSERT_TRUE(recipe.Set("release.b.max_turns", "3").has_value());
  ASSERT_TRUE(recipe.Set("release.b.card.name", "mine").has_value());
  const std::vector<ReleaseEntry> releases = recipe.releases();
  EXPECT_EQ(releases[0].options.profile, "extended");
  EXPECT_EQ(releases[1].options.profile, "extended");
  EXPECT_EQ(releases[0].selection.max_turns, 0);
  EXPECT_EQ(releases[1].selection.max_turns, 3);
  EXPECT_EQ(releases[1].card.name, "mine");
  EXPECT_FALSE(recipe.Set("release.c.max_turns", "3").has_value());
  EXPECT_FALSE(recipe.Set("release.b.card.colour", "red").has_value());
}

TEST(Recipe, WrongEntriesOfReleaseAreTold) {
  const struct {
    const char* toml;
    const char* said;
  } cases[] = {
      {"[[release]]\nflagged = \"none\"\n", "cannot be a folder's"},
      {"[[release]]\nname = \"../up\"\n", "cannot be a folder's"},
      {"[[release]]\nname = \"a\"\nflaged = \"none\"\n", "nearest: \"flagged\""},
      {"[[release]]\nname = \"a\"\n[release.card]\nnmae = \"x\"\n", "nearest: \"name\""},
      {"[release]\nflagged = \"none\"\n", "entry of [[release]]"},
      {"[[release]]\nname = \"a\"\n[[release]]\nname = \"a\"\n", "two entries"},
      {"[[release]]\nname = \"a\"\nflagged = \"no\"\n", "[[release]] a: flagged"},
      {"[[release]]\nname = \"a\"\nprofile = \"wide\"\n", "[[release]] a: "},
  };
  for (const auto& [toml, said] : cases) {
    SCOPED_TRACE(toml);
    Recipe recipe;
    Status status = recipe.ReadText(toml, "r.toml");
    if (status) status = recipe.Settle();
    ASSERT_FALSE(status.has_value());
    EXPECT_THAT(status.error().message, HasSubstr(said));
  }
}

TEST(Recipe, TheShippedRecipesAreRight) {
  Recipe recipe;
  const Status read = recipe.Read(PARLEY_SOURCE_FOLDER "/recipes/fastchat.toml");
  ASSERT_TRUE(read.has_value()) << Describe(read.error());
  EXPECT_FALSE(recipe.Enabled("redact"));
  EXPECT_TRUE(recipe.Settle().has_value());

  Recipe safe;
  const Status safe_read = safe.Read(PARLEY_SOURCE_FOLDER "/recipes/safe.toml");
  ASSERT_TRUE(safe_read.has_value()) << Describe(safe_read.error());
  EXPECT_TRUE(safe.Settle().has_value());
  EXPECT_EQ(safe.release_names(), (std::vector<std::string>{"all", "safe"}));
}

}  // namespace
}  // namespace parley
