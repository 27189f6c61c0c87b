// For tests of dialects: one record read, and shown as lines.

#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "formats/dialect.h"

namespace parley {

/// The record read by the dialect, which must succeed.
inline ParsedRecord ReadAs(std::string_view dialect, std::string_view json,
                           const DialectOptions& options = {}) {
  ParsedRecord parsed;
  auto reader = MakeDialect(dialect, options);
  EXPECT_TRUE(reader.has_value());
  if (!reader) return parsed;
  const Status read = (*reader)->Parse({.json = json}, parsed);
  EXPECT_TRUE(read.has_value()) << (read ? "" : read.error().message);
  return parsed;
}

/// A sample of tests/corpus/dialects, such as "openai.log".
inline std::string SampleNamed(std::string_view name) {
  std::ifstream file(std::string(PARLEY_SOURCE_FOLDER "/tests/corpus/dialects/") +
                     std::string(name) + ".json");
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << "no sample " << name;
  return text.str();
}

inline ParsedRecord ReadSample(std::string_view name, const DialectOptions& options = {}) {
  return ReadAs(name.substr(0, name.find('.')), SampleNamed(name), options);
}

/// "user: Hi", "assistant: Hello", …
inline std::vector<std::string> Said(const RawConversation& conversation) {
  std::vector<std::string> lines;
  for (const Message& message : conversation.messages) {
    lines.push_back(std::string(NameOf(message.role)) + ": " + message.content);
  }
  return lines;
}

/// The error's message with which the dialect refuses the record.
inline std::string Refusal(std::string_view dialect, std::string_view json) {
  ParsedRecord parsed;
  const Status read = MakeDialect(dialect, {}).value()->Parse({.json = json}, parsed);
  EXPECT_TRUE(parsed.conversations.empty());
  return read ? "" : read.error().message;
}

}  // namespace parley
