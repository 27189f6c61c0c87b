#include "release/shard_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace parley {
namespace {

void AddTextOrNull(const std::string& text, BlockBuilder& builder) {
  text.empty() ? builder.Null() : builder.String(text);
}

void AddIntOrNull(const std::optional<int64_t>& value, BlockBuilder& builder) {
  value ? builder.Int(*value) : builder.Null();
}

void AddMessages(const ReleasableConversation& conversation, BlockBuilder& builder) {
  builder.BeginList();
  for (const auto& message : conversation.messages()) {
    builder.BeginStruct().String(message.content).String(NameOf(message.role)).End();
  }
  builder.End();
}

void AddModeration(const Moderation& moderation, BlockBuilder& builder) {
  builder.BeginStruct().BeginStruct();
  for (const bool category : moderation.categories) builder.Bool(category);
  builder.End().BeginStruct();
  for (const double score : moderation.category_scores) builder.Double(score);
  builder.End().Bool(moderation.flagged).End();
}

void AddModerations(const std::vector<std::optional<Moderation>>* moderations,
                    BlockBuilder& builder) {
  if (moderations == nullptr ||
      std::ranges::none_of(*moderations, [](const auto& tags) { return tags.has_value(); })) {
    builder.Null();
    return;
  }
  builder.BeginList();
  for (const auto& moderation : *moderations) {
    moderation ? AddModeration(*moderation, builder) : static_cast<void>(builder.Null());
  }
  builder.End();
}

void AddModerationNotes(const Annotations& annotations, BlockBuilder& builder) {
  builder.BeginList();
  for (const MessageNotes& notes : annotations.messages) {
    const ModerationNote& note = notes.moderation;
    builder.BeginStruct();
    AddTextOrNull(note.by, builder);
    AddTextOrNull(note.version, builder);
    if (note.end == 0) {
      builder.Null().Null();
    } else {
      builder.Int(note.begin).Int(note.end);
    }
    builder.Bool(note.screened);
    AddTextOrNull(note.reason, builder);
    AddTextOrNull(note.other, builder);
    builder.End();
  }
  builder.End();
}

void AddRedactions(const ReleasableConversation& conversation, BlockBuilder& builder) {
  builder.BeginList();
  int64_t index = 0;
  for (const auto& message : conversation.messages()) {
    for (const RedactionCount& redaction : message.redactions) {
      builder.BeginStruct().Int(index).String(redaction.type).Int(redaction.count).End();
    }
    ++index;
  }
  builder.End();
}

}  // namespace

RowBlockBuilder::RowBlockBuilder(Profile profile)
    : profile_(profile), builder_(SchemaOf(profile)) {}

void RowBlockBuilder::Add(const ReleaseRow& row) {
  Check(row.conversation != nullptr, "a row without its conversation");
  builder_.String(row.conversation_id).String(row.model);
  AddMessages(*row.conversation, builder_);
  builder_.Int(row.turn).String(row.language);
  AddModerations(row.moderation, builder_);
  builder_.Bool(row.conversation->redacted());
  if (profile_ == Profile::kExtended) AddExtended(row);
}

void RowBlockBuilder::AddExtended(const ReleaseRow& row) {
  AddTextOrNull(row.day, builder_);
  AddTextOrNull(row.user, builder_);
  AddTextOrNull(row.consent, builder_);
  static const Annotations kNone;
  const Annotations& annotations = row.annotations ? *row.annotations : kNone;
  builder_.BeginList();
  for (const MessageNotes& notes : annotations.messages) {
    builder_.BeginStruct().String(notes.language).Double(notes.language_confidence).End();
  }
  builder_.End().BeginList();
  for (const MessageNotes& notes : annotations.messages) {
    builder_.BeginStruct();
    AddIntOrNull(notes.llama2_tokens, builder_);
    AddIntOrNull(notes.cl100k_tokens, builder_);
    builder_.End();
  }
  builder_.End();
  AddRedactions(*row.conversation, builder_);
  AddIntOrNull(row.duplicate_group, builder_);
  builder_.Int(row.duplicate_group_size);
  row.unjudged_names == nullptr ? static_cast<void>(builder_.Null())
                                : static_cast<void>(builder_.Bool(row.unjudged_names->empty()));
  AddModerationNotes(annotations, builder_);
}

Result<std::unique_ptr<ShardWriter>> ShardWriter::Create(const std::string& path, Profile profile) {
  auto shard = std::unique_ptr<ShardWriter>(new ShardWriter);
  shard->name_ = std::filesystem::path(path).filename().string();
  const TableSchema& schema = SchemaOf(profile);
  shard->writer_ = TRY(ParquetWriter::Create(
      path, schema, {.metadata = {{"huggingface", HuggingFaceMetadata(schema)}}}));
  return shard;
}

Result<ShardInfo> ShardWriter::Close() {
  WrittenTable written = TRY(writer_->Close());
  return ShardInfo{.name = name_,
                   .rows = written.rows,
                   .size_bytes = written.size_bytes,
                   .num_bytes = written.memory_bytes,
                   .sha256 = std::move(written.sha256)};
}

std::string ShardName(int64_t shard, int64_t shard_count) {
  return fmt::format("train-{:05}-of-{:05}.parquet", shard, shard_count);
}

}  // namespace parley
