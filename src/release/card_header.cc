// Sources: the hub's datasetcard.md and datasets-gated.md; `datasets` 5.0 for what it reads.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "release/card.h"
#include "release/markdown.h"
#include "text/json.h"

namespace parley {
namespace {

// Licences that the hub knows by name; any other is "other" with a link.
constexpr std::array<std::string_view, 22> kKnownLicences = {"apache-2.0",
                                                             "mit",
                                                             "cc0-1.0",
                                                             "cc-by-2.0",
                                                             "cc-by-3.0",
                                                             "cc-by-4.0",
                                                             "cc-by-sa-3.0",
                                                             "cc-by-sa-4.0",
                                                             "cc-by-nc-2.0",
                                                             "cc-by-nc-3.0",
                                                             "cc-by-nc-4.0",
                                                             "cc-by-nc-nd-3.0",
                                                             "cc-by-nc-nd-4.0",
                                                             "cc-by-nc-sa-3.0",
                                                             "cc-by-nc-sa-4.0",
                                                             "cc-by-nd-4.0",
                                                             "odbl",
                                                             "odc-by",
                                                             "pddl",
                                                             "cdla-permissive-2.0",
                                                             "cdla-sharing-1.0",
                                                             "unlicense"};

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return lower;
}

// In YAML a JSON string means the same.
std::string Quoted(std::string_view text) {
  std::string quoted;
  AppendJsonString(quoted, text);
  return quoted;
}

// "My licence, v2" → "my-licence-v2", as the hub wants a licence's name.
std::string Slug(std::string_view text) {
  std::string slug;
  for (const char c : Lower(text)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
    if (plain) {
      slug += c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug.empty() ? "see-card" : slug;
}

std::string LicenceYaml(const CardInfo& card) {
  const std::string licence = Lower(card.licence);
  if (licence.empty() && card.licence_text.empty()) return "license: unknown\n";
  if (std::ranges::find(kKnownLicences, licence) != kKnownLicences.end()) {
    return "license: " + licence + "\n";
  }
  return fmt::format("license: other\nlicense_name: {}\nlicense_link: {}\n", Slug(licence),
                     card.licence_text.empty() ? "README.md" : "LICENSE");
}

bool IsIsoCode(std::string_view code) {
  return (code.size() == 2 || code.size() == 3) && code != "und" &&
         std::ranges::all_of(code, [](char c) { return c >= 'a' && c <= 'z'; });
}

// One message in a thousand is the least that makes a language one of the dataset's: below that
// are the detector's slips.
std::string LanguagesYaml(const Statistics& statistics) {
  int64_t told = 0;
  for (const auto& [code, count] : statistics.message_languages) told += code == "und" ? 0 : count;
  std::string yaml;
  for (const auto& [code, count] : Largest(statistics.message_languages, 1000)) {
    // Quoted, since YAML takes a bare `no`, Norwegian, for a boolean.
    if (IsIsoCode(code) && count * 1000 >= told) yaml += "- \"" + code + "\"\n";
  }
  return yaml.empty() ? "" : "language:\n" + yaml;
}

// A block of text under a key: what it holds cannot become YAML.
std::string BlockYaml(std::string_view key, std::string_view text) {
  std::string yaml = fmt::format("{}: |2-\n", key);
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    yaml += line.empty() ? "\n" : fmt::format("  {}\n", line);
    at = end + 1;
  }
  return yaml;
}

// Control characters may not stand in YAML at all.
std::string Printable(std::string_view text) {
  std::string printable;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') printable += c;
  }
  return printable;
}

std::string DatasetInfoYaml(const ReleaseFacts& facts) {
  return fmt::format(
      "dataset_info:\n"
      "  features:\n{}"
      "  splits:\n"
      "  - name: train\n"
      "    num_bytes: {}\n"
      "    num_examples: {}\n"
      "  download_size: {}\n"
      "  dataset_size: {}\n",
      FeaturesYaml(SchemaOf(facts.profile), 2), NumBytesOf(facts.shards),
      facts.statistics.conversations, SizeBytesOf(facts.shards), NumBytesOf(facts.shards));
}

constexpr std::string_view kGateFields =
    "extra_gated_fields:\n"
    "  Name: text\n"
    "  Affiliation: text\n"
    "  Country: country\n"
    "  Intended use: text\n"
    "  I agree to the terms above: checkbox\n"
    "extra_gated_button_content: Agree and ask for access\n";

}  // namespace

std::string_view SizeCategory(int64_t rows) {
  constexpr std::array<std::string_view, 8> kNames = {
      "n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B", "n>1B"};
  size_t at = 0;
  for (int64_t limit = 1000; at + 1 < kNames.size() && rows >= limit; limit *= 10) ++at;
  return kNames[at];
}

std::string GatePrompt(const CardInfo& card) {
  if (!card.licence_text.empty()) return card.licence_text;
  std::string prompt =
      "These are conversations of real people with language models. By asking for access you "
      "agree:\n"
      "- not to try to find out who wrote any of them, nor to help others to;\n"
      "- not to pass the data on to anyone who has not agreed to these terms;\n"
      "- to tell the maintainers when you come upon personal data in it;\n"
      "- to delete a conversation from your copies when it is withdrawn from the dataset;\n"
      "- that the texts may offend, may be wrong, and do not speak for the maintainers.";
  if (!card.licence.empty()) prompt += "\n\nThe licence is " + card.licence + ".";
  return prompt;
}

std::string CardHeader(const ReleaseFacts& facts) {
  std::string yaml = "---\n";
  yaml += "pretty_name: " + Quoted(NameOf(facts)) + "\n";
  yaml += LanguagesYaml(facts.statistics);
  yaml += LicenceYaml(facts.card);
  yaml += fmt::format("size_categories:\n- {}\n", SizeCategory(facts.statistics.conversations));
  yaml += "task_categories:\n- text-generation\n";
  yaml += "tags:\n- conversations\n- chat\n- parley\n";
  yaml +=
      "configs:\n- config_name: default\n  data_files:\n  - split: train\n"
      "    path: data/train-*.parquet\n";
  yaml += DatasetInfoYaml(facts);
  yaml += BlockYaml("extra_gated_prompt", Printable(GatePrompt(facts.card)));
  yaml += kGateFields;
  return yaml + "---\n";
}

}  // namespace parley
