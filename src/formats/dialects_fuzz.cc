// Every dialect over arbitrary bytes: none may fail otherwise than by its `Status`.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "formats/dialect.h"
#include "text/json.h"
#include "text/utf8.h"

namespace {

using namespace parley;

void CheckWhole(const ParsedRecord& parsed, JsonParser& parser) {
  Check(parsed.reasons.size() == parsed.conversations.size(), "a reason for each conversation");
  for (const RawConversation& conversation : parsed.conversations) {
    Check(conversation.moderation.empty() ||
              conversation.moderation.size() == conversation.messages.size(),
          "moderation is one entry a message");
    for (const Message& message : conversation.messages) {
      Check(IsValidUtf8(message.content), "a text is UTF-8");
    }
    if (conversation.extra.empty()) continue;
    const auto extra = parser.Parse(conversation.extra);
    // It may lie a few levels deeper than the record did, and so too deep.
    Check(extra ? extra->is_object() : extra.error().message.starts_with("nested"),
          "extra is a JSON object");
  }
}

std::vector<std::unique_ptr<Dialect>> Readers() {
  std::vector<std::unique_ptr<Dialect>> readers;
  const DialectOptions options{
      .oasst_paths = "best",
      .mapped_fields = {{"messages", "/messages"}, {"role", "/role"}, {"content", "/content"}}};
  for (const DialectInfo& info : DialectCatalogue()) {
    readers.push_back(info.make(options));
    readers.push_back(info.make({}));
  }
  return readers;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto readers = Readers();
  static ParsedRecord parsed;  // Used again, as a run does.
  static JsonParser parser;
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  for (const DialectInfo& info : DialectCatalogue()) {
    const double score = info.recognise(json);
    Check(score >= 0 && score <= 1, "a score is 0 to 1");
  }
  for (const auto& reader : readers) {
    const Status read = reader->Parse({.json = json}, parsed);
    Check(read.has_value() || parsed.conversations.empty(), "an error leaves no conversation");
    CheckWhole(parsed, parser);
  }
  return 0;
}
