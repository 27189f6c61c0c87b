// Any other log: a recipe says by JSON pointers where the fields stand (see `mapped_fields.h`).
//
// What no pointer names goes into `extra`, each field at its place; what a pointer names does not.

#include <algorithm>

#include "formats/dialects.h"
#include "formats/json_values.h"
#include "formats/mapped_fields.h"
#include "formats/message_json.h"

namespace parley {
namespace {

// A key as a step of a JSON pointer.
std::string Step(std::string_view key) {
  std::string step = "/";
  for (const char c : key) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

// What `value`, which stands at `place`, holds that no pointer names, as JSON. Empty if nothing.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the longest pointer.
std::string LeftoverOf(JsonElement value, const std::string& place,
                       const std::vector<std::string_view>& pointers) {
  if (value.is_null() || std::ranges::find(pointers, place) != pointers.end()) return {};
  const bool holds_named = std::ranges::any_of(
      pointers, [&](std::string_view pointer) { return pointer.starts_with(place + "/"); });
  const auto object = ObjectOf(value);
  if (!object || !holds_named) return ToJson(value);
  std::string json;
  for (const auto field : *object) {
    const std::string inner = LeftoverOf(field.value, place + Step(field.key), pointers);
    if (inner.empty()) continue;
    json += json.empty() ? '{' : ',';
    AppendJsonString(json, field.key);
    json += ':' + inner;
  }
  return json.empty() ? json : json + '}';
}

class MappedReader final : public Dialect {
 public:
  explicit MappedReader(Result<MappedFields> fields) : fields_(std::move(fields)) {
    if (!fields_) return;
    record_pointers_ = fields_->Pointers(false);
    message_pointers_ = fields_->Pointers(true);
  }

  Status Parse(const Record& record, ParsedRecord& parsed) override {
    parsed.Reset(0);
    if (!fields_) return std::unexpected(fields_.error());
    const auto root = parser_.Parse(record.json);
    if (!root) return std::unexpected(root.error());
    parsed.Reset(1);
    parsed.repaired_utf8 = parser_.repaired();
    leftovers_.Clear();
    RawConversation& conversation = parsed.conversations[0];
    parsed.reasons[0] = ReadMessages(*root, {parsed, conversation, leftovers_});
    Describe(*root, conversation);
    conversation.extra = leftovers_.Json();
    return {};
  }

 private:
  std::string TextAt(JsonElement root, std::string_view field) const {
    const auto value = fields_->Find(root, field);
    return value ? ScalarText(*value) : std::string();
  }

  void Describe(JsonElement root, RawConversation& conversation) {
    conversation.id = TextAt(root, "id");
    conversation.model = TextAt(root, "model");
    conversation.user = TextAt(root, "user");
    conversation.language = TextAt(root, "language");
    conversation.consent = TextAt(root, "consent");
    conversation.event = TextAt(root, "event");
    if (const auto time = fields_->Find(root, "time")) conversation.time_micros = MomentOf(*time);
    if (!conversation.time_micros) conversation.time_micros = NewestMessageMoment(conversation);
    const auto object = ObjectOf(root);
    if (!object) return;
    for (const auto field : *object) {
      const std::string json = LeftoverOf(field.value, Step(field.key), record_pointers_);
      if (!json.empty()) leftovers_.AddJson(field.key, json);
    }
  }

  Reason ReadMessages(JsonElement root, Draft draft) {
    const auto system = fields_->Find(root, "system");
    if (system) AppendText(*system, Role::kSystem, draft);
    if (fields_->PointerOf("messages").empty()) return ReadTurn(root, draft);
    const auto found = fields_->Find(root, "messages");
    const auto list = found ? ArrayOf(Unwrapped(*found, lists_)) : std::nullopt;
    if (!list || list->size() == 0) return kNoMessages;
    Reason first = {};
    int64_t place = 0;
    for (const JsonElement message : *list) {
      const Reason reason = ReadMessage(message, place++, draft);
      if (first.name.empty()) first = reason;
    }
    return first;
  }

  Reason ReadTurn(JsonElement root, Draft draft) {
    const auto prompt = fields_->Find(root, "prompt");
    const auto response = fields_->Find(root, "response");
    if (prompt) AppendText(*prompt, Role::kUser, draft);
    if (response) AppendText(*response, Role::kAssistant, draft);
    return prompt || response ? Reason{} : kNoMessages;
  }

  Reason ReadMessage(JsonElement element, int64_t place, Draft draft) {
    const auto role = RoleAt(element, place);
    if (!role) return kUnknownRole;
    const bool has_pointer = !fields_->PointerOf("content").empty();
    const size_t index = draft.next_index();
    const auto content = has_pointer ? fields_->Find(element, "content") : element;
    Message& message = draft.parsed.AddMessage(draft.conversation, *role, "");
    if (content) AppendContent(*content, index, message.content, draft.extra);
    if (const auto time = fields_->Find(element, "message_time")) {
      message.sent_micros = MomentOf(*time);
    }
    const auto object = ObjectOf(element);
    if (!object || !has_pointer) return {};
    for (const auto field : *object) {
      const std::string json = LeftoverOf(field.value, Step(field.key), message_pointers_);
      if (!json.empty()) draft.extra.AddJsonToMessage(index, field.key, json);
    }
    return {};
  }

  std::optional<Role> RoleAt(JsonElement element, int64_t place) const {
    if (fields_->PointerOf("role").empty()) {
      return place % 2 == 0 ? Role::kUser : Role::kAssistant;
    }
    const auto role = fields_->Find(element, "role");
    return role ? fields_->RoleOf(ScalarText(*role)) : std::nullopt;
  }

  static void AppendText(JsonElement content, Role role, Draft draft) {
    const size_t index = draft.next_index();
    Message& message = draft.parsed.AddMessage(draft.conversation, role, "");
    AppendContent(content, index, message.content, draft.extra);
  }

  Result<MappedFields> fields_;
  std::vector<std::string_view> record_pointers_;
  std::vector<std::string_view> message_pointers_;
  JsonParser parser_;
  JsonParser lists_;
  LeftoverFields leftovers_;
};

}  // namespace

DialectInfo MappedDialect() {
  return {.name = "mapped",
          .summary = "Any other JSONL or Parquet; a recipe says where its fields stand.",
          .recognise = [](std::string_view) { return 0.0; },
          .make = [](const DialectOptions& options) -> std::unique_ptr<Dialect> {
            return std::make_unique<MappedReader>(MappedFields::Create(options));
          }};
}

}  // namespace parley
