// A small release to look at from all sides, made in the tests' own folder.

#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "io/file.h"
#include "parley/conversation.h"
#include "release/facts.h"
#include "release/release_files.h"
#include "release/shard_writer.h"
#include "stages/redact/redactor.h"

namespace parley {

/// What a test may want otherwise.
struct SampleOptions {
  Profile profile = Profile::kLmsysChat1m;
  bool redaction_enabled = true;
  std::string last_prompt = "Wie spät ist es?";  ///< In the last row of the second shard.
  std::string last_id = "c4";
  std::string last_model = "alpaca-13b";
  std::string last_language = "German";
  std::string last_consent = {};
  std::string last_language_code = "de";
  std::string input_name = "a.jsonl";
  std::string contact = "erase@sample.example";
};

/// By the one way there is: a redactor, here switched off, since the texts are written as they
/// would leave it.
inline ReleasableConversation AsReleased(std::vector<Message> messages, bool redacted = false) {
  RawConversation raw;
  raw.messages = std::move(messages);
  raw.redacted = redacted;
  Annotations annotations;
  annotations.messages.resize(raw.messages.size());
  return Redactor::Create({.enabled = false}).value().Redact(raw, annotations).value();
}

inline std::string SampleFolder(const std::string& name) {
  // Each test has its own: those of a suite run side by side.
  const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
  const std::string folder = testing::TempDir() + "/parley_release_" + name +
                             (test == nullptr ? "" : std::string("_") + test->name());
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

struct SampleRow {
  std::string id;
  std::string model;
  std::string language;
  std::string code;
  std::vector<Message> messages;
};

inline std::vector<SampleRow> SampleRows(const SampleOptions& options) {
  return {
      {"c1",
       "vicuna-13b",
       "English",
       "en",
       {{Role::kUser, "Hi, write to EMAIL_1."}, {Role::kAssistant, "Done: EMAIL_1."}}},
      {"c2", "vicuna-13b", "English", "en", {{Role::kUser, "Hello"}, {Role::kAssistant, "Hello!"}}},
      {"c3",
       "</script><b>odd|model",
       "unknown",
       "und",
       {{Role::kUser, "x = 1"},
        {Role::kAssistant, "y = 2"},
        {Role::kUser, "z?"},
        {Role::kAssistant, "3"}}},
      {options.last_id,
       options.last_model,
       options.last_language,
       options.last_language_code,
       {{Role::kUser, options.last_prompt}, {Role::kAssistant, "Zwölf Uhr."}}}};
}

/// Writes two shards of two rows under `folder`/data, and everything beside them.
inline ReleaseFacts WriteSampleRelease(const std::string& folder, const SampleOptions& options) {
  std::filesystem::create_directories(folder + "/data");
  ReleaseFacts facts;
  facts.profile = options.profile;
  facts.redaction_enabled = options.redaction_enabled;
  if (options.redaction_enabled) facts.redaction_types = {"EMAIL", "URL", "PHONE", "IP"};
  facts.card.name = "Sample \"chats\"";
  facts.card.contact = options.contact;
  facts.program_version = "0.1.0";
  facts.recipe_toml = "order = []\n\n[card]\ncontact = \"" + options.contact + "\"\n\n[input]\n";
  facts.inputs = {
      {.name = options.input_name, .format = "fastchat", .size_bytes = 1234, .sha256 = "00"}};
  facts.stages = {{.name = "normalise", .summary = "Mends texts."}};
  const std::vector<SampleRow> rows = SampleRows(options);
  Moderation moderation;
  moderation.category_scores[3] = 0.125;
  const std::vector<std::optional<Moderation>> moderations = {moderation, std::nullopt};
  for (int64_t shard = 0; shard < 2; ++shard) {
    RowBlockBuilder builder(options.profile);
    for (int64_t i = 2 * shard; i < 2 * shard + 2; ++i) {
      const SampleRow& sample = rows[static_cast<size_t>(i)];
      const ReleasableConversation conversation = AsReleased(sample.messages, i == 0);
      Annotations annotations;
      for (const Message& message : sample.messages) {
        annotations.messages.push_back(
            {.language = sample.code,
             .language_confidence = 0.5,
             .llama2_tokens = static_cast<int64_t>(message.content.size()),
             .cl100k_tokens = static_cast<int64_t>(message.content.size()) / 2});
      }
      ReleaseRow row = {.conversation_id = sample.id,
                        .model = sample.model,
                        .language = sample.language,
                        .turn = static_cast<int64_t>(sample.messages.size()) / 2,
                        .conversation = &conversation,
                        .annotations = &annotations,
                        .day = "2023-04-2" + std::to_string(i)};
      if (i == 3) row.consent = options.last_consent;
      if (i == 1) row.moderation = &moderations;
      builder.Add(row);
      facts.statistics.AddRow(row);
      facts.statistics.AddOutcome("kept", "", "");
    }
    auto writer = ShardWriter::Create(folder + "/data/" + ShardName(shard, 2), options.profile);
    Check(writer && (*writer)->Append(builder.Finish()), "no sample shard");
    facts.shards.push_back((*writer)->Close().value());
  }
  facts.statistics.AddOutcome("bad", "read", "not_json");
  facts.statistics.AddOutcome("dropped", "message_length", "too_long");
  Check(WriteReleaseFiles(folder, facts).has_value(), "no sample release");
  return facts;
}

}  // namespace parley
