#include "parley/inspect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "formats/scratch_folder.h"

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

constexpr std::string_view kLines =
    R"({"id":"a","conversations":[{"from":"human","value":"Hi"},{"from":"gpt","value":"Ho"}]})"
    "\n"
    R"({"id":2,"model":"m","conversations":[{"from":"human","value":"Hi"}]})"
    "\n"
    R"({"id":3,"conv)"
    "\n"
    R"({"id":null,"conversations":[]})"
    "\n";

const InspectedField* Find(const Inspection& inspection, std::string_view path) {
  const auto found = std::ranges::find(inspection.fields, path, &InspectedField::path);
  return found == inspection.fields.end() ? nullptr : &*found;
}

TEST(InspectFile, CountsWhatIsInAFile) {
  const ScratchFolder folder;
  const Inspection seen = InspectFile(folder.Write("log.jsonl", kLines), {}).value();
  EXPECT_EQ(seen.format, "sharegpt");
  EXPECT_EQ(seen.container, "lines");
  EXPECT_EQ(seen.compression, "plain");
  EXPECT_EQ(seen.records, 4);
  EXPECT_EQ(seen.records_are, "exact");
  EXPECT_EQ(seen.bad_records, 1);
  EXPECT_THAT(seen.first_error, HasSubstr("log.jsonl:3 (byte "));
  EXPECT_EQ(seen.conversations, 3);
  EXPECT_EQ(seen.messages, 3);
  EXPECT_THAT(seen.models, ElementsAre(Pair("", 2), Pair("m", 1)));
  EXPECT_THAT(seen.roles, ElementsAre(Pair("assistant", 1), Pair("user", 2)));
  EXPECT_THAT(seen.reasons, ElementsAre(Pair("no_messages", 1)));
  EXPECT_EQ(seen.shown.size(), 2U);
}

TEST(InspectFile, TellsFieldsWithTheirTypesAndShares) {
  const ScratchFolder folder;
  const Inspection seen = InspectFile(folder.Write("log.jsonl", kLines), {}).value();
  ASSERT_NE(Find(seen, "id"), nullptr);
  EXPECT_EQ(Find(seen, "id")->share, 1);
  EXPECT_THAT(Find(seen, "id")->types,
              ElementsAre(Pair("integer", 1), Pair("null", 1), Pair("string", 1)));
  EXPECT_NEAR(Find(seen, "model")->share, 1.0 / 3, 1e-9);
  EXPECT_EQ(Find(seen, "conversations[].from")->share, 1);
  EXPECT_THAT(Find(seen, "conversations[].from")->types, ElementsAre(Pair("string", 3)));
}

TEST(InspectFile, EstimatesTheRecordsOfALongFile) {
  const ScratchFolder folder;
  std::string lines;
  for (int i = 0; i < 10'000; ++i) {
    lines += R"({"messages":[{"role":"user","content":"Hi"}],"n":)" + std::to_string(1000 + i % 9) +
             "}\n";
  }
  const Inspection seen =
      InspectFile(folder.Write("log.jsonl", lines), {.max_bytes = 10'000}).value();
  EXPECT_EQ(seen.records_are, "estimated");
  EXPECT_LT(seen.records_read, 250);
  EXPECT_EQ(seen.records, 10'000);  // Every line has the same length.
}

TEST(InspectFile, ShowsAFileThatNoReaderKnows) {
  const ScratchFolder folder;
  const Inspection seen =
      InspectFile(folder.Write("x.jsonl", R"({"name":"Ada","age":7})"), {}).value();
  EXPECT_EQ(seen.format, "");
  EXPECT_EQ(seen.unknown_reason, "no reader knows the fields of its records");
  EXPECT_EQ(seen.records, 1);
  EXPECT_THAT(seen.shown, ElementsAre(R"({"name": "Ada", "age": 7})"));
  EXPECT_THAT(InspectionText(seen), HasSubstr("format         none that is known: no reader"));
}

TEST(InspectFile, CutsLongTextsAndLists) {
  const ScratchFolder folder;
  const std::string text(100, 'x');
  const Inspection seen =
      InspectFile(folder.Write("x.jsonl", R"({"t":")" + text + R"(","l":[1,2,3,4,5]})"), {})
          .value();
  EXPECT_THAT(seen.shown, ElementsAre("{\"t\": \"" + std::string(80, 'x') +
                                      "… (100 bytes)\", \"l\": [1, 2, 3, \"… 2 more\"]}"));
}

TEST(InspectFile, BoundsTheFieldsOfATableWithDataForKeys) {
  const ScratchFolder folder;
  std::string line = "{";
  for (int i = 0; i < 400; ++i) line += "\"k" + std::to_string(i) + "\":1,";
  const Inspection seen =
      InspectFile(folder.Write("x.jsonl", line + "\"last\":{\"inner\":2}}"), {}).value();
  EXPECT_EQ(seen.fields.size(), 300U);
  EXPECT_TRUE(seen.fields_left_out);
}

TEST(InspectFile, NamesTheNearestOfAFormatThatIsNone) {
  const ScratchFolder folder;
  const auto seen = InspectFile(folder.Write("x.jsonl", "{}"), {.format = "sharegtp"});
  ASSERT_FALSE(seen.has_value());
  EXPECT_THAT(seen.error().message, HasSubstr("sharegpt"));
}

TEST(InspectionText, ReadsAsAPersonWouldSayIt) {
  const ScratchFolder folder;
  const std::string text =
      InspectionText(InspectFile(folder.Write("log.jsonl", kLines), {}).value());
  EXPECT_THAT(text, HasSubstr("format         sharegpt\n"));
  EXPECT_THAT(text, HasSubstr("container      JSON, one record a line\n"));
  EXPECT_THAT(text, HasSubstr("records        4\n"));
  EXPECT_THAT(text, HasSubstr("messages       3: user 2, assistant 1\n"));
  EXPECT_THAT(text, HasSubstr("models         (none) 2, m 1\n"));
  EXPECT_THAT(text, HasSubstr("unusable       no_messages 1\n"));
}

TEST(InspectionJson, HoldsTheSame) {
  const ScratchFolder folder;
  const std::string json =
      InspectionJson(InspectFile(folder.Write("log.jsonl", kLines), {}).value());
  EXPECT_THAT(json, HasSubstr(R"("format":"sharegpt")"));
  EXPECT_THAT(json, HasSubstr(R"("records":4,"records_are":"exact")"));
  EXPECT_THAT(json, HasSubstr(R"({"path":"model","share":0.3333333333333333,)"));
}

}  // namespace
}  // namespace parley
