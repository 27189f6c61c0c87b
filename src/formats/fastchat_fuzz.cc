#include <algorithm>

#include "formats/dialects.h"
#include "text/json.h"
#include "text/utf8.h"

namespace {

using parley::Check;
using parley::ParsedRecord;
using parley::RawConversation;

constexpr std::string_view kOther =
    R"({"type":"tievote","tstamp":1682351100,"ip":"i","models":["a","b"],"extra":1,"states":[)"
    R"({"conv_id":"x","system_message":"s","messages":[["U",["q",["m"]]],["A","a"]]},)"
    R"({"conv_id":"y","model_name":"m","messages":[["U","q"],["A","b"],["U","c"]]}]})";

bool IsObjectOrEmpty(const std::string& text) {
  parley::JsonParser parser;
  return text.empty() || parser.Parse(text).value().is_object();
}

void CheckSound(const ParsedRecord& parsed) {
  Check(parsed.reasons.size() == parsed.conversations.size(), "not one reason a conversation");
  Check(parsed.conversations.empty() != parsed.reason.name.empty(), "nothing, and no reason why");
  for (const RawConversation& conversation : parsed.conversations) {
    for (const parley::Message& message : conversation.messages) {
      Check(parley::IsValidUtf8(message.content), "a text is not UTF-8");
    }
    Check(IsObjectOrEmpty(conversation.extra), "extra is no JSON object");
  }
}

bool Same(const RawConversation& left, const RawConversation& right) {
  const auto same = [](const parley::Message& a, const parley::Message& b) {
    return a.role == b.role && a.content == b.content;
  };
  return left.id == right.id && left.model == right.model && left.user == right.user &&
         left.event == right.event && left.extra == right.extra &&
         left.linked_id == right.linked_id && left.time_micros == right.time_micros &&
         std::ranges::equal(left.messages, right.messages, same);
}

}  // namespace

// What an event gives is sound, and does not depend on the record parsed before it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  const auto dialect = parley::MakeDialect("fastchat", {}).value();
  ParsedRecord fresh;
  if (!dialect->Parse({.json = json}, fresh)) return 0;
  CheckSound(fresh);
  ParsedRecord used;
  Check(dialect->Parse({.json = kOther}, used).has_value(), "the other event is sound");
  Check(dialect->Parse({.json = json}, used).has_value(), "refused the second time");
  Check(std::ranges::equal(fresh.conversations, used.conversations, Same) &&
            fresh.reasons == used.reasons && fresh.reason == used.reason,
        "something of the record before is left");
  return 0;
}
