// The English card. The Chinese one (card_zh.cc) has the same sections in the same order: change
// both.

#include "release/card.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "release/card_audit.h"
#include "release/column_notes.h"
#include "release/markdown.h"
#include "stages/redact/pii_types.h"

namespace parley {
namespace {

constexpr size_t kLongestTable = 25;

std::string Head(const ReleaseFacts& facts) {
  std::string text = fmt::format("# {}\n\n", EscapeMarkdown(NameOf(facts)));
  if (!facts.card.description.empty()) text += facts.card.description + "\n\n";
  text += fmt::format(
      "{} conversations of people with {} language models, made ready for release with Parley{}. "
      "[这张数据卡的中文版](README_zh.md). Figures: open `report/index.html`.\n",
      WithCommas(facts.statistics.conversations), facts.statistics.models.size(),
      facts.program_version.empty() ? "" : " " + facts.program_version);
  return text;
}

std::string Missing(const CardInfo& card) {
  const std::vector<std::string> missing = MissingFields(card);
  if (missing.empty()) return "";
  return fmt::format(
      "\n> **Not said by the maintainers of this dataset:** {}. What is missing here was not "
      "known to the program that wrote this card, and nothing was put in its place.\n",
      fmt::join(missing, ", "));
}

std::vector<std::string> TokenRow(const char* tokenizer, const TokenCounts& prompt,
                                  const TokenCounts& response) {
  const auto average = [](const TokenCounts& counts) {
    return counts.messages == 0 ? std::string("not counted")
                                : AverageOf(counts.tokens, counts.messages);
  };
  return {fmt::format("Average tokens per prompt / response ({})", tokenizer),
          average(prompt) + " / " + average(response)};
}

std::string CountTable(const char* what, const CountByName& counts, int64_t whole) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, count] : Largest(counts, kLongestTable)) {
    rows.push_back({name.empty() ? "(not said)" : EscapeMarkdown(name), WithCommas(count),
                    ShareOf(count, whole)});
  }
  std::string table = MarkdownTable({what, "Conversations", "Share"}, rows);
  if (counts.size() > kLongestTable) {
    table += fmt::format("\nThe {} largest of {}; the rest stand in the report.\n", kLongestTable,
                         counts.size());
  }
  return table;
}

std::string BasicStatistics(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  std::string text = "\n## Basic statistics\n\n";
  text += MarkdownTable(
      {"", "Value"},
      {{"Conversations", WithCommas(counted.conversations)},
       {"Models", WithCommas(static_cast<int64_t>(counted.models.size()))},
       {"Users", counted.users == 0 ? "not known" : WithCommas(counted.users)},
       {"Languages",
        WithCommas(static_cast<int64_t>(counted.languages.size() -
                                        counted.languages.count(std::string_view("unknown"))))},
       {"Messages", WithCommas(counted.messages)},
       {"Average turns per conversation", AverageOf(counted.TurnCount(), counted.conversations)},
       TokenRow("Llama 2", counted.prompt_llama2, counted.response_llama2),
       TokenRow("cl100k_base", counted.prompt_cl100k, counted.response_cl100k)});
  text +=
      "\nA turn is a user message with its reply. A prompt is a user message, a response an "
      "assistant message; tokens are counted in the texts as they stand here.\n";
  text += "\n### Models\n\n" + CountTable("Model", counted.models, counted.conversations);
  text += "\n### Languages\n\n" + CountTable("Language", counted.languages, counted.conversations);
  text +=
      "\nThe language of a conversation is that of its first user message; `unknown` where none "
      "could be told (code, markup, or too short).\n";
  return text;
}

std::string Columns(const ReleaseFacts& facts) {
  std::vector<std::vector<std::string>> rows;
  for (const Column& column : SchemaOf(facts.profile)) {
    rows.push_back(
        {"`" + column.name + "`", std::string(ColumnNote(column.name, Tongue::kEnglish))});
  }
  return fmt::format("\n## Columns\n\nProfile `{}`, split `train`, {} file(s) of Parquet.\n\n{}",
                     NameOf(facts.profile), facts.shards.size(),
                     MarkdownTable({"Column", "Holds"}, rows));
}

std::string Collection(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  int64_t bytes = 0;
  for (const SourceInput& input : facts.inputs) bytes += input.size_bytes;
  std::string text = fmt::format(
      "\n## How it was collected\n\n{} input file(s), {} bytes, held {} entries (conversations, "
      "snapshots of them, and records or files without any). ",
      WithCommas(static_cast<int64_t>(facts.inputs.size())), WithCommas(bytes),
      WithCommas(counted.InputCount()));
  text += facts.card.description.empty()
              ? "Where the service ran, who used it, and on what terms, the maintainers have not "
                "said.\n"
              : "Where they come from is said at the top, in the maintainers' own words.\n";
  if (!counted.days.empty() && !counted.days.rbegin()->first.empty()) {
    const auto first = counted.days.upper_bound(std::string_view());
    text += fmt::format("\nThe conversations kept are of {} to {}.\n", first->first,
                        counted.days.rbegin()->first);
  }
  return text;
}

std::string Selected(const ReleaseFacts& facts) {
  if (facts.release_name.empty()) return "";
  std::string text = fmt::format(
      "\n## Which conversations are here\n\nThe same run over the same logs made {} releases: {}. "
      "This is `{}`. A conversation has the same `conversation_id` in all of them.\n\n",
      facts.release_names.size(), fmt::join(facts.release_names, ", "), facts.release_name);
  const std::vector<std::string> rules = InWords(facts.selection, Tongue::kEnglish);
  if (rules.empty()) return text + "Nothing that was kept was left out of it.\n";
  text += "Of what was kept it holds the conversations of which all this is true:\n\n";
  for (const std::string& rule : rules) text += fmt::format("- {}\n", rule);
  return text + "\nThose left out are counted below under `release.…`.\n";
}

std::string Cleaning(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  std::string text =
      "\n## How it was cleaned\n\nEvery entry is accounted for: it was kept, was merged into "
      "another (an earlier snapshot of the same conversation), was dropped for a reason, or could "
      "not be read.\n\n";
  std::vector<std::vector<std::string>> rows;
  for (const auto& [outcome, count] : counted.outcomes) {
    rows.push_back(
        {EscapeMarkdown(outcome), WithCommas(count), ShareOf(count, counted.InputCount())});
  }
  text += MarkdownTable({"Outcome", "Entries", "Share"}, rows);
  if (!counted.drops.empty()) {
    rows.clear();
    for (const auto& [reason, count] : Largest(counted.drops, counted.drops.size())) {
      rows.push_back({"`" + reason + "`", WithCommas(count)});
    }
    text += "\n" + MarkdownTable({"Rule and reason", "Entries"}, rows);
  }
  if (!facts.stages.empty()) {
    text += "\nThe rules that were switched on:\n\n";
    for (const StageUsed& stage : facts.stages) {
      text += fmt::format("- `{}`: {}\n", stage.name, EscapeMarkdown(stage.summary));
    }
  }
  text +=
      fmt::format("\nIn {} of the conversations kept invalid UTF-8 was replaced ({} places).\n",
                  WithCommas(counted.repaired_conversations), WithCommas(counted.repaired_utf8));
  int64_t in_groups = 0;
  for (const auto& [size, count] : counted.duplicate_rows) in_groups += count;
  text += fmt::format(
      "\n{} of the conversations kept have the same text as another one ({}){}.\n",
      WithCommas(in_groups), ShareOf(in_groups, counted.conversations),
      facts.profile == Profile::kExtended ? "; the column `duplicate_group` tells which" : "");
  return text;
}

std::string NamesReplaced(const ReleaseFacts& facts) {
  if (!facts.names_redacted) return "";
  std::string text =
      "Names of persons are found by a model and replaced by `NAME_1`, `NAME_2`: whole name, part "
      "or other form, one person is one number. ";
  if (facts.private_names_only) {
    text += "Names of public figures and of fictional characters stand where people put them. ";
  }
  return text + "Things that are called after a person keep their names. ";
}

// What is left of names, and in which languages nobody measured it.
std::string NamesLeft(const ReleaseFacts& facts) {
  if (!facts.redaction_enabled || !facts.names_redacted) {
    return "- **Names of persons are not looked for and not replaced.** A person who typed their "
           "own or another's name stands here by name.\n";
  }
  const Statistics& counted = facts.statistics;
  std::string text = fmt::format(
      "- **The model misses some names**: rare ones, nicknames, names in lower case, names that "
      "are words. It was measured in these languages: {}. In others names are replaced where they "
      "are found, and nobody knows how many are not: {} conversations ({}) hold a message in one",
      facts.name_languages.empty() ? "none"
                                   : fmt::format("{}", fmt::join(facts.name_languages, ", ")),
      WithCommas(counted.unjudged_conversations),
      ShareOf(counted.unjudged_conversations, counted.conversations));
  if (facts.profile == Profile::kExtended) text += "; the column `names_judged` tells which";
  text += ".\n";
  if (counted.unjudged_languages.empty()) return text;
  std::string list;
  for (const auto& [code, count] : Largest(counted.unjudged_languages, kLongestTable)) {
    list +=
        fmt::format("{}{} ({})", list.empty() ? "" : ", ", EscapeMarkdown(code), WithCommas(count));
  }
  return text + fmt::format("  Messages in such languages: {}.\n", list);
}

// The types that this program knows and this recipe did not ask for.
std::string TypesLeft(const ReleaseFacts& facts) {
  std::vector<std::string> left;
  for (const std::string_view type : kPiiTypes) {
    if (!facts.redaction_enabled ||
        std::ranges::find(facts.redaction_types, type) == facts.redaction_types.end()) {
      left.emplace_back(type);
    }
  }
  return left.empty() ? "" : fmt::format("- Not looked for: {}.\n", fmt::join(left, ", "));
}

std::string RedactionOn(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  std::string text = fmt::format(
      "Found by patterns and replaced by tags such as `EMAIL_1`: {}. {}Within a conversation the "
      "same value always gets the same tag; between conversations tags cannot be linked. {} "
      "conversations ({}) hold a tag, put in here or already in the source.\n",
      facts.redaction_types.empty() ? "nothing"
                                    : fmt::format("{}", fmt::join(facts.redaction_types, ", ")),
      NamesReplaced(facts), WithCommas(counted.redacted_conversations),
      ShareOf(counted.redacted_conversations, counted.conversations));
  if (counted.redactions.empty()) return text;
  std::vector<std::vector<std::string>> rows;
  for (const auto& [type, count] : counted.redactions) {
    const auto in = counted.redacted_by_type.find(type);
    rows.push_back({EscapeMarkdown(type), WithCommas(count),
                    WithCommas(in == counted.redacted_by_type.end() ? 0 : in->second)});
  }
  return text + "\n" + MarkdownTable({"Type", "Replaced", "In conversations"}, rows);
}

std::string Redaction(const ReleaseFacts& facts) {
  std::string text = "\n## Personal data\n\n";
  text += facts.redaction_enabled
              ? RedactionOn(facts)
              : "**Nothing was redacted.** Redaction was switched off for this release: e-mail "
                "addresses, telephone numbers and all other personal data stand in the texts as "
                "people typed them.\n";
  text +=
      "\n**Not covered. Expect to meet these in the texts:**\n\n" + NamesLeft(facts) +
      TypesLeft(facts) +
      "- What identifies a person by description (an employer, an illness, a small place) is not "
      "looked for.\n"
      "- Patterns miss what is misspelt, spaced out, or written in words (\"jane at example dot "
      "org\").\n";
  if (facts.profile == Profile::kExtended) {
    text +=
        "\n`user` is a keyed hash: the same person has the same one throughout, and nobody can "
        "work out whom it stands for without the key, which is not part of the release.\n";
  }
  return text;
}

// How often a flag stands, by what `counts` are by.
std::string FlaggedTable(const char* what, const CountByName& flagged, const CountByName& judged) {
  if (judged.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, count] : Largest(judged, kLongestTable)) {
    const auto found = flagged.find(name);
    const int64_t with = found == flagged.end() ? 0 : found->second;
    rows.push_back({name.empty() ? "(not said)" : EscapeMarkdown(name), WithCommas(count),
                    WithCommas(with), ShareOf(with, count)});
  }
  return "\n" + MarkdownTable({what, "Messages judged", "Flagged", "Share"}, rows);
}

std::string WhoJudged(const Statistics& counted) {
  std::string list;
  for (const auto& [by, count] : counted.moderated_by) {
    list += fmt::format("- {} messages: {}.\n", WithCommas(count),
                        by == "source" ? "tags of the source, carried over as they were"
                                       : "judged here by `" + by + "`");
  }
  for (const auto& [reason, count] : counted.not_moderated) {
    list += fmt::format(
        "- {} messages have no tags ({}), which is not to say that they are "
        "harmless.\n",
        WithCommas(count), EscapeMarkdown(reason));
  }
  return list;
}

std::string JailbreakTable(const Statistics& counted) {
  if (counted.jailbreak_attempts.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const auto& [model, attempts] : Largest(counted.jailbreak_attempts, kLongestTable)) {
    const auto found = counted.jailbreak_successes.find(model);
    const int64_t successes = found == counted.jailbreak_successes.end() ? 0 : found->second;
    rows.push_back({model.empty() ? "(not said)" : EscapeMarkdown(model), WithCommas(attempts),
                    WithCommas(successes), ShareOf(successes, attempts)});
  }
  return "\n### Jailbreak attempts\n\nCounted as in the paper on LMSYS-Chat-1M: an attempt is a "
         "conversation with a flagged user message, and it succeeds if an answer is flagged too. "
         "What the tags miss is not counted.\n\n" +
         MarkdownTable({"Model", "Attempts", "Successes", "Share"}, rows);
}

std::string ModerationSection(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  std::string text = "\n## Moderation\n\n";
  if (counted.moderated_conversations == 0) {
    return text +
           "No message has moderation tags: the sources had none and nobody judged the texts here, "
           "so `openai_moderation` is null in every row. Nothing was made up in its place.\n";
  }
  text += fmt::format(
      "`openai_moderation` has tags in {} conversations ({}). Of {} messages with tags, {} are "
      "flagged ({}).\n\n{}\n"
      "A tag is what a program thinks of a text's words: eleven scores of 0 to 1, a yes or no for "
      "each, and `flagged` if one is yes. It says what the text says, not what its writer wants, "
      "and nothing of the writer. It is wrong both ways: a flagged text may be a news report, and "
      "one without a flag may be vile. No score is a proof, least of all that of `sexual/minors`, "
      "which the embedded model makes of the sexual score and words of age.\n",
      WithCommas(counted.moderated_conversations),
      ShareOf(counted.moderated_conversations, counted.conversations),
      WithCommas(counted.moderated_messages), WithCommas(counted.flagged_messages),
      ShareOf(counted.flagged_messages, counted.moderated_messages), WhoJudged(counted));
  if (counted.screened_messages > 0) {
    text += fmt::format(
        "\nOf {} messages every passage was let through by a quick screen, whose own low scores "
        "they have; the model did not read them.\n",
        WithCommas(counted.screened_messages));
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& [category, count] : counted.flagged_by_category) {
    rows.push_back(
        {EscapeMarkdown(category), WithCommas(count), ShareOf(count, counted.moderated_messages)});
  }
  if (!rows.empty()) text += "\n" + MarkdownTable({"Category", "Messages", "Share"}, rows);
  text += FlaggedTable("Role", counted.flagged_by_role, counted.moderated_by_role);
  text += FlaggedTable("Model", counted.flagged_by_model, counted.moderated_by_model);
  text += FlaggedTable("Language", counted.flagged_by_language, counted.moderated_by_language);
  return text + JailbreakTable(counted);
}

// What was measured of the model of names, on texts other than these.
std::string NamesMeasured(const ReleaseFacts& facts) {
  if (!facts.names_redacted || facts.name_figures.empty()) return "";
  return "\nWhat the model of names finds was measured on texts that it was not trained on, none "
         "of "
         "them of this data (`chat-…` are real chats, `heldout-…` messages written for it, the "
         "others public sets). A word counts as found if a tag would stand in its place; a text "
         "has "
         "a name left if a word of one stays.\n\n" +
         MarkdownTable({"Set", "Language", "Persons", "Words found", "Texts with a name left"},
                       NameFigureRows(facts.name_figures));
}

std::string Limits(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  int64_t tagged = 0;
  for (const auto& [code, count] : counted.message_languages) tagged += count;
  const auto und = counted.message_languages.find("und");
  std::string text =
      "\n## Known limits\n\n"
      "- The people here chose to use one service at one time. They stand for nobody else: "
      "expect too many technical questions, tests and jokes.\n"
      "- Texts may be offensive, false, or made to trick a model. Answers are a model's, not "
      "facts.\n"
      "- Model names are as the source logged them.\n"
      "- Only exactly equal conversations count as duplicates; near ones are neither marked nor "
      "removed.\n";
  const int64_t not_told = und == counted.message_languages.end() ? 0 : und->second;
  if (not_told == tagged) {
    text += "- Languages were not told: `language` is `unknown`, or as the source has it.\n";
  } else {
    text += fmt::format(
        "- Languages were told by a program. For {} of {} messages ({}) it would not say.\n",
        WithCommas(not_told), WithCommas(tagged), ShareOf(not_told, tagged));
  }
  if (!facts.audit) text += "- No error rates of the redaction were measured on this data.\n";
  return text + NamesMeasured(facts);
}

std::string Uses(const ReleaseFacts& facts) {
  std::string text =
      "\n## Uses\n\nMeant for: studying how people use language models; building and testing "
      "moderation; evaluating and training models, where the licence allows it.\n\nNot meant "
      "for: finding out who somebody is, profiling persons, or passing off the answers as "
      "true.\n\n```python\nfrom datasets import load_dataset\n\ndataset = load_dataset(\".\")  # "
      "the folder this file lies in\n```\n";
  text += "\n## Licence and agreement\n\n";
  text += facts.card.licence.empty() ? "The maintainers have not named a licence.\n"
                                     : fmt::format("{}\n", EscapeMarkdown(facts.card.licence));
  if (!facts.card.licence_text.empty()) text += "\nThe whole text stands in `LICENSE`.\n";
  return text + "\nWho asks for access agrees to this:\n\n" +
         CodeBlock(GatePrompt(facts.card), "text");
}

std::string Contact(const ReleaseFacts& facts) {
  const CardInfo& card = facts.card;
  std::string text = "\n## To be taken out\n\n";
  text += card.contact.empty()
              ? "The maintainers have named no contact for people who want their conversations "
                "taken out.\n"
              : fmt::format("A person who wants their conversations taken out writes to {}.\n",
                            EscapeMarkdown(card.contact));
  text += "\n## Citation\n\n";
  text += card.citation.empty() ? "The maintainers have given none.\n" : CodeBlock(card.citation);
  text +=
      "\n## How to make it again\n\n`manifest.json` holds the hash of every file, of every input "
      "and model, and the whole recipe. `croissant.json` describes the columns for machines.\n";
  const auto say = [&](const char* what, const std::string& value) {
    if (!value.empty()) text += fmt::format("\n{}: {}\n", what, EscapeMarkdown(value));
  };
  say("Version", card.version);
  say("Date", DateOf(facts));
  say("Made by", card.creator);
  if (!card.url.empty()) text += fmt::format("\nAt: {}\n", MarkdownLink(card.url));
  return text;
}

}  // namespace

std::string EnglishCard(const ReleaseFacts& facts) {
  return CardHeader(facts) + "\n" + Head(facts) + Missing(facts.card) + BasicStatistics(facts) +
         Columns(facts) + Collection(facts) + Selected(facts) + Cleaning(facts) + Redaction(facts) +
         EnglishAudit(facts) + ModerationSection(facts) + Limits(facts) + Uses(facts) +
         Contact(facts);
}

}  // namespace parley
