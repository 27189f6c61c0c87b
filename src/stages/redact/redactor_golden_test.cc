// tests/golden/redact: conversations and what they become, byte for byte.
// PARLEY_REWRITE_GOLDEN=1 writes the answers anew; the commit explains each line that changed.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "stages/redact/redactor.h"
#include "text/json.h"

namespace parley {
namespace {

struct Input {
  RawConversation conversation;
  Annotations annotations;
};

Input ReadInput(JsonObject object) {
  Input input;
  bool redacted = false;
  if (object["redacted"].get(redacted) == simdjson::SUCCESS) input.conversation.redacted = redacted;
  JsonArray messages;
  EXPECT_EQ(object["messages"].get(messages), simdjson::SUCCESS);
  for (const JsonElement element : messages) {
    JsonObject message;
    EXPECT_EQ(element.get(message), simdjson::SUCCESS);
    const bool user = StringAt(message, "role") == "user";
    input.conversation.messages.push_back(
        {user ? Role::kUser : Role::kAssistant, std::string(StringAt(message, "content"))});
    input.annotations.messages.push_back({.language = std::string(StringAt(message, "language"))});
  }
  return input;
}

std::string ToLine(const ReleasableConversation& released) {
  JsonWriter json;
  json.BeginObject().Key("messages").BeginArray();
  for (const auto& message : released.messages()) {
    json.BeginObject().Key("role").String(NameOf(message.role));
    json.Key("content").String(message.content).Key("redactions").BeginObject();
    for (const RedactionCount& count : message.redactions) json.Key(count.type).Int(count.count);
    json.End().End();
  }
  return json.End().Key("redacted").Bool(released.redacted()).End().text() + "\n";
}

std::string ReadAll(const std::filesystem::path& path) {
  std::ostringstream all;
  all << std::ifstream(path, std::ios::binary).rdbuf();
  return all.str();
}

TEST(RedactorGolden, AnswersAreThoseOfTheFiles) {
  const Redactor redactor = Redactor::Create({}).value();
  const std::filesystem::path folder =
      std::filesystem::path(PARLEY_SOURCE_FOLDER) / "tests/golden/redact";
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".in.jsonl")) continue;
    SCOPED_TRACE(name);
    ++files;
    std::string answers;
    JsonParser parser;
    std::istringstream lines(ReadAll(entry.path()));
    for (std::string line; std::getline(lines, line);) {
      const Input input = ReadInput(parser.Parse(line).value());
      answers += ToLine(redactor.Redact(input.conversation, input.annotations).value());
    }
    const auto out = folder / (name.substr(0, name.size() - 9) + ".out.jsonl");
    if (std::getenv("PARLEY_REWRITE_GOLDEN") != nullptr)
      std::ofstream(out, std::ios::binary) << answers;
    EXPECT_EQ(answers, ReadAll(out));
  }
  EXPECT_GE(files, 4);
}

}  // namespace
}  // namespace parley
