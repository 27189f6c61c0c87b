// The event logs of FastChat's servers: the Vicuna demo and Chatbot Arena.
//
// A line is an event. A chat, a vote on one answer, a flag or a share holds `state` and `model`; a
// vote between two holds `states` and `models`. A state's messages are [role, text] from `offset`
// on (what stands before it are the template's examples), user and assistant in turns, which is
// how FastChat's own scripts name the roles. The text may be null (an answer that never came) or
// [text, [MD5 of an image, …]].
//
// Fields are met in the order of the file and a later one replaces an earlier one of the same name,
// as Python's json does.

#include <algorithm>
#include <array>
#include <optional>

#include "base/civil_time.h"
#include "formats/dialects.h"
#include "formats/extra_fields.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr std::array<std::string_view, 9> kEvents = {"chat",    "upvote",       "downvote",
                                                     "flag",    "leftvote",     "rightvote",
                                                     "tievote", "bothbad_vote", "share"};

constexpr Reason kNoId{"no_id"};
constexpr Reason kNoModel{"no_model"};
constexpr Reason kNoMessages{"no_messages"};
constexpr Reason kNotString{"not_string"};
constexpr Reason kNotAConversation{"not_a_conversation"};

std::optional<std::string_view> TextOf(JsonElement element) {
  std::string_view text;
  if (element.get(text) != simdjson::SUCCESS) return std::nullopt;
  return text;
}

std::optional<std::string_view> TextOf(const std::optional<JsonElement>& element) {
  return element ? TextOf(*element) : std::nullopt;
}

template <class T>
std::optional<T> As(const std::optional<JsonElement>& element) {
  T value;
  if (!element || element->get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

bool IsEvent(std::string_view type) { return std::ranges::find(kEvents, type) != kEvents.end(); }

// Seconds since 1970 as FastChat writes them, or a time as others do.
std::optional<int64_t> TimeOf(const std::optional<JsonElement>& element) {
  if (const auto seconds = As<double>(element)) return MicrosFromNumber(*seconds);
  const auto text = TextOf(element);
  return text ? ParseTime(*text) : std::nullopt;
}

// An id or a user: text, or a number as its decimal text. False if it is neither.
bool AssignName(std::string& out, const std::optional<JsonElement>& element) {
  if (!element) return false;
  if (const auto text = TextOf(*element)) {
    out.assign(*text);
    return true;
  }
  return AppendNumber(out, *element);
}

// The arena shows a name as "<h3>Model A: vicuna-13b</h3>\n".
std::string_view WithoutHeading(std::string_view name) {
  if (!name.starts_with("<h3>")) return name;
  const size_t colon = name.find(": ");
  name.remove_prefix(colon == std::string_view::npos ? 4 : colon + 2);
  return name.substr(0, name.find("</h3>"));
}

// The element at `index` of a battle's list.
std::optional<JsonElement> ElementAt(const std::optional<JsonElement>& list, size_t index) {
  const auto array = As<JsonArray>(list);
  JsonElement element;
  if (!array || array->at(index).get(element) != simdjson::SUCCESS) return std::nullopt;
  return element;
}

// What an event's line holds; `extra` takes what has no name here.
struct Event {
  std::optional<JsonElement> type;
  std::optional<JsonElement> time;
  std::optional<JsonElement> finish;
  std::optional<JsonElement> model;
  std::optional<JsonElement> models;
  std::optional<JsonElement> state;
  std::optional<JsonElement> states;
  std::optional<JsonElement> user;

  Event(JsonObject object, ExtraFields& extra) {
    for (const auto& [key, value] : object) {
      if (std::optional<JsonElement>* field = FieldOf(key)) {
        *field = value;
      } else {
        extra.Add(key, value);
      }
    }
    if (finish) extra.Add("finish", *finish);
  }

 private:
  std::optional<JsonElement>* FieldOf(std::string_view key) {
    if (key == "state") return &state;
    if (key == "type") return &type;
    if (key == "tstamp") return &time;
    if (key == "finish") return &finish;
    if (key == "model") return &model;
    if (key == "ip") return &user;
    if (key == "states") return &states;
    if (key == "models") return &models;
    return nullptr;
  }
};

// The same for a state.
struct State {
  std::optional<JsonElement> id;
  std::optional<JsonElement> messages;
  std::optional<JsonElement> offset;
  std::optional<JsonElement> model_name;
  std::optional<JsonElement> system_message;

  State(JsonObject object, ExtraFields& extra) {
    for (const auto& [key, value] : object) {
      if (std::optional<JsonElement>* field = FieldOf(key)) {
        *field = value;
      } else {
        extra.Add(key, value);
      }
    }
  }

 private:
  std::optional<JsonElement>* FieldOf(std::string_view key) {
    if (key == "messages") return &messages;
    if (key == "conv_id") return &id;
    if (key == "offset") return &offset;
    if (key == "model_name") return &model_name;
    if (key == "system_message") return &system_message;
    return nullptr;
  }
};

class FastchatReader final : public Dialect {
 public:
  explicit FastchatReader(const DialectOptions& options) : options_(options) {}

  Status Parse(const Record& record, ParsedRecord& parsed) override {
    const JsonElement root = TRY(parser_.Parse(record.json));
    const auto object = As<JsonObject>(root);
    if (!object) return Invalid("a JSON object was expected", {.byte = 0});
    event_extra_.clear();
    ExtraFields extra(event_extra_);
    const Event event(*object, extra);
    const auto type = TextOf(event.type);
    if (!type || !IsEvent(*type)) {
      parsed.Reset(0);
      parsed.reason = kNotAConversation;
    } else if (event.states) {
      TRY(ReadBattle(event, parsed));
    } else {
      TRY(ReadSingle(event, parsed));
    }
    parsed.repaired_utf8 = parser_.repaired();
    return {};
  }

 private:
  Status ReadSingle(const Event& event, ParsedRecord& parsed) {
    const auto state = As<JsonObject>(event.state);
    if (!state) return Invalid("an event without the object \"state\"", {.byte = 0});
    parsed.Reset(1);
    const auto model = TextOf(event.model);
    ReadState(event, *state, model, parsed, 0);
    return {};
  }

  Status ReadBattle(const Event& event, ParsedRecord& parsed) {
    const auto first = As<JsonObject>(ElementAt(event.states, 0));
    const auto second = As<JsonObject>(ElementAt(event.states, 1));
    if (!first || !second)
      return Invalid("a battle without two objects in \"states\"", {.byte = 0});
    parsed.Reset(2);
    for (const size_t side : {size_t{0}, size_t{1}}) {
      const auto shown = TextOf(ElementAt(event.models, side));
      ReadState(event, side == 0 ? *first : *second,
                shown ? std::optional(WithoutHeading(*shown)) : std::nullopt, parsed, side);
    }
    parsed.conversations[0].linked_id = parsed.conversations[1].id;
    parsed.conversations[1].linked_id = parsed.conversations[0].id;
    return {};
  }

  // Fills `parsed.conversations[part]`. In a battle the state knows its model best: what was shown
  // may have been "Model A" or nothing.
  void ReadState(const Event& event, JsonObject object, std::optional<std::string_view> shown_model,
                 ParsedRecord& parsed, size_t part) {
    RawConversation& conversation = parsed.conversations[part];
    state_extra_.clear();
    ExtraFields state_extra(state_extra_);
    const State state(object, state_extra);
    auto model = shown_model;
    if (event.states) model = TextOf(state.model_name).value_or(shown_model.value_or(""));
    if (model) conversation.model.assign(*model);
    if (!AssignName(conversation.id, state.id)) conversation.id.clear();
    if (!AssignName(conversation.user, event.user)) conversation.user.clear();
    conversation.event.assign(*TextOf(event.type));
    conversation.time_micros = TimeOf(event.time);
    if (!conversation.time_micros) conversation.time_micros = TimeOf(event.finish);
    images_.clear();
    Reason reason = ReadMessages(state, conversation, parsed);
    if (conversation.model.empty()) reason = kNoModel;
    if (conversation.id.empty()) reason = kNoId;
    parsed.reasons[part] = reason;
    KeepRest(state, model, state_extra, conversation);
  }

  // What is wrong with the messages, if anything is.
  Reason ReadMessages(const State& state, RawConversation& conversation, ParsedRecord& parsed) {
    const auto system = TextOf(state.system_message);
    if (options_.fastchat_system_message && system && !system->empty()) {
      parsed.AddMessage(conversation, Role::kSystem, *system);
    }
    const auto messages = As<JsonArray>(state.messages);
    if (!messages) return kNoMessages;
    const int64_t offset = std::max<int64_t>(As<int64_t>(state.offset).value_or(0), 0);
    Reason reason = kNoMessages;
    ExtraFields images(images_);
    int64_t position = -offset;
    for (auto at = messages->begin(); at != messages->end(); ++position) {
      const JsonElement message = *at;
      ++at;
      if (position < 0) continue;
      if (position == 0) reason = {};
      const Role role = position % 2 == 0 ? Role::kUser : Role::kAssistant;
      const bool last = !(at != messages->end());
      if (!ReadMessage(message, role, last, conversation, parsed, images)) reason = kNotString;
    }
    images.End();
    return reason;
  }

  // False if the message's content is neither text nor the null that ends a conversation.
  static bool ReadMessage(JsonElement message, Role role, bool last, RawConversation& conversation,
                          ParsedRecord& parsed, ExtraFields& images) {
    const auto content = ElementAt(message, 1);
    if (!content) return false;
    if (const auto text = TextOf(*content)) {
      parsed.AddMessage(conversation, role, *text);
      return true;
    }
    if (content->is_null()) return last;
    const auto text = TextOf(ElementAt(content, 0));
    if (!text) return false;
    if (const auto pictures = ElementAt(content, 1)) {
      images.Add(std::to_string(conversation.messages.size()), *pictures);
    }
    parsed.AddMessage(conversation, role, *text);
    return true;
  }

  // The rest of the event and of the state into `extra`.
  void KeepRest(const State& state, std::optional<std::string_view> model, ExtraFields& state_extra,
                RawConversation& conversation) {
    if (state.offset && As<int64_t>(state.offset) != 0) state_extra.Add("offset", *state.offset);
    if (state.model_name && TextOf(state.model_name) != model) {
      state_extra.Add("model_name", *state.model_name);
    }
    if (state.system_message && !options_.fastchat_system_message) {
      state_extra.Add("system_message", *state.system_message);
    }
    state_extra.End();
    conversation.extra = event_extra_;
    // `event_extra_` is an open object, or empty.
    const auto add = [&](std::string_view key, std::string_view json) {
      if (json.empty()) return;
      conversation.extra += conversation.extra.empty() ? '{' : ',';
      AppendJsonString(conversation.extra, key);
      conversation.extra += ':';
      conversation.extra += json;
    };
    add("state", state_extra_);
    add("message_images", images_);
    if (!conversation.extra.empty()) conversation.extra += '}';
  }

  DialectOptions options_;
  JsonParser parser_;
  std::string event_extra_;
  std::string state_extra_;
  std::string images_;
};

double Recognise(std::string_view record_json) {
  JsonParser parser;
  const auto root = parser.Parse(record_json);
  if (!root) return 0;
  JsonObject object;
  if (root->get(object) != simdjson::SUCCESS) return 0;
  const auto has = [&](std::string_view key) { return object[key].error() == simdjson::SUCCESS; };
  const bool known_type = IsEvent(StringAt(object, "type"));
  JsonElement messages;
  const bool state = object.at_pointer("/state/messages").get(messages) == simdjson::SUCCESS ||
                     object.at_pointer("/states/0/messages").get(messages) == simdjson::SUCCESS;
  if (state && known_type) return 1;
  if (state) return 0.8;
  return known_type && has("tstamp") ? 0.5 : has("tstamp") && has("type") ? 0.3 : 0;
}

std::unique_ptr<Dialect> Make(const DialectOptions& options) {
  return std::make_unique<FastchatReader>(options);
}

}  // namespace

DialectInfo FastchatDialect() {
  return {.name = "fastchat",
          .summary = "Event logs of FastChat's servers: chats, votes, flags and shares.",
          .recognise = &Recognise,
          .make = &Make};
}

}  // namespace parley
