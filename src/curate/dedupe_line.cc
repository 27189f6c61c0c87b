#include "curate/dedupe_line.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <optional>

namespace parley {
namespace {

constexpr std::array<std::string_view, 3> kIdKeys = {"id", "conversation_id", "conversation_hash"};
constexpr std::array<std::string_view, 3> kListKeys = {"messages", "conversation", "conversations"};
constexpr double kMaxSeconds = 1e11;  // From there on a time is in microseconds.
constexpr double kMaxMicros = 9e18;

enum class Speaker : uint8_t { kUser, kOther };

void TakeId(JsonObject object, DedupeLine& out) {
  out.id_json = "null";
  out.id_text.clear();
  for (const std::string_view key : kIdKeys) {
    JsonElement id;
    if (object[key].get(id) != simdjson::SUCCESS) continue;
    out.id_json.clear();
    AppendJson(out.id_json, id);
    std::string_view text;
    out.id_text = id.get(text) == simdjson::SUCCESS ? std::string(text) : out.id_json;
    return;
  }
}

void TakeTime(JsonObject object, DedupeLine& out) {
  out.time_micros = INT64_MAX;
  double time = 0;
  if (object["time"].get(time) != simdjson::SUCCESS || !(time >= 0)) return;
  if (time < kMaxSeconds) time *= 1e6;
  if (time < kMaxMicros) out.time_micros = std::llround(time);
}

std::string_view RoleOf(JsonElement message) {
  std::string_view role;
  for (const std::string_view key : {"role", "from"}) {
    if (message[key].get(role) == simdjson::SUCCESS) break;
  }
  return role;
}

// Null is an empty text.
std::optional<std::string_view> ContentOf(JsonElement message) {
  for (const std::string_view key : {"content", "value"}) {
    JsonElement content;
    if (message[key].get(content) != simdjson::SUCCESS) continue;
    std::string_view text;
    if (content.get(text) == simdjson::SUCCESS) return text;
    if (content.is_null()) return "";
    return std::nullopt;
  }
  return std::nullopt;
}

template <class Texts>
Status AddMessages(JsonArray messages, DedupeOver over, Texts& units, DedupeLine& out) {
  int64_t number = 0;
  for (const JsonElement message : messages) {
    const auto content = ContentOf(message);
    if (!content) return Invalid(fmt::format("message {} has no string `content`", number));
    ++number;
    const std::string_view role = RoleOf(message);
    const bool by_user = role.empty() || role == "user" || role == "human";
    if (over == DedupeOver::kConversation) {
      units.Add(*content, role.empty() ? 'u' : by_user ? 'u' : role.front());
    } else if (by_user && !(over == DedupeOver::kFirst && out.has_text)) {
      units.Add(*content);
    } else {
      continue;
    }
    out.has_text = true;
  }
  return {};
}

template <class Texts>
Status AddTexts(JsonObject object, DedupeOver over, Texts& units, DedupeLine& out) {
  JsonElement text;
  if (object["text"].get(text) == simdjson::SUCCESS) {
    std::string_view content;
    if (text.get(content) != simdjson::SUCCESS) return Invalid("`text` is no string");
    units.Add(content);
    out.has_text = true;
    return {};
  }
  for (const std::string_view key : kListKeys) {
    JsonArray messages;
    if (object[key].get(messages) == simdjson::SUCCESS) {
      return AddMessages(messages, over, units, out);
    }
  }
  return Invalid("there is neither a string `text` nor a list `messages`");
}

struct JoinedTexts {
  std::string& out;

  void Add(std::string_view text, char /*mark*/ = 0) {
    if (!out.empty()) out += '\n';
    out += text;
  }
};

template <class Texts>
void ReadLine(std::string_view line, DedupeOver over, JsonParser& parser, Texts& texts,
              DedupeLine& out) {
  out.error.clear();
  out.has_text = false;
  const auto root = parser.Parse(line);
  JsonObject object;
  if (!root || root->get(object) != simdjson::SUCCESS) {
    out.id_json = "null";
    out.error = root ? "a JSON object was expected" : root.error().message;
    return;
  }
  TakeId(object, out);
  TakeTime(object, out);
  if (const Status added = AddTexts(object, over, texts, out); !added) {
    out.error = added.error().message;
  }
}

}  // namespace

Result<DedupeOver> DedupeOverFrom(std::string_view name) {
  if (name == "user") return DedupeOver::kUser;
  if (name == "first") return DedupeOver::kFirst;
  if (name == "conversation") return DedupeOver::kConversation;
  return Invalid(fmt::format("over: \"{}\" is neither user nor first nor conversation", name));
}

void ReadDedupeLine(std::string_view line, DedupeOver over, JsonParser& parser, Units& units,
                    DedupeLine& out) {
  ReadLine(line, over, parser, units, out);
}

void ReadDedupeLine(std::string_view line, DedupeOver over, JsonParser& parser, std::string& text,
                    DedupeLine& out) {
  JoinedTexts joined{text};
  ReadLine(line, over, parser, joined, out);
}

}  // namespace parley
