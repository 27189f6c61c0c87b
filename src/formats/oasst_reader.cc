// OpenAssistant's message trees (OASST1 and 2): a prompt, replies to it, replies to those.
//
// A record is a tree: {"message_tree_id", "tree_state", "prompt": {"message_id", "text", "role",
// "replies": [...]}}. Each path from the root to a leaf is a conversation whose id is the leaf's;
// with `oasst_paths = "best"` only the path of best-ranked replies is taken (rank 0 first, unranked
// last, else in the file's order).
//
// A deleted message, one that its reviewers turned down, or one that none has reviewed is pruned
// with all below it: the path up to it comes as a conversation with that reason. A message that has
// lost all of its replies so ends no path of its own.
//
// The flat files of single messages (parent_id instead of replies) hold no conversation in a
// record.

#include <algorithm>

#include "formats/dialects.h"
#include "formats/json_values.h"
#include "formats/object_dialect.h"
#include "formats/role_names.h"

namespace parley {
namespace {

constexpr Reason kDeleted{"deleted"};
constexpr Reason kTurnedDown{"turned_down"};
constexpr Reason kUnreviewed{"unreviewed"};
constexpr size_t kMaxDepth = 500;
constexpr size_t kMaxTextBytes = 64 << 20;  // Of all paths: each repeats what they share.

// Why a message may not be used; empty if it may. A file without any word of reviews passes.
Reason PruneReason(JsonObject message) {
  if (TrueAt(message, "deleted")) return kDeleted;
  const auto result = ValueAt(message, "review_result");
  if (result) return IsTrue(*result) ? Reason{} : kTurnedDown;
  const bool speaks_of_reviews =
      Has(message, "review_result") || ValueAt(message, "review_count").has_value();
  return speaks_of_reviews ? kUnreviewed : Reason{};
}

double RankOf(JsonObject message) {
  double rank = 0;
  if (message["rank"].get(rank) != simdjson::SUCCESS) return 1e9;
  return rank;
}

std::vector<JsonObject> Replies(JsonObject message) {
  std::vector<JsonObject> replies;
  if (const auto list = ArrayAt(message, "replies")) {
    for (const JsonElement reply : *list) {
      if (const auto object = ObjectOf(reply)) replies.push_back(*object);
    }
  }
  return replies;
}

bool IsNamed(std::string_view key) {
  return key == "message_id" || key == "parent_id" || key == "text" || key == "role" ||
         key == "created_date" || key == "replies" || key == "user_id";
}

class OasstReader final : public Dialect {
 public:
  explicit OasstReader(const DialectOptions& options) : best_only_(options.oasst_paths == "best") {}

  Status Parse(const Record& record, ParsedRecord& parsed) override {
    parsed.Reset(0);
    const auto tree = ObjectOf(TRY(parser_.Parse(record.json)));
    if (!tree) return Invalid("a JSON object was expected", {.byte = 0});
    parsed.repaired_utf8 = parser_.repaired();
    const auto prompt = ObjectAt(*tree, "prompt");
    if (!prompt && Has(*tree, "text") && Has(*tree, "message_id")) {
      parsed.reason = kNotAConversation;
      return {};
    }
    if (!prompt) return Invalid("no object `prompt`", {.byte = 0});
    paths_.clear();
    path_.clear();
    path_bytes_ = 0;
    text_bytes_ = 0;
    if (!Walk(*prompt)) {
      return Fail(Code::kTooLarge, "a tree deeper than 500 messages, or over 64 MiB as paths",
                  {.byte = 0});
    }
    parsed.Reset(paths_.size());
    parsed.repaired_utf8 = parser_.repaired();
    for (size_t i = 0; i < paths_.size(); ++i) ReadPath(*tree, paths_[i], i, parsed);
    return {};
  }

 private:
  struct Path {
    std::vector<JsonObject> messages;
    Reason reason;
  };

  // Collects the paths through `message`. False if they go too deep or hold too much.
  // NOLINTNEXTLINE(misc-no-recursion): at most kMaxDepth deep.
  bool Walk(JsonObject message) {
    if (path_.size() >= kMaxDepth) return false;
    const size_t bytes = StringAt(message, "text").size() + sizeof(Message);
    path_.push_back(message);
    path_bytes_ += bytes;
    const bool fits = WalkBelow(message);
    path_bytes_ -= bytes;
    path_.pop_back();
    return fits;
  }

  bool WalkBelow(JsonObject message) {
    const Reason reason = PruneReason(message);
    const auto replies = Replies(message);
    if (reason.name.empty() && !replies.empty()) {
      return std::ranges::all_of(best_only_ ? Best(replies) : replies,
                                 [&](JsonObject reply) { return Walk(reply); });
    }
    text_bytes_ += path_bytes_;
    if (text_bytes_ > kMaxTextBytes) return false;
    paths_.push_back({path_, reason});
    return true;
  }

  // The replies that are pruned, to be accounted for, and the best of the others.
  static std::vector<JsonObject> Best(const std::vector<JsonObject>& replies) {
    std::vector<JsonObject> taken;
    const JsonObject* best = nullptr;
    for (const JsonObject& reply : replies) {
      if (!PruneReason(reply).name.empty()) {
        taken.push_back(reply);
      } else if (best == nullptr || RankOf(reply) < RankOf(*best)) {
        best = &reply;
      }
    }
    if (best != nullptr) taken.insert(taken.begin(), *best);
    return taken;
  }

  void ReadPath(JsonObject tree, const Path& path, size_t index, ParsedRecord& parsed) {
    RawConversation& conversation = parsed.conversations[index];
    extra_.Clear();
    for (const auto field : tree) {
      if (field.key != "prompt") extra_.Add(field.key, field.value);
    }
    parsed.reasons[index] = path.reason;
    for (const JsonObject message : path.messages) {
      const Reason reason = Append(message, conversation, parsed);
      if (parsed.reasons[index].name.empty()) parsed.reasons[index] = reason;
    }
    conversation.id = FirstScalar(path.messages.back(), {"message_id"});
    conversation.user = FirstScalar(path.messages.front(), {"user_id"});
    conversation.time_micros = NewestMessageMoment(conversation);
    conversation.extra = extra_.Json();
  }

  Reason Append(JsonObject object, RawConversation& conversation, ParsedRecord& parsed) {
    const auto role = RoleFromName(StringAt(object, "role"));
    if (!role) return kUnknownRole;
    const size_t index = conversation.messages.size();
    Message& message = parsed.AddMessage(conversation, *role, StringAt(object, "text"));
    message.sent_micros = FirstMoment(object, {"created_date"});
    if (*role == Role::kAssistant && conversation.model.empty()) {
      conversation.model = FirstScalar(object, {"model_name"});  // Of synthetic messages.
    }
    for (const auto field : object) {
      if (!IsNamed(field.key)) extra_.AddToMessage(index, field.key, field.value);
    }
    return {};
  }

  bool best_only_ = false;
  JsonParser parser_;
  LeftoverFields extra_;
  std::vector<Path> paths_;
  std::vector<JsonObject> path_;
  size_t path_bytes_ = 0;  // Of the texts in `path_`.
  size_t text_bytes_ = 0;  // Of the texts in `paths_`.
};

double Recognise(std::string_view json) {
  JsonParser parser;
  const auto object = ObjectIn(json, parser);
  if (!object) return 0;
  const auto prompt = ObjectAt(*object, "prompt");
  if (prompt) return Has(*prompt, "text") && Has(*prompt, "role") ? 0.95 : 0;
  const bool flat = Has(*object, "message_id") && Has(*object, "text") && Has(*object, "role") &&
                    Has(*object, "message_tree_id");
  return flat ? 0.8 : 0;
}

}  // namespace

DialectInfo OasstDialect() {
  return {.name = "oasst",
          .summary = "Message trees of OASST1 and OASST2, as paths from root to leaf.",
          .recognise = &Recognise,
          .make = [](const DialectOptions& options) -> std::unique_ptr<Dialect> {
            return std::make_unique<OasstReader>(options);
          }};
}

}  // namespace parley
