// Every count is named once, in `ForEachField`; merging, writing and reading walk that list.

#include "release/statistics.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <set>
#include <type_traits>

#include "text/json.h"

namespace parley {
namespace {

// Calls `visit(name, field of each of `all`)` for every count.
template <class Visit, class... All>
void ForEachField(Visit&& visit, All&... all) {
  visit("conversations", all.conversations...);
  visit("messages", all.messages...);
  visit("users", all.users...);
  visit("duplicate_groups", all.duplicate_groups...);
  visit("models", all.models...);
  visit("languages", all.languages...);
  visit("days", all.days...);
  visit("turns", all.turns...);
  visit("message_languages", all.message_languages...);
  visit("prompt_llama2", all.prompt_llama2...);
  visit("response_llama2", all.response_llama2...);
  visit("prompt_cl100k", all.prompt_cl100k...);
  visit("response_cl100k", all.response_cl100k...);
  visit("duplicate_rows", all.duplicate_rows...);
  visit("outcomes", all.outcomes...);
  visit("drops", all.drops...);
  visit("redacted_conversations", all.redacted_conversations...);
  visit("redactions", all.redactions...);
  visit("redacted_by_type", all.redacted_by_type...);
  visit("redactions_by_language", all.redactions_by_language...);
  visit("longest_without", all.longest_without...);
  visit("unjudged_conversations", all.unjudged_conversations...);
  visit("unjudged_languages", all.unjudged_languages...);
  visit("searched_values", all.searched_values...);
  visit("kept_values", all.kept_values...);
  visit("moderated_conversations", all.moderated_conversations...);
  visit("moderated_messages", all.moderated_messages...);
  visit("flagged_messages", all.flagged_messages...);
  visit("flagged_conversations", all.flagged_conversations...);
  visit("flagged_by_category", all.flagged_by_category...);
  visit("moderated_by", all.moderated_by...);
  visit("not_moderated", all.not_moderated...);
  visit("screened_messages", all.screened_messages...);
  visit("moderated_by_model", all.moderated_by_model...);
  visit("flagged_by_model", all.flagged_by_model...);
  visit("moderated_by_language", all.moderated_by_language...);
  visit("flagged_by_language", all.flagged_by_language...);
  visit("moderated_by_role", all.moderated_by_role...);
  visit("flagged_by_role", all.flagged_by_role...);
  visit("jailbreak_attempts", all.jailbreak_attempts...);
  visit("jailbreak_successes", all.jailbreak_successes...);
  visit("repaired_conversations", all.repaired_conversations...);
  visit("repaired_utf8", all.repaired_utf8...);
  visit("control_characters", all.control_characters...);
  visit("line_ends", all.line_ends...);
  visit("composed", all.composed...);
}

void Add(int64_t& into, int64_t from) { into += from; }
void Add(TokenCounts& into, const TokenCounts& from) { into.Merge(from); }
void Add(LongestList& into, const LongestList& from) { into.Merge(from); }
template <class Key, class Less>
void Add(std::map<Key, int64_t, Less>& into, const std::map<Key, int64_t, Less>& from) {
  for (const auto& [key, count] : from) into[key] += count;
}

void Write(int64_t count, JsonWriter& json) { json.Int(count); }
void Write(const CountByName& counts, JsonWriter& json) {
  json.BeginObject();
  for (const auto& [name, count] : counts) json.Key(name).Int(count);
  json.End();
}
void Write(const CountBySize& counts, JsonWriter& json) {
  json.BeginObject();
  for (const auto& [size, count] : counts) json.Key(std::to_string(size)).Int(count);
  json.End();
}
void Write(const TokenCounts& counts, JsonWriter& json) {
  json.BeginObject().Key("messages").Int(counts.messages).Key("tokens").Int(counts.tokens);
  json.Key("histogram");
  Write(counts.histogram, json);
  json.End();
}

void Write(const LongestList& list, JsonWriter& json) {
  json.BeginArray();
  for (const auto& [bytes, id] : list.entries) json.BeginArray().Int(bytes).String(id).End();
  json.End();
}

bool Read(JsonElement element, LongestList& list) {
  JsonArray entries;
  if (element.get(entries) != simdjson::SUCCESS) return false;
  for (const JsonElement entry : entries) {
    int64_t bytes = 0;
    std::string_view id;
    if (entry.at(0).get(bytes) != simdjson::SUCCESS || entry.at(1).get(id) != simdjson::SUCCESS) {
      return false;
    }
    list.Add(bytes, id);
  }
  return true;
}
bool Read(JsonElement element, int64_t& count) { return element.get(count) == simdjson::SUCCESS; }
bool Read(JsonElement element, CountByName& counts) {
  JsonObject object;
  if (element.get(object) != simdjson::SUCCESS) return false;
  for (const auto [name, value] : object) {
    if (!Read(value, counts[std::string(name)])) return false;
  }
  return true;
}
bool Read(JsonElement element, CountBySize& counts) {
  CountByName by_name;
  if (!Read(element, by_name)) return false;
  for (const auto& [name, count] : by_name) {
    int64_t size = 0;
    const char* end = name.data() + name.size();
    if (std::from_chars(name.data(), end, size).ptr != end) return false;
    counts[size] = count;
  }
  return true;
}
bool Read(JsonElement element, TokenCounts& counts) {
  JsonElement histogram;
  return element["messages"].get(counts.messages) == simdjson::SUCCESS &&
         element["tokens"].get(counts.tokens) == simdjson::SUCCESS &&
         element["histogram"].get(histogram) == simdjson::SUCCESS &&
         Read(histogram, counts.histogram);
}

void CountTokens(Role role, const std::optional<int64_t>& tokens, TokenCounts& prompt,
                 TokenCounts& response) {
  if (!tokens) return;
  if (role == Role::kUser) prompt.Add(*tokens);
  if (role == Role::kAssistant) response.Add(*tokens);
}

void CountNotes(const ReleaseRow& row, Statistics& statistics) {
  if (row.annotations == nullptr) return;
  const auto& messages = row.conversation->messages();
  const auto& notes = row.annotations->messages;
  for (size_t i = 0; i < std::min(messages.size(), notes.size()); ++i) {
    statistics.message_languages[notes[i].language] += 1;
    CountTokens(messages[i].role, notes[i].llama2_tokens, statistics.prompt_llama2,
                statistics.response_llama2);
    CountTokens(messages[i].role, notes[i].cl100k_tokens, statistics.prompt_cl100k,
                statistics.response_cl100k);
  }
}

std::string_view LanguageOf(const ReleaseRow& row, size_t message) {
  const bool told = row.annotations != nullptr && message < row.annotations->messages.size();
  return told ? std::string_view(row.annotations->messages[message].language) : "und";
}

void CountRedactions(const ReleaseRow& row, Statistics& statistics) {
  const ReleasableConversation& conversation = *row.conversation;
  statistics.redacted_conversations += conversation.redacted();
  std::set<std::string_view> types;
  int64_t text_bytes = 0;
  for (size_t i = 0; i < conversation.messages().size(); ++i) {
    const auto& message = conversation.messages()[i];
    text_bytes += static_cast<int64_t>(message.content.size());
    for (const RedactionCount& redaction : message.redactions) {
      statistics.redactions[redaction.type] += redaction.count;
      statistics.redactions_by_language[redaction.type + " " + std::string(LanguageOf(row, i))] +=
          redaction.count;
      types.insert(redaction.type);
    }
  }
  if (!conversation.redacted()) statistics.longest_without.Add(text_bytes, row.conversation_id);
  if (row.unjudged_names != nullptr) {
    statistics.unjudged_conversations += !row.unjudged_names->empty();
    for (const std::string& code : *row.unjudged_names) statistics.unjudged_languages[code] += 1;
  }
  for (const std::string_view type : types) {
    statistics.redacted_by_type[std::string(type)] += 1;
  }
}

// Who judged a message, or why nobody did.
void CountNote(const ReleaseRow& row, size_t message, bool tagged, Statistics& statistics) {
  static const ModerationNote kNone;
  const bool told = row.annotations != nullptr && message < row.annotations->messages.size();
  const ModerationNote& note = told ? row.annotations->messages[message].moderation : kNone;
  if (!tagged) {
    statistics.not_moderated[note.reason.empty() ? "not judged" : note.reason] += 1;
    return;
  }
  const std::string by = note.by.empty() ? "source" : note.by;
  statistics.moderated_by[note.version.empty() ? by : by + " " + note.version] += 1;
  statistics.screened_messages += note.screened;
}

void CountTags(const ReleaseRow& row, size_t message, const Moderation& tags,
               Statistics& statistics) {
  const std::string language(LanguageOf(row, message));
  const std::string role(NameOf(row.conversation->messages()[message].role));
  statistics.moderated_messages += 1;
  statistics.moderated_by_model[row.model] += 1;
  statistics.moderated_by_language[language] += 1;
  statistics.moderated_by_role[role] += 1;
  for (size_t i = 0; i < kModerationCategories.size(); ++i) {
    if (!tags.categories[i]) continue;
    statistics.flagged_by_category[std::string(kModerationCategories[i])] += 1;
  }
  if (!tags.flagged) return;
  statistics.flagged_messages += 1;
  statistics.flagged_by_model[row.model] += 1;
  statistics.flagged_by_language[language] += 1;
  statistics.flagged_by_role[role] += 1;
}

// A jailbreak attempt as LMSYS-Chat-1M's paper counts them: a user's message is flagged; it
// succeeds if an answer is too.
void CountModeration(const ReleaseRow& row, Statistics& statistics) {
  const auto& messages = row.conversation->messages();
  bool any_tags = false;
  bool any_flagged = false;
  bool asked = false;
  bool answered = false;
  for (size_t i = 0; i < messages.size(); ++i) {
    const bool tagged =
        row.moderation != nullptr && i < row.moderation->size() && (*row.moderation)[i].has_value();
    CountNote(row, i, tagged, statistics);
    if (!tagged) continue;
    const Moderation& tags = *(*row.moderation)[i];
    CountTags(row, i, tags, statistics);
    any_tags = true;
    asked = asked || (tags.flagged && messages[i].role == Role::kUser);
    answered = answered || (tags.flagged && messages[i].role == Role::kAssistant);
    any_flagged = any_flagged || tags.flagged;
  }
  statistics.moderated_conversations += any_tags;
  statistics.flagged_conversations += any_flagged;
  if (!asked) return;
  statistics.jailbreak_attempts[row.model] += 1;
  if (answered) statistics.jailbreak_successes[row.model] += 1;
}

}  // namespace

void TokenCounts::Add(int64_t message_tokens) {
  messages += 1;
  tokens += message_tokens;
  histogram[static_cast<int64_t>(std::bit_floor(static_cast<uint64_t>(message_tokens)))] += 1;
}

void TokenCounts::Merge(const TokenCounts& other) {
  messages += other.messages;
  tokens += other.tokens;
  parley::Add(histogram, other.histogram);
}

void LongestList::Add(int64_t bytes, std::string_view id) {
  constexpr size_t kMost = 10;
  const auto before = [](const auto& left, const auto& right) {
    return left.first != right.first ? left.first > right.first : left.second < right.second;
  };
  if (entries.size() == kMost && bytes < entries.back().first) return;
  std::pair<int64_t, std::string> entry(bytes, id);
  entries.insert(std::ranges::upper_bound(entries, entry, before), std::move(entry));
  if (entries.size() > kMost) entries.pop_back();
}

void LongestList::Merge(const LongestList& other) {
  for (const auto& [bytes, id] : other.entries) Add(bytes, id);
}

double TokenCounts::Average() const {
  return messages == 0 ? 0 : static_cast<double>(tokens) / static_cast<double>(messages);
}

void Statistics::AddRow(const ReleaseRow& row) {
  conversations += 1;
  messages += static_cast<int64_t>(row.conversation->messages().size());
  models[row.model] += 1;
  languages[row.language] += 1;
  days[row.day] += 1;
  turns[row.turn] += 1;
  if (row.duplicate_group_size > 1) duplicate_rows[row.duplicate_group_size] += 1;
  CountNotes(row, *this);
  CountRedactions(row, *this);
  CountModeration(row, *this);
}

void Statistics::AddEdits(const EditCounts& edits) {
  repaired_conversations += edits.repaired_utf8 > 0;
  repaired_utf8 += edits.repaired_utf8;
  control_characters += edits.control_characters;
  line_ends += edits.line_ends;
  composed += edits.composed;
}

void Statistics::AddOutcome(std::string_view outcome, std::string_view stage,
                            std::string_view reason) {
  outcomes[std::string(outcome)] += 1;
  if (outcome == "kept") return;
  drops[std::string(stage) + "." + std::string(reason)] += 1;
}

void Statistics::Merge(const Statistics& other) {
  ForEachField([](const char*, auto& into, const auto& from) { parley::Add(into, from); }, *this,
               other);
}

int64_t Statistics::TurnCount() const {
  int64_t sum = 0;
  for (const auto& [turn, count] : turns) sum += turn * count;
  return sum;
}

int64_t Statistics::InputCount() const {
  int64_t sum = 0;
  for (const auto& [outcome, count] : outcomes) sum += count;
  return sum;
}

std::string Statistics::ToJson() const {
  JsonWriter json;
  json.BeginObject();
  ForEachField(
      [&](const char* name, const auto& field) {
        json.Key(name);
        Write(field, json);
      },
      *this);
  json.End();
  return json.text();
}

Result<Statistics> Statistics::FromJson(std::string_view json) {
  JsonParser parser;
  const JsonElement root = TRY(parser.Parse(json));
  Statistics statistics;
  std::string wrong;
  ForEachField(
      [&](const char* name, auto& field) {
        JsonElement element;
        if (root[name].get(element) != simdjson::SUCCESS || !Read(element, field)) wrong = name;
      },
      statistics);
  if (!wrong.empty()) return Invalid("statistics without a count, or a wrong one, of " + wrong);
  return statistics;
}

}  // namespace parley
