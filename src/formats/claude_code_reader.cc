// Sessions of Claude Code: a file is a session, its record the list of its lines.
//
// A line is an event. `user` and `assistant` hold a `message` of the Messages API: a text or a list
// of blocks. What each becomes:
//
//   text                  the message's text
//   tool_use              its call, as JSON, below the assistant's text
//   tool_result           a tool message of its own
//   thinking              `thinking` of the message in `extra`: it is no part of the answer
//   image, document, …    `parts` of the message in `extra`
//
// An answer is written one line a block; lines with one `message.id` become one message. What the
// program puts in on its own (`isMeta`) is a system message, and so is the summary that stands for
// what was compacted; where that happened stands in `extra` as `compactions`, and the words from
// before it stay. A side chain (a task given to a helper) is a conversation of its own,
// "SESSION/…", linked to the session's. A prompt that goes back to before an earlier prompt begins
// a new branch: what it leaves behind becomes a conversation of its own too. All other events stand
// in `extra`.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "formats/dialects.h"
#include "formats/json_values.h"
#include "formats/message_json.h"

namespace parley {
namespace {

constexpr int64_t kMaxBranches = 16;  // Each repeats what stands before it; more stay in line.

bool IsTurn(std::string_view type) { return type == "user" || type == "assistant"; }

// Fields that have a place in the record, or say the same on every line.
bool IsNamedOfEvent(std::string_view key) {
  constexpr std::string_view kNamed[] = {"type",      "message",    "timestamp", "sessionId",
                                         "uuid",      "parentUuid", "cwd",       "version",
                                         "gitBranch", "userType",   "agentId",   "isSidechain"};
  return std::ranges::find(kNamed, key) != std::end(kNamed);
}

bool IsNamedOfMessage(std::string_view key) {
  constexpr std::string_view kNamed[] = {"id", "role", "content", "model", "type"};
  return std::ranges::find(kNamed, key) != std::end(kNamed);
}

// The blocks of a message's content; a text is a block too.
struct Block {
  std::string_view type;
  JsonElement value;
};

std::vector<Block> BlocksOf(JsonElement content) {
  std::vector<Block> blocks;
  if (StringOf(content)) blocks.push_back({"text", content});
  const auto list = ArrayOf(content);
  if (!list) return blocks;
  for (const JsonElement element : *list) {
    const auto object = ObjectOf(element);
    const auto type = object ? StringAt(*object, "type") : "text";
    blocks.push_back({type, element});
  }
  return blocks;
}

// A line that was said by someone, on its way into a conversation.
struct Turn {
  JsonObject event;
  JsonObject message;
  std::vector<Block> blocks;
  bool is_prompt = false;  // A person's own words, no tool's result.
};

bool HasResult(const std::vector<Block>& blocks) {
  return std::ranges::any_of(blocks,
                             [](const Block& block) { return block.type == "tool_result"; });
}

std::optional<Turn> TurnOf(JsonObject event) {
  if (!IsTurn(StringAt(event, "type"))) return std::nullopt;
  const auto message = ObjectAt(event, "message");
  if (!message) return std::nullopt;
  const auto content = ValueAt(*message, "content");
  Turn turn{.event = event, .message = *message, .blocks = {}};
  if (content) turn.blocks = BlocksOf(*content);
  turn.is_prompt = StringAt(event, "type") == "user" && !TrueAt(event, "isMeta") &&
                   !TrueAt(event, "isCompactSummary") && !HasResult(turn.blocks);
  return turn;
}

// One conversation: the session's own, a side chain, or a branch that was left.
struct Chain {
  std::string name;  // Empty for the session's own.
  std::vector<Turn> turns;
  std::vector<std::pair<size_t, JsonObject>> compactions;  // Before which turn.
};

// Sorts a session's events into chains.
class Session {
 public:
  void Add(JsonElement element) {
    const JsonObject event = element;
    if (id_.empty()) id_ = FirstScalar(event, {"sessionId"});
    const std::string_view uuid = StringAt(event, "uuid");
    if (!uuid.empty() && lines_.contains(uuid)) return;  // Some versions write a line twice.
    Chain& chain = ChainOf(event);
    if (StringAt(event, "subtype") == "compact_boundary") {
      chain.compactions.emplace_back(chain.turns.size(), event);
    } else if (auto turn = TurnOf(event)) {
      if (turn->is_prompt) LeaveBranch(chain, *turn);
      chain.turns.push_back(std::move(*turn));
    } else {
      others_.push_back(element);
    }
    if (!uuid.empty()) lines_[uuid] = {.chain = &chain, .turns_up_to_it = chain.turns.size()};
  }

  // The session's own conversation first, then the others in the order of their first line.
  std::vector<const Chain*> Chains() const {
    std::vector<const Chain*> chains;
    for (const auto& chain : chains_) {
      if (!chain->turns.empty()) chains.push_back(chain.get());
    }
    std::ranges::stable_partition(chains, [](const Chain* chain) { return chain->name.empty(); });
    return chains;
  }

  const std::string& id() const { return id_; }
  const std::vector<JsonElement>& others() const { return others_; }

 private:
  Chain& ChainOf(JsonObject event) {
    if (!TrueAt(event, "isSidechain")) return Named("");
    const std::string agent = FirstScalar(event, {"agentId"});
    if (!agent.empty()) return Named(agent);
    // Older versions name no agent: a side chain begins with a line whose parent is none of one.
    const auto parent = lines_.find(StringAt(event, "parentUuid"));
    if (parent != lines_.end() && !parent->second.chain->name.empty()) return *parent->second.chain;
    return Named(fmt::format("side-{}", ++side_count_));
  }

  Chain& Named(const std::string& name) {
    const auto found = places_.find(name);
    if (found != places_.end()) return *chains_[found->second];
    places_[name] = chains_.size();
    chains_.push_back(std::make_unique<Chain>(Chain{.name = name, .turns = {}, .compactions = {}}));
    return *chains_.back();
  }

  // If `prompt` goes on from before an earlier prompt, what stands behind that place becomes a
  // chain of its own, the words before it repeated so that it can be read.
  void LeaveBranch(Chain& chain, const Turn& prompt) {
    const auto parent = lines_.find(StringAt(prompt.event, "parentUuid"));
    if (parent == lines_.end() || parent->second.chain != &chain) return;
    const size_t kept = std::min(parent->second.turns_up_to_it, chain.turns.size());
    const auto left =
        std::find_if(chain.turns.begin() + static_cast<ptrdiff_t>(kept), chain.turns.end(),
                     [](const Turn& turn) { return turn.is_prompt; });
    if (left == chain.turns.end() || branch_count_ == kMaxBranches) return;
    Chain& branch = Named(
        fmt::format("{}branch-{}", chain.name.empty() ? "" : chain.name + "-", ++branch_count_));
    branch.turns = chain.turns;
    branch.compactions = chain.compactions;
    chain.turns.erase(left, chain.turns.end());
    std::erase_if(chain.compactions,
                  [&](const auto& one) { return one.first > chain.turns.size(); });
  }

  struct Line {
    Chain* chain = nullptr;
    size_t turns_up_to_it = 0;
  };

  std::string id_;
  std::vector<std::unique_ptr<Chain>> chains_;
  std::map<std::string, size_t> places_;    // By name, into `chains_`.
  std::map<std::string_view, Line> lines_;  // By uuid.
  std::vector<JsonElement> others_;
  int64_t side_count_ = 0;
  int64_t branch_count_ = 0;
};

// Writes a chain into a conversation.
class ChainWriter {
 public:
  ChainWriter(const Chain& chain, Draft draft) : chain_(chain), draft_(draft) {}

  void Write() {
    auto compaction = chain_.compactions.begin();
    for (size_t i = 0; i < chain_.turns.size(); ++i) {
      for (; compaction != chain_.compactions.end() && compaction->first <= i; ++compaction) {
        NoteCompaction(compaction->second);
      }
      WriteTurn(chain_.turns[i]);
    }
    if (!compactions_.empty()) draft_.extra.AddJson("compactions", compactions_ + "]");
  }

 private:
  void NoteCompaction(JsonObject event) {
    compactions_ += compactions_.empty() ? '[' : ',';
    compactions_ += fmt::format("{{\"before_message\":{}", draft_.next_index());
    if (const auto metadata = ValueAt(event, "compactMetadata")) {
      compactions_ += ",\"metadata\":" + ToJson(*metadata);
    }
    compactions_ += '}';
  }

  void WriteTurn(const Turn& turn) {
    const bool is_answer = StringAt(turn.event, "type") == "assistant";
    for (const Block& block : turn.blocks) {
      if (block.type == "tool_result") WriteResult(block.value, turn);
    }
    const bool only_results =
        !turn.blocks.empty() && std::ranges::all_of(turn.blocks, [](const Block& block) {
          return block.type == "tool_result";
        });
    if (!only_results) WriteWords(turn, is_answer);
    if (is_answer && draft_.conversation.model.empty()) {
      const std::string_view model = StringAt(turn.message, "model");
      if (model != "<synthetic>") draft_.conversation.model = model;
    }
  }

  void WriteWords(const Turn& turn, bool is_answer) {
    const std::string_view id = is_answer ? StringAt(turn.message, "id") : "";
    const bool goes_on = !id.empty() && id == answer_id_ && last_is_answer_;
    if (!goes_on) draft_.parsed.AddMessage(draft_.conversation, RoleOf(turn, is_answer), "");
    answer_id_ = id;
    last_is_answer_ = is_answer;
    Message& message = draft_.conversation.messages.back();
    message.sent_micros = Later(message.sent_micros, FirstMoment(turn.event, {"timestamp"}));
    const size_t index = draft_.next_index() - 1;
    for (const Block& block : turn.blocks) WriteBlock(block, index, message.content);
    AddRest(turn, index);
  }

  static Role RoleOf(const Turn& turn, bool is_answer) {
    if (is_answer) return Role::kAssistant;
    return TrueAt(turn.event, "isMeta") || TrueAt(turn.event, "isCompactSummary") ? Role::kSystem
                                                                                  : Role::kUser;
  }

  void WriteBlock(const Block& block, size_t index, std::string& text) {
    if (block.type == "text") {
      const auto object = ObjectOf(block.value);
      const auto words = object ? StringAt(*object, "text") : StringOf(block.value).value_or("");
      AppendCalls(words, text);
    } else if (block.type == "tool_use" || block.type == "server_tool_use") {
      AppendCalls(ToJson(block.value), text);
    } else if (block.type == "thinking" || block.type == "redacted_thinking") {
      draft_.extra.AddToMessage(index, "thinking", block.value);
    } else if (block.type != "tool_result") {
      draft_.extra.AddToMessage(index, "parts", block.value);
    }
  }

  void WriteResult(JsonElement block, const Turn& turn) {
    const auto object = ObjectOf(block);
    if (!object) return;
    last_is_answer_ = false;
    const size_t index = draft_.next_index();
    Message& message = draft_.parsed.AddMessage(draft_.conversation, Role::kTool, "");
    message.sent_micros = FirstMoment(turn.event, {"timestamp"});
    for (const auto field : *object) {
      if (field.key == "type") continue;
      if (field.key == "content") {
        AppendContent(field.value, index, message.content, draft_.extra);
      } else {
        draft_.extra.AddToMessage(index, field.key, field.value);
      }
    }
    if (turn.blocks.size() == 1) AddRest(turn, index);
  }

  void AddRest(const Turn& turn, size_t index) {
    for (const auto field : turn.event) {
      if (!IsNamedOfEvent(field.key)) draft_.extra.AddToMessage(index, field.key, field.value);
    }
    for (const auto field : turn.message) {
      if (!IsNamedOfMessage(field.key)) draft_.extra.AddToMessage(index, field.key, field.value);
    }
  }

  const Chain& chain_;
  Draft draft_;
  std::string compactions_;
  std::string_view answer_id_;
  bool last_is_answer_ = false;
};

class ClaudeCodeReader final : public Dialect {
 public:
  Status Parse(const Record& record, ParsedRecord& parsed) override {
    parsed.Reset(0);
    const JsonElement root = TRY(parser_.Parse(record.json));
    const auto events = ArrayOf(root);
    if (!events) return Invalid("a session is a list of events", {.byte = 0});
    Session session;
    for (const JsonElement element : *events) {
      if (element.is_object()) session.Add(element);
    }
    const auto chains = session.Chains();
    parsed.Reset(chains.size());
    parsed.repaired_utf8 = parser_.repaired();
    if (chains.empty()) parsed.reason = kNotAConversation;
    for (size_t i = 0; i < chains.size(); ++i) WriteChain(session, *chains[i], i, parsed);
    return {};
  }

 private:
  void WriteChain(const Session& session, const Chain& chain, size_t index, ParsedRecord& parsed) {
    RawConversation& conversation = parsed.conversations[index];
    conversation.id = session.id();
    if (!chain.name.empty()) {
      conversation.id += "/" + chain.name;
      conversation.linked_id = session.id();
    }
    leftovers_.Clear();
    for (const std::string_view key : {"cwd", "version", "gitBranch"}) {
      if (const auto value = ValueAt(chain.turns.front().event, key)) leftovers_.Add(key, *value);
    }
    ChainWriter(chain, {parsed, conversation, leftovers_}).Write();
    if (index == 0) AddEvents(session);
    conversation.time_micros = NewestMessageMoment(conversation);
    if (conversation.messages.empty()) parsed.reasons[index] = kNoMessages;
    conversation.extra = leftovers_.Json();
  }

  void AddEvents(const Session& session) {
    if (session.others().empty()) return;
    std::string events;
    for (const JsonElement event : session.others()) {
      events += events.empty() ? '[' : ',';
      events += ToJson(event);
    }
    leftovers_.AddJson("events", events + "]");
  }

  JsonParser parser_;
  LeftoverFields leftovers_;
};

// An event, or the list of them that a session is.
double Recognise(std::string_view json) {
  JsonParser parser;
  const auto root = parser.Parse(json);
  if (!root) return 0;
  auto event = ObjectOf(*root);
  if (const auto list = ArrayOf(*root); list && list->size() > 0) event = ObjectOf(list->at(0));
  if (!event) return 0;
  const std::string_view type = StringAt(*event, "type");
  if (IsTurn(type)) return Has(*event, "message") && Has(*event, "sessionId") ? 0.95 : 0;
  if (type == "summary") return Has(*event, "leafUuid") ? 0.9 : 0;
  if (type == "file-history-snapshot") return Has(*event, "messageId") ? 0.9 : 0;
  return !type.empty() && Has(*event, "sessionId") ? 0.8 : 0;
}

}  // namespace

DialectInfo ClaudeCodeDialect() {
  return {.name = "claude-code",
          .summary = "Sessions of Claude Code, a file each, with their tools and side chains.",
          .recognise = &Recognise,
          .whole_file = true,
          .make = [](const DialectOptions&) -> std::unique_ptr<Dialect> {
            return std::make_unique<ClaudeCodeReader>();
          }};
}

}  // namespace parley
