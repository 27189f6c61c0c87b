#include "release/shard_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "formats/parquet_table.h"
#include "io/digest.h"
#include "stages/redact/redactor.h"

namespace parley {
namespace {

std::string FreshFolder(const std::string& name) {
  const std::string folder = testing::TempDir() + "/parley_shard_" + name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

// By the only way there is: a redactor that is switched off.
ReleasableConversation Releasable(std::vector<Message> messages, bool redacted = false) {
  RawConversation raw;
  raw.messages = std::move(messages);
  raw.redacted = redacted;
  Annotations annotations;
  annotations.messages.resize(raw.messages.size());
  return Redactor::Create({.enabled = false}).value().Redact(raw, annotations).value();
}

const std::vector<Message> kGreeting = {{Role::kUser, "Hallo"}, {Role::kAssistant, "Guten Tag"}};

ReleaseRow RowOf(const ReleasableConversation& conversation) {
  return {.conversation_id = "c1",
          .model = "vicuna-13b",
          .language = "German",
          .turn = 1,
          .conversation = &conversation};
}

TEST(ShardWriter, WritesTheColumnsOfLmsysChat1m) {
  const std::string path = FreshFolder("lmsys") + "/0.parquet";
  const ReleasableConversation conversation = Releasable(kGreeting, true);
  Moderation moderation;
  moderation.categories[1] = true;
  moderation.category_scores[10] = 0.25;
  moderation.flagged = true;
  const std::vector<std::optional<Moderation>> moderations = {moderation, std::nullopt};
  ReleaseRow row = RowOf(conversation);
  RowBlockBuilder builder(Profile::kLmsysChat1m);
  builder.Add(row);
  row.moderation = &moderations;
  builder.Add(row);
  EXPECT_EQ(builder.rows(), 2);
  auto writer = ShardWriter::Create(path, Profile::kLmsysChat1m).value();
  ASSERT_TRUE(writer->Append(builder.Finish()));
  const ShardInfo info = writer->Close().value();
  EXPECT_EQ(info.name, "0.parquet");
  EXPECT_EQ(info.rows, 2);
  EXPECT_EQ(info.sha256, Sha256OfFile(path).value());

  const auto table = ParquetTable::Open(path).value();
  EXPECT_EQ(table->schema(), SchemaOf(Profile::kLmsysChat1m));
  const TableBlock block = table->Read(0).value();
  EXPECT_EQ(block.At(0, 0).String(), "c1");
  EXPECT_EQ(block.At(1, 0).String(), "vicuna-13b");
  const TableValue messages = block.At(2, 0);
  ASSERT_EQ(messages.size(), 2);
  EXPECT_EQ(messages.Element(1).Field(0).String(), "Guten Tag");
  EXPECT_EQ(messages.Element(1).Field(1).String(), "assistant");
  EXPECT_EQ(block.At(3, 0).Int(), 1);
  EXPECT_EQ(block.At(4, 0).String(), "German");
  EXPECT_TRUE(block.At(5, 0).is_null());
  EXPECT_TRUE(block.At(6, 0).Bool());
  const TableValue known = block.At(5, 1);
  ASSERT_EQ(known.size(), 2);
  EXPECT_FALSE(known.Element(0).Field(0).Field(0).Bool());
  EXPECT_TRUE(known.Element(0).Field(0).Field(1).Bool());
  EXPECT_EQ(known.Element(0).Field(1).Field(10).Double(), 0.25);
  EXPECT_TRUE(known.Element(0).Field(2).Bool());
  EXPECT_TRUE(known.Element(1).is_null());
}

TEST(ShardWriter, ExtendedAddsWhatWasFoundOut) {
  const std::string path = FreshFolder("extended") + "/0.parquet";
  const ReleasableConversation conversation = Releasable(kGreeting);
  Annotations annotations;
  annotations.messages = {{.language = "de", .language_confidence = 0.5, .cl100k_tokens = 2},
                          {.language = "und", .llama2_tokens = 5, .cl100k_tokens = 3}};
  ReleaseRow row = RowOf(conversation);
  row.annotations = &annotations;
  row.day = "2023-04-24";
  row.user = "ab12";
  row.duplicate_group = 9;
  row.duplicate_group_size = 2;
  const std::vector<std::string> unjudged = {"de"};
  row.unjudged_names = &unjudged;
  RowBlockBuilder builder(Profile::kExtended);
  builder.Add(row);
  builder.Add(RowOf(conversation));
  auto writer = ShardWriter::Create(path, Profile::kExtended).value();
  ASSERT_TRUE(writer->Append(builder.Finish()));
  ASSERT_TRUE(writer->Close());

  const auto table = ParquetTable::Open(path).value();
  const TableBlock block =
      table
          ->Read(0, {"day", "user", "consent", "message_languages", "message_tokens", "redactions",
                     "duplicate_group", "duplicate_group_size", "names_judged", "moderation_notes"})
          .value();
  EXPECT_EQ(block.At(0, 0).String(), "2023-04-24");
  EXPECT_EQ(block.At(1, 0).String(), "ab12");
  EXPECT_TRUE(block.At(2, 0).is_null());
  EXPECT_EQ(block.At(3, 0).Element(0).Field(0).String(), "de");
  EXPECT_EQ(block.At(3, 0).Element(0).Field(1).Double(), 0.5);
  EXPECT_EQ(block.At(4, 0).Element(0).Field(0).OptionalInt(), std::nullopt);
  EXPECT_EQ(block.At(4, 0).Element(1).Field(0).Int(), 5);
  EXPECT_EQ(block.At(4, 0).Element(1).Field(1).Int(), 3);
  EXPECT_EQ(block.At(5, 0).size(), 0);
  EXPECT_EQ(block.At(6, 0).Int(), 9);
  EXPECT_EQ(block.At(7, 0).Int(), 2);
  EXPECT_TRUE(block.At(0, 1).is_null());
  EXPECT_TRUE(block.At(6, 1).is_null());
  EXPECT_EQ(block.At(7, 1).Int(), 1);
  EXPECT_FALSE(block.At(8, 0).Bool());
  EXPECT_TRUE(block.At(8, 1).is_null());
}

TEST(ShardWriter, EqualRowsGiveEqualBytesWhereverTheyAreWritten) {
  const ReleasableConversation conversation = Releasable(kGreeting);
  const auto write = [&](const std::string& folder) {
    RowBlockBuilder builder(Profile::kLmsysChat1m);
    auto writer = ShardWriter::Create(folder + "/x.parquet", Profile::kLmsysChat1m).value();
    for (int block = 0; block < 3; ++block) {
      for (int i = 0; i <= block; ++i) builder.Add(RowOf(conversation));
      EXPECT_TRUE(writer->Append(builder.Finish()));
    }
    return writer->Close().value();
  };
  const ShardInfo first = write(FreshFolder("equal1"));
  const ShardInfo second = write(FreshFolder("equal2"));
  EXPECT_EQ(first.rows, 6);
  EXPECT_EQ(first.sha256, second.sha256);
  EXPECT_EQ(first.num_bytes, second.num_bytes);
}

TEST(ShardName, HasFiveDigitsTwice) { EXPECT_EQ(ShardName(2, 10), "train-00002-of-00010.parquet"); }

TEST(Profile, IsFoundByItsName) {
  EXPECT_EQ(ProfileNamed("extended").value(), Profile::kExtended);
  EXPECT_EQ(ProfileNamed("lmsys-chat-1m").value(), Profile::kLmsysChat1m);
  EXPECT_THAT(ProfileNamed("wide").error().message, testing::HasSubstr("extended"));
}

TEST(Profile, WritesListsAsOldAndNewDatasetsReadThem) {
  const TableSchema schema = {
      {.name = "id"},
      {.name = "turns",
       .kind = ColumnKind::kList,
       .children = {{.name = "element",
                     .kind = ColumnKind::kStruct,
                     .children = {{.name = "n", .kind = ColumnKind::kInt64}}}}}};
  EXPECT_EQ(HuggingFaceMetadata(schema),
            R"({"info":{"features":{"id":{"dtype":"string","_type":"Value"},)"
            R"("turns":[{"n":{"dtype":"int64","_type":"Value"}}]}}})");
  EXPECT_EQ(FeaturesYaml(schema, 2),
            "  - name: id\n"
            "    dtype: string\n"
            "  - name: turns\n"
            "    list:\n"
            "    - name: n\n"
            "      dtype: int64\n");
}

}  // namespace
}  // namespace parley
