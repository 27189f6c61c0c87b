#include "release/figures.h"

#include <fmt/format.h>

#include <algorithm>

#include "release/markdown.h"

namespace parley {
namespace {

constexpr size_t kMostBars = 30;
constexpr size_t kMostColumns = 40;

// Draws the first `most` rows and the others as one.
void SumUpBeyond(size_t most, const std::string& rest_label, Figure& figure) {
  figure.drawn = figure.rows;
  if (figure.rows.size() <= most) return;
  figure.drawn.resize(most);
  FigureRow rest{rest_label, std::vector<int64_t>(figure.series.size())};
  for (size_t i = most; i < figure.rows.size(); ++i) {
    for (size_t s = 0; s < rest.values.size(); ++s) rest.values[s] += figure.rows[i].values[s];
  }
  figure.drawn.push_back(std::move(rest));
}

Figure Bars(std::string id, std::string title, std::string note, std::string head,
            std::string series, const CountByName& counts) {
  Figure figure{.id = std::move(id),
                .title = std::move(title),
                .note = std::move(note),
                .label_head = std::move(head),
                .series = {std::move(series)}};
  for (const auto& [name, count] : Largest(counts, counts.size())) {
    figure.rows.push_back({name.empty() ? "(not said)" : name, {count}});
  }
  SumUpBeyond(
      kMostBars,
      fmt::format("{} others", figure.rows.size() - std::min(figure.rows.size(), kMostBars)),
      figure);
  return figure;
}

Figure Columns(std::string id, std::string title, std::string note, std::string head,
               std::string series, const CountBySize& counts) {
  Figure figure{.id = std::move(id),
                .title = std::move(title),
                .note = std::move(note),
                .kind = FigureKind::kColumns,
                .label_head = std::move(head),
                .series = {std::move(series)}};
  for (const auto& [size, count] : counts) {
    figure.rows.push_back({std::to_string(size), {count}});
  }
  SumUpBeyond(kMostColumns, "more", figure);
  return figure;
}

Figure Days(const CountByName& days) {
  Figure figure{.id = "days",
                .title = "Conversations per day",
                .note = "By the day of a conversation's newest event, UTC.",
                .kind = FigureKind::kDays,
                .label_head = "Day",
                .series = {"Conversations"}};
  for (const auto& [day, count] : days) {
    figure.rows.push_back({day.empty() ? "(no time)" : day, {count}});
    if (!day.empty()) figure.drawn.push_back({day, {count}});
  }
  return figure;
}

std::string BinLabel(int64_t low) {
  if (low <= 1) return std::to_string(low);
  return fmt::format("{}–{}", WithCommas(low), WithCommas(2 * low - 1));
}

Figure Tokens(std::string id, const char* tokenizer, const TokenCounts& prompt,
              const TokenCounts& response) {
  Figure figure{.id = std::move(id),
                .title = fmt::format("Tokens per message ({})", tokenizer),
                .note = fmt::format(
                    "{} prompts of {} tokens on average, {} responses of {}; bins "
                    "double in width.",
                    WithCommas(prompt.messages), AverageOf(prompt.tokens, prompt.messages),
                    WithCommas(response.messages), AverageOf(response.tokens, response.messages)),
                .kind = FigureKind::kColumns,
                .label_head = "Tokens",
                .series = {"Prompts", "Responses"}};
  CountBySize both = prompt.histogram;
  for (const auto& [low, count] : response.histogram) both[low] += count;
  const auto at = [](const CountBySize& counts, int64_t low) {
    const auto found = counts.find(low);
    return found == counts.end() ? 0 : found->second;
  };
  for (const auto& [low, count] : both) {
    figure.rows.push_back(
        {BinLabel(low), {at(prompt.histogram, low), at(response.histogram, low)}});
  }
  figure.drawn = figure.rows;
  return figure;
}

Figure Redactions(const Statistics& counted) {
  Figure figure{.id = "redactions",
                .title = "Redactions by type",
                .note = fmt::format("{} of {} conversations hold a tag in place of a value.",
                                    WithCommas(counted.redacted_conversations),
                                    WithCommas(counted.conversations)),
                .label_head = "Type",
                .series = {"Spans replaced", "Conversations"}};
  for (const auto& [type, count] : Largest(counted.redactions, counted.redactions.size())) {
    const auto in = counted.redacted_by_type.find(type);
    figure.rows.push_back({type, {count, in == counted.redacted_by_type.end() ? 0 : in->second}});
  }
  SumUpBeyond(kMostBars, "others", figure);
  return figure;
}

Figure Flagged(std::string id, std::string title, std::string head, const CountByName& flagged,
               const CountByName& judged) {
  Figure figure{.id = std::move(id),
                .title = std::move(title),
                .note = "Of the messages with tags.",
                .label_head = std::move(head),
                .series = {"Judged", "Flagged"}};
  for (const auto& [name, count] : Largest(judged, judged.size())) {
    const auto found = flagged.find(name);
    figure.rows.push_back(
        {name.empty() ? "(not said)" : name, {count, found == flagged.end() ? 0 : found->second}});
  }
  SumUpBeyond(kMostBars, "others", figure);
  return figure;
}

Figure Jailbreaks(const Statistics& counted) {
  Figure figure{.id = "jailbreaks",
                .title = "Jailbreak attempts by model",
                .note =
                    "Conversations with a flagged user message, and of these those with a "
                    "flagged answer too.",
                .label_head = "Model",
                .series = {"Attempts", "Successes"}};
  for (const auto& [name, count] :
       Largest(counted.jailbreak_attempts, counted.jailbreak_attempts.size())) {
    const auto found = counted.jailbreak_successes.find(name);
    figure.rows.push_back(
        {name.empty() ? "(not said)" : name,
         {count, found == counted.jailbreak_successes.end() ? 0 : found->second}});
  }
  SumUpBeyond(kMostBars, "others", figure);
  return figure;
}

Figure LongestWithout(const Statistics& counted) {
  Figure figure{.id = "longest-without",
                .title = "The longest conversations without any redaction",
                .note = "The likeliest to hold something that was missed.",
                .label_head = "conversation_id",
                .series = {"Bytes of text"}};
  for (const auto& [bytes, id] : counted.longest_without.entries) {
    figure.rows.push_back({id, {bytes}});
  }
  figure.drawn = figure.rows;
  return figure;
}

}  // namespace

std::vector<Figure> FiguresOf(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  std::vector<Figure> figures;
  const auto add = [&](Figure figure) {
    if (!figure.rows.empty()) figures.push_back(std::move(figure));
  };
  add(Bars("models", "Conversations per model", "The model that answered, as the source names it.",
           "Model", "Conversations", counted.models));
  add(Bars(
      "languages", "Conversations per language",
      "The language of the first user message; unknown for code, markup and what is too short.",
      "Language", "Conversations", counted.languages));
  add(Days(counted.days));
  add(Columns("turns", "Turns per conversation",
              fmt::format("A turn is a user message with its reply; {} on average.",
                          AverageOf(counted.TurnCount(), counted.conversations)),
              "Turns", "Conversations", counted.turns));
  add(Tokens("tokens-llama2", "Llama 2", counted.prompt_llama2, counted.response_llama2));
  add(Tokens("tokens-cl100k", "cl100k_base", counted.prompt_cl100k, counted.response_cl100k));
  add(Columns("duplicates", "Conversations with the same text as others",
              "By how many conversations share the text.", "Size of the group", "Conversations",
              counted.duplicate_rows));
  add(Bars("outcomes", "What became of the input",
           "Every entry of the ledger: a conversation, a snapshot of one, or a record or file "
           "without any.",
           "Outcome", "Entries", counted.outcomes));
  add(Bars("drops", "Not kept, by rule and reason", "Rule and reason as the ledger has them.",
           "Rule and reason", "Entries", counted.drops));
  add(Redactions(counted));
  add(Bars("redactions-by-language", "Redactions by type and language",
           "Spans replaced, by type and the code of the message's language; und: not told.",
           "Type and language", "Spans replaced", counted.redactions_by_language));
  add(Bars(
      "names-not-judged", "Messages in languages without a model of names",
      fmt::format("{} of {} conversations hold one. Names are replaced where they are found; "
                  "how many are not, nobody measured.",
                  WithCommas(counted.unjudged_conversations), WithCommas(counted.conversations)),
      "Language", "Messages", counted.unjudged_languages));
  add(LongestWithout(counted));
  add(Bars(
      "moderation", "Flagged messages by category",
      fmt::format("{} of {} messages with tags are flagged.", WithCommas(counted.flagged_messages),
                  WithCommas(counted.moderated_messages)),
      "Category", "Messages", counted.flagged_by_category));
  add(Flagged("moderation-roles", "Flagged messages by role", "Role", counted.flagged_by_role,
              counted.moderated_by_role));
  add(Flagged("moderation-models", "Flagged messages by model", "Model", counted.flagged_by_model,
              counted.moderated_by_model));
  add(Flagged("moderation-languages", "Flagged messages by language", "Language",
              counted.flagged_by_language, counted.moderated_by_language));
  add(Jailbreaks(counted));
  return figures;
}

}  // namespace parley
